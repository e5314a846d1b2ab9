//! What matters of Nix's own messages.

/// As many lines of a message are shown at most.
const LINES: usize = 16;

/// The error in what Nix has said: its root cause with its place, without warnings and traces.
pub(super) fn error(said: &str) -> String {
    let lines: Vec<&str> = said.lines().filter(|line| !is_noise(line)).collect();
    // A trace comes first and the cause last, since Nix 2.19; before, there is one such line.
    let cause = lines.iter().rposition(|line| {
        line.trim_start()
            .strip_prefix("error:")
            .is_some_and(|rest| !rest.trim().is_empty())
    });
    let lines = &lines[cause.unwrap_or(0)..];
    let indent = lines
        .first()
        .map_or(0, |line| line.len() - line.trim_start().len());
    let dedent = |line: &&str| {
        line.get(indent..)
            .filter(|_| line[..indent].trim().is_empty())
            .unwrap_or(line.trim_start())
            .to_string()
    };
    let mut kept: Vec<String> = lines.iter().map(dedent).collect();
    while kept.last().is_some_and(|line| line.trim().is_empty()) {
        kept.pop();
    }
    if kept.len() > LINES {
        kept.truncate(LINES);
        kept.push("...".to_string());
    }
    if kept.is_empty() {
        "nix failed and said nothing".to_string()
    } else {
        kept.join("\n")
    }
}

fn is_noise(line: &str) -> bool {
    let line = line.trim_start();
    let hint = line.starts_with('(') && line.contains("--show-trace");
    hint || [
        "warning:",
        "trace:",
        "evaluating ",
        "evaluation warning:",
        "copying ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

/// Why this Nix knows no flakes, where that is what it says.
pub(super) fn no_flakes(said: &str) -> Option<&'static str> {
    let disabled = said.contains("experimental Nix feature '") && said.contains("is disabled");
    if disabled {
        return Some(
            "flakes are not enabled: put `experimental-features = nix-command flakes` into nix.conf",
        );
    }
    let old = [
        "'--extra-experimental-features'",
        "is not a recognised command",
        "unrecognised option '--apply'",
    ];
    let old = old.iter().any(|sign| said.contains(sign)) && !said.contains("at /nix/store/");
    old.then_some("this nix is too old to know flakes; nixfix needs Nix 2.8 or newer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_and_its_place_are_kept() {
        let old = "warning: Git tree '/r' is dirty\nerror: undefined variable 'x'\n\n       at /nix/store/a-source/m.nix:1:9:\n\n            1| { a = x; }\n(use '--show-trace' to show detailed location information)\n";
        assert_eq!(
            error(old),
            "error: undefined variable 'x'\n\n       at /nix/store/a-source/m.nix:1:9:\n\n            1| { a = x; }"
        );
        let new = "error:\n       … while evaluating the attribute 'a'\n         at /r/f.nix:1:3:\n\n       error: attribute 'b' missing\n       at /r/f.nix:2:5:\n            1| x\n";
        assert_eq!(
            error(new),
            "error: attribute 'b' missing\nat /r/f.nix:2:5:\n     1| x"
        );
    }

    #[test]
    fn a_message_of_another_form_is_kept_whole_and_an_endless_one_is_cut() {
        assert_eq!(error("it broke\nbadly\n"), "it broke\nbadly");
        assert_eq!(error("warning: dirty\n"), "nix failed and said nothing");
        let endless = format!("error: no\n{}", "line\n".repeat(100));
        assert_eq!(error(&endless).lines().count(), LINES + 1);
    }

    #[test]
    fn disabled_flakes_are_told_from_other_errors() {
        let disabled = "error: experimental Nix feature 'flakes' is disabled; use '--extra-experimental-features flakes'";
        assert!(no_flakes(disabled).is_some_and(|why| why.contains("not enabled")));
        let old = "error: unrecognised flag '--extra-experimental-features'";
        assert!(no_flakes(old).is_some_and(|why| why.contains("too old")));
        assert_eq!(no_flakes("error: undefined variable 'flakes'"), None);
    }
}
