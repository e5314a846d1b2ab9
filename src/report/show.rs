//! `nixfix show`: what nixfix sees of every host.

use crate::plan::{HostPlan, Plan};
use crate::report::Style;
use crate::report::hosts::{confidence_word, evidence_for_others, evidence_for_profile, place};
use crate::report::table::{Cell, Column, Keep, table};
use crate::report::visible::visible_line;

const COLUMNS: [Column; 7] = [
    Column {
        heading: "HOST",
        keep: Keep::Always,
    },
    Column {
        heading: "PROFILE",
        keep: Keep::Always,
    },
    Column {
        heading: "CONFIDENCE",
        keep: Keep::Always,
    },
    Column {
        heading: "MACHINE FILE",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "OVERLAY",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "SYSTEM",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "EVIDENCE",
        keep: Keep::Always,
    },
];

/// The hosts of `plan` as a table.
pub fn show(plan: &Plan, style: Style) -> String {
    if plan.hosts.is_empty() {
        return format!("{} has no hosts\n", visible_line(&plan.flake.to_string()));
    }
    let rows: Vec<_> = plan.hosts.iter().map(row).collect();
    table(&COLUMNS, &rows, style)
}

fn row(host: &HostPlan) -> Vec<Cell> {
    vec![
        Cell::new(&host.name),
        Cell::or_dash(host.profile.clone()),
        Cell::or_dash(
            host.confidence
                .map(|confidence| confidence_word(confidence).to_string()),
        ),
        Cell::or_dash(host.machine_file.as_ref().map(ToString::to_string)),
        Cell::or_dash(host.overlay_at.as_ref().map(place)),
        Cell::or_dash(host.system.clone()),
        Cell::or_dash(evidence_for_profile(host).or_else(|| evidence_for_others(host))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::plan;

    #[test]
    fn every_host_has_a_line() {
        let expected = "\
HOST      PROFILE        CONFIDENCE  MACHINE FILE         OVERLAY       SYSTEM        EVIDENCE
carbon    cuda           certain     machines/carbon.nix  flake.nix:60  x86_64-linux  services.xserver.videoDrivers at machines/carbon.nix:12
boron     cpu-optimized  default     machines/boron.nix   flake.nix:80  -             -
nitrogen  -              -           -                    -             -             -
";
        assert_eq!(show(&plan(), Style::PLAIN), expected);
    }

    #[test]
    fn a_flake_without_hosts_says_so() {
        let mut plan = plan();
        plan.hosts.clear();
        assert_eq!(show(&plan, Style::PLAIN), "flake.nix has no hosts\n");
    }
}
