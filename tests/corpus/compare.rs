//! Differences of texts and trees, for people to read.

use similar::TextDiff;

use crate::repo::Files;

/// How `found` differs from `expected`, as a unified diff; none where they are the same.
pub fn difference(what: &str, expected: &[u8], found: &[u8]) -> Option<String> {
    if expected == found {
        return None;
    }
    // Line ends and tabs must be seen to be compared.
    let show = |text: &[u8]| {
        String::from_utf8_lossy(text)
            .replace('\r', "␍")
            .replace('\t', "␉")
    };
    let (expected, found) = (show(expected), show(found));
    let diff = TextDiff::from_lines(&expected, &found);
    let text = diff
        .unified_diff()
        .header(&format!("expected {what}"), &format!("found {what}"))
        .to_string();
    Some(text)
}

/// How the trees differ, a diff for each file.
pub fn tree_difference(expected: &Files, found: &Files) -> Option<String> {
    let nothing = Vec::new();
    let differences: Vec<String> = paths_of_both(expected, found)
        .into_iter()
        .filter_map(|path| match (expected.get(path), found.get(path)) {
            (Some(_), None) => Some(format!("missing: {path}")),
            (None, Some(text)) => Some(format!(
                "unexpected: {path}\n{}",
                difference(path, &nothing, text).unwrap_or_default()
            )),
            (expected, found) => difference(path, expected?, found?),
        })
        .collect();
    (!differences.is_empty()).then(|| differences.join("\n"))
}

/// The paths of the files that are not the same in both trees, sorted.
pub fn changed_paths(before: &Files, after: &Files) -> Vec<String> {
    let changed = |path: &&String| before.get(*path) != after.get(*path);
    paths_of_both(before, after)
        .into_iter()
        .filter(changed)
        .cloned()
        .collect()
}

fn paths_of_both<'a>(one: &'a Files, other: &'a Files) -> Vec<&'a String> {
    let mut paths: Vec<&String> = one.keys().chain(other.keys()).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Whether `part` is `whole` less some bytes.
pub fn is_subsequence(part: &[u8], whole: &[u8]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|byte| rest.any(|other| other == byte))
}
