//! `nixfix show`: what nixfix sees of every host.

use crate::plan::{HostPlan, Plan};
use crate::report::Style;
use crate::report::hosts::{evidence, place};
use crate::report::json::confidence_word;
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
        Cell::or_dash(host.evidence.first().map(evidence)),
    ]
}
