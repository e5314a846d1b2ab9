//! Hardware reports of nixos-facter: which graphics cards and which CPU a machine really has.

mod report;

use self::report::Report;
use super::passthrough::PciId;
use super::reader::Reader;
use super::signs::{Sign, Strength};
use crate::path::RepoPath;

/// Notes what the host's report says. Cards in `passed_on` belong to its guests.
pub(super) fn read(reader: &mut Reader, machine: Option<&RepoPath>, passed_on: &[PciId]) {
    let Some((path, way)) = find(reader, machine) else {
        return;
    };
    let Ok(file) = reader.flake.tree().file(&path) else {
        return;
    };
    let Ok(report) = serde_json::from_str::<Report>(&file.text) else {
        return;
    };
    let signs = report.findings(passed_on).into_iter().map(|found| Sign {
        fact: found.fact,
        strength: Strength::Certain,
        file: path.clone(),
        line: line_of(&file.text, found.word),
        text: found.text,
        conditional: false,
        way: way.clone(),
    });
    reader.signs.extend(signs);
}

/// The report that an option names, else one that stands next to the machine file.
fn find(reader: &Reader, machine: Option<&RepoPath>) -> Option<(RepoPath, Vec<String>)> {
    for option in [
        &["hardware", "facter", "reportPath"][..],
        &["facter", "reportPath"],
    ] {
        for setting in reader.settings(option) {
            if let (true, Some(path)) = (setting.certain, setting.value.as_path()) {
                return Some((path, reader.way(setting.module)));
            }
        }
    }
    let machine = machine?;
    let beside = candidates(machine)
        .into_iter()
        .filter_map(|name| machine.parent()?.join(&name))
        .find(|path| reader.flake.tree().kind(path).is_some())?;
    let way = vec![beside.to_string()];
    Some((beside, way))
}

/// What a report next to the machine file is called, for the frameworks that look for one.
fn candidates(machine: &RepoPath) -> Vec<String> {
    let stem = machine.stem();
    // Beside `machines/a.nix` and `machines/b.nix` a `facter.json` would be the report of any of them.
    match stem {
        "default" | "configuration" => vec!["facter.json".to_string()],
        _ => vec![format!("{stem}-facter.json"), format!("{stem}.facter.json")],
    }
}

/// The line of the first quoted `wanted`; reports in one line have but one.
fn line_of(text: &str, wanted: &str) -> usize {
    let quoted = format!("\"{wanted}\"");
    let before = text.find(&quoted).map_or("", |offset| &text[..offset]);
    1 + before.matches('\n').count()
}
