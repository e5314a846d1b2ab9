//! `nixfix show --host NAME`: everything nixfix knows of one host.

use crate::flake::describe::{Description, Part};
use crate::plan::HostPlan;
use crate::report::Style;
use crate::report::hosts::{confidence_word, place, sides, status_word};
use crate::report::visible::visible_line;

/// The host, the evidence for its profile, its modules and its overlays.
pub fn show_host(host: &HostPlan, known: &Description, style: Style) -> String {
    let mut out = style.bold(&visible_line(&host.name)) + "\n";
    for (label, value) in facts(host) {
        out += &format!("  {label:<13} {}\n", visible_line(&value));
    }
    section(&mut out, style, "evidence", sides(host));
    section(&mut out, style, "modules", parts(&known.modules));
    section(&mut out, style, "overlays", parts(&known.overlays));
    out
}

/// What there is to say in a line each.
fn facts(host: &HostPlan) -> Vec<(&'static str, String)> {
    let confidence = host.confidence.map(confidence_word);
    let profile = host.profile.as_ref().map(|profile| match confidence {
        Some(confidence) => format!("{profile} ({confidence})"),
        None => profile.clone(),
    });
    let facts = [
        ("status", Some(status_word(host.status).to_string())),
        ("reason", host.reason.clone()),
        ("system", host.system.clone()),
        (
            "machine file",
            host.machine_file.as_ref().map(ToString::to_string),
        ),
        ("profile", profile),
        ("profile at", host.profile_at.as_ref().map(place)),
        ("overlay at", host.overlay_at.as_ref().map(place)),
    ];
    let known = facts.into_iter();
    known
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
}

fn parts(parts: &[Part]) -> Vec<String> {
    let line = |part: &Part| {
        let indent = "  ".repeat(part.depth);
        let at = part.place.as_ref();
        let at = at.map_or_else(String::new, |(file, line)| format!(" at {file}:{line}"));
        let perhaps = if part.certain {
            ""
        } else {
            " (under a condition)"
        };
        format!("{indent}{}{at}{perhaps}", part.name)
    };
    parts.iter().map(line).collect()
}

/// Nothing where there are no lines.
fn section(out: &mut String, style: Style, heading: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    *out += &format!("\n{}\n", style.bold(heading));
    for line in lines {
        *out += &format!("  {}\n", visible_line(&line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{path, plan};

    #[test]
    fn a_host_is_shown_with_all_that_is_known() {
        let part = |name: &str, depth, certain| Part {
            name: name.to_string(),
            place: Some((path("flake.nix"), 40 + depth)),
            depth,
            certain,
        };
        let known = Description {
            modules: vec![
                part("machines/carbon.nix", 0, true),
                part("gpu.nix", 1, false),
            ],
            overlays: Vec::new(),
        };
        let expected = "\
carbon
  status        changes
  system        x86_64-linux
  machine file  machines/carbon.nix
  profile       cuda (certain)
  profile at    machines/carbon.nix:3
  overlay at    flake.nix:60

evidence
  cuda: services.xserver.videoDrivers at machines/carbon.nix:12

modules
  machines/carbon.nix at flake.nix:40
    gpu.nix at flake.nix:41 (under a condition)
";
        assert_eq!(show_host(&plan().hosts[0], &known, Style::PLAIN), expected);
    }
}
