//! Runs the blocks of a document and compares what they show.

use similar::TextDiff;

use crate::block::{Block, blocks};
use crate::sandbox::{Ran, Sandbox};

/// Runs a document: what is wrong in it, and its text with the output that came out. Output that is shown in part only
/// is left for a person to correct.
pub fn run(document: &str) -> (Vec<String>, String) {
    let mut wrong = Vec::new();
    let mut new = document.to_string();
    let mut replaced = Vec::new();
    let mut sandbox = None;
    for block in blocks(document) {
        if let Some(case) = block.word("case") {
            sandbox = Some(Sandbox::new(case));
        }
        let Some(text) = run_block(&block, sandbox.as_ref(), &mut wrong) else {
            continue;
        };
        replaced.push((block.range, text));
    }
    for (range, text) in replaced.into_iter().rev() {
        new.replace_range(range, &text);
    }
    (wrong, new)
}

fn run_block(block: &Block, sandbox: Option<&Sandbox>, wrong: &mut Vec<String>) -> Option<String> {
    let here = || {
        sandbox.unwrap_or_else(|| panic!("line {}: no block before it has a `case=`", block.line))
    };
    match (block.language, block.word("file")) {
        (_, Some(file)) => {
            here().write(file, block.text);
            None
        }
        ("console", None) => Some(run_commands(block, here(), wrong)),
        ("diff", None) if block.word("case").is_some() => {
            let ran = here().run("nixfix apply --dry-run 2>/dev/null");
            Some(compare(block, "the diff", block.text, &ran, 0, wrong))
        }
        _ => None,
    }
}

/// Runs the commands of a block; the block with what they printed.
fn run_commands(block: &Block, sandbox: &Sandbox, wrong: &mut Vec<String>) -> String {
    let mut text = String::new();
    let commands: Vec<&str> = block
        .text
        .split("$ ")
        .filter(|part| !part.is_empty())
        .collect();
    let exit = block.word("exit").map_or(0, |code| code.parse().unwrap());
    for (index, part) in commands.iter().enumerate() {
        let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
        let exit = if index + 1 == commands.len() { exit } else { 0 };
        let ran = sandbox.run(&format!("{{ {command}; }} 2>&1"));
        let output = compare(block, command, shown, &ran, exit, wrong);
        text.push_str(&format!("$ {command}\n{output}"));
    }
    text
}

/// What should be shown.
fn compare(
    block: &Block,
    command: &str,
    shown: &str,
    ran: &Ran,
    exit: i32,
    wrong: &mut Vec<String>,
) -> String {
    let line = block.line;
    if ran.code != exit {
        wrong.push(format!(
            "{line}: `{command}` exits with {}, not {exit}:\n{}",
            ran.code, ran.output
        ));
    }
    let (expected, found) = (without_hashes(shown), without_hashes(&ran.output));
    let lines: Vec<&str> = expected.lines().collect();
    if matches(&lines, &found.lines().collect::<Vec<_>>()) {
        return shown.to_string();
    }
    let diff = TextDiff::from_lines(&expected, &found);
    wrong.push(format!(
        "{line}: `{command}` prints\n{}",
        diff.unified_diff().header("shown", "printed")
    ));
    if lines.contains(&ELLIPSIS) {
        shown.to_string()
    } else {
        ran.output.clone()
    }
}

/// Stands for any number of lines.
const ELLIPSIS: &str = "...";

fn matches(expected: &[&str], found: &[&str]) -> bool {
    match expected.iter().position(|line| *line == ELLIPSIS) {
        None => expected == found,
        Some(at) => {
            let rest = |skipped: usize| matches(&expected[at + 1..], &found[skipped..]);
            found.starts_with(&expected[..at]) && (at..=found.len()).any(rest)
        }
    }
}

/// The name of a commit depends on the day.
fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| {
        word.len() >= 7
            && word.chars().all(|c| c.is_ascii_hexdigit())
            && word.contains(|c: char| c.is_ascii_digit())
    };
    let mut result = String::new();
    for part in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        result.push_str(if is_hash(word) { "HASH" } else { word });
        result.push_str(&part[word.len()..]);
    }
    result
}

#[test]
fn an_ellipsis_stands_for_any_lines_and_for_nothing_else() {
    let found = ["a", "b", "c"];
    for expected in [
        vec!["a", "b", "c"],
        vec!["..."],
        vec!["a", "..."],
        vec!["...", "b", "..."],
        vec!["a", "...", "c"],
    ] {
        assert!(matches(&expected, &found), "{expected:?}");
    }
    for expected in [
        vec!["a", "b"],
        vec!["b", "..."],
        vec!["...", "b"],
        vec!["a", "...", "a", "..."],
        vec!["c", "...", "a"],
    ] {
        assert!(!matches(&expected, &found), "{expected:?}");
    }
}

#[test]
fn wrong_output_and_a_wrong_exit_code_are_found_and_written_right() {
    let document = "```console case=guide exit=1\n$ echo a\nb\n$ echo c\nc\n```\n";
    let (wrong, new) = run(document);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert_eq!(
        new,
        "```console case=guide exit=1\n$ echo a\na\n$ echo c\nc\n```\n"
    );
}

#[test]
fn one_commit_is_like_another() {
    assert_eq!(
        without_hashes("[main 0c3a976] `1433cb672e`; decade 1234"),
        "[main HASH] `HASH`; decade 1234"
    );
}
