//! The summary: what a person reads first. Hosts, files, and what was decided.

use colored::Color;

use crate::plan::{HostPlan, HostStatus, Plan};
use crate::report::header::{Kind, quote};
use crate::report::hosts::{place, status_word, why};
use crate::report::hunks::Compared;
use crate::report::table::{Cell, Column, Keep, table, wrap};
use crate::report::visible::visible_line;
use crate::report::{Outcome, Style};

const COLUMNS: [Column; 6] = [
    Column {
        heading: "HOST",
        keep: Keep::Always,
    },
    Column {
        heading: "STATUS",
        keep: Keep::Always,
    },
    Column {
        heading: "PROFILE",
        keep: Keep::Always,
    },
    Column {
        heading: "OVERLAY",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "MACHINE FILE",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "WHY",
        keep: Keep::Always,
    },
];

/// What happens to every host and file of `plan`; one line when nothing does.
pub(super) fn summary(
    plan: &Plan,
    files: &[Compared<'_>],
    outcome: Outcome,
    style: Style,
) -> String {
    let mut blocks = vec![style.bold(&headline(plan, outcome)) + "\n"];
    if outcome != Outcome::Clean && !plan.hosts.is_empty() {
        let rows: Vec<_> = plan.hosts.iter().map(host_row).collect();
        blocks.push(table(&COLUMNS, &rows, style));
    }
    if outcome == Outcome::Changes {
        blocks.push(list(files, style));
        blocks.push(sentences('-', &plan.done, style) + &sentences('=', &plan.already, style));
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n")
}

/// `flake.nix: 3 of 4 hosts change, 1 refused`.
fn headline(plan: &Plan, outcome: Outcome) -> String {
    let flake = visible_line(&plan.flake.to_string());
    let with = |status| {
        plan.hosts
            .iter()
            .filter(|host| host.status == status)
            .count()
    };
    let hosts = counted(plan.hosts.len(), "host");
    match outcome {
        Outcome::Clean => format!("{flake}: nothing to do"),
        Outcome::Refused => format!("{flake}: refused, nothing is written"),
        Outcome::Changes => match (with(HostStatus::Changes), with(HostStatus::Refused)) {
            (0, 0) => format!("{flake}: {} to change", counted(plan.changes.len(), "file")),
            (changing, 0) => format!("{flake}: {changing} of {hosts} to change"),
            (changing, refused) => {
                format!("{flake}: {changing} of {hosts} to change, {refused} refused")
            }
        },
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

fn host_row(host: &HostPlan) -> Vec<Cell> {
    let color = match host.status {
        HostStatus::Changes => Color::Yellow,
        HostStatus::Clean => Color::Green,
        HostStatus::LeftOut => Color::Cyan,
        HostStatus::Refused => Color::Red,
    };
    vec![
        Cell::new(&host.name),
        Cell::colored(status_word(host.status), color),
        Cell::or_dash(host.profile.clone()),
        Cell::or_dash(host.overlay_at.as_ref().map(place)),
        Cell::or_dash(host.machine_file.as_ref().map(ToString::to_string)),
        Cell::new(&why(host)),
    ]
}

/// `create  machines/hardware-profiles/cuda.nix  +6`, a line for each file.
fn list(files: &[Compared<'_>], style: Style) -> String {
    // Quoted names are ASCII, so that a byte is a column.
    let names: Vec<String> = files
        .iter()
        .map(|file| quote("", file.change.path.as_str()))
        .collect();
    let width = names.iter().map(String::len).max().unwrap_or(0);
    let line = |(file, name): (&Compared<'_>, &String)| {
        let (kind, (added, removed)) = (Kind::of(file.change), file.count());
        let color = match kind {
            Kind::Create => Color::Green,
            Kind::Delete => Color::Red,
            Kind::Modify => Color::Yellow,
        };
        let counts = [(added, '+', Color::Green), (removed, '-', Color::Red)];
        let counts = counts.iter().filter(|(count, ..)| *count > 0);
        let counts: String = counts
            .map(|(count, sign, color)| {
                format!("  {}", style.paint(&format!("{sign}{count}"), *color))
            })
            .collect();
        let text = format!("{}  {name:width$}{counts}", style.paint(kind.word(), color));
        text.trim_end().to_string() + "\n"
    };
    files.iter().zip(&names).map(line).collect()
}

/// A point for each sentence: `-` before what is done, `=` before what was there.
fn sentences(point: char, all: &[String], style: Style) -> String {
    let line = |sentence: &String| {
        let room = style.width.saturating_sub(2).max(20);
        let lines = wrap(&visible_line(sentence), room);
        format!("{point} {}\n", lines.join("\n  "))
    };
    all.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::plan;
    use crate::report::hunks::compare;

    fn at_width(width: usize) -> Style {
        Style {
            width,
            ..Style::PLAIN
        }
    }

    fn said(plan: &Plan, outcome: Outcome, style: Style) -> String {
        summary(plan, &compare(&plan.changes), outcome, style)
    }

    #[test]
    fn a_wide_summary_says_everything() {
        let expected = "\
flake.nix: 1 of 3 hosts to change, 1 refused

HOST      STATUS   PROFILE        OVERLAY       MACHINE FILE         WHY
carbon    changes  cuda           flake.nix:60  machines/carbon.nix  services.xserver.videoDrivers at machines/carbon.nix:12
boron     clean    cpu-optimized  flake.nix:80  machines/boron.nix   default, no evidence
nitrogen  refused  -              -             -                    its module list is made by `mkHost`, which is not understood

modify  flake.nix                            +2  -1
create  machines/hardware-profiles/cuda.nix  +2
delete  old.nix                              -1

- Add input `llama-cpp`
- Delete `old.nix`
= The flake has the input `llama-cpp`
";
        assert_eq!(said(&plan(), Outcome::Changes, at_width(160)), expected);
    }

    #[test]
    fn a_narrow_summary_has_the_reason_on_lines_of_its_own() {
        let expected = "\
flake.nix: refused, nothing is written

HOST      STATUS   PROFILE        OVERLAY       MACHINE FILE
carbon    changes  cuda           flake.nix:60  machines/carbon.nix
    services.xserver.videoDrivers at machines/carbon.nix:12
boron     clean    cpu-optimized  flake.nix:80  machines/boron.nix
    default, no evidence
nitrogen  refused  -              -             -
    its module list is made by `mkHost`, which is not understood
";
        assert_eq!(said(&plan(), Outcome::Refused, at_width(80)), expected);
    }

    #[test]
    fn a_clean_plan_is_one_line() {
        assert_eq!(
            said(&plan(), Outcome::Clean, at_width(80)),
            "flake.nix: nothing to do\n"
        );
    }
}
