//! Commands, options and links that a document mentions without running them.

use std::path::Path;

use clap::{CommandFactory, Parser};
use nixfix::cli::Cli;

use crate::block::{blocks, prose};

/// The commands in `sh` blocks and in running text that nixfix does not take.
pub fn unknown_commands(document: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for block in blocks(document)
        .iter()
        .filter(|block| block.language == "sh")
    {
        let lines = block.text.lines().enumerate();
        wrong.extend(lines.filter_map(|(index, line)| problem(block.line + 1 + index, line)));
    }
    for (index, line) in prose(document).lines().enumerate() {
        wrong.extend(spans(line).filter_map(|span| problem(index + 1, span)));
    }
    wrong
}

/// What stands between backticks.
fn spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn problem(line: usize, command: &str) -> Option<String> {
    let command = command.trim().replacen("cargo run -- ", "nixfix ", 1);
    if command.starts_with("--") {
        let option = command.split([' ', '=']).next().unwrap_or_default();
        return (!options().any(|known| known == option))
            .then(|| format!("{line}: nixfix has no `{option}`"));
    }
    let command = command
        .split([';', '|', '>', '#', '&'])
        .next()
        .unwrap_or_default();
    let arguments = command
        .split_whitespace()
        .map(|word| word.trim_matches('\''));
    if !command.starts_with("nixfix ") {
        return None;
    }
    let error = Cli::try_parse_from(arguments).err()?;
    error
        .use_stderr()
        .then(|| format!("{line}: `{command}` is no command of nixfix: {error}"))
}

fn options() -> impl Iterator<Item = String> {
    let commands = Cli::command();
    let all = std::iter::once(commands.clone())
        .chain(commands.get_subcommands().cloned())
        .collect::<Vec<_>>();
    let long = |command: clap::Command| -> Vec<String> {
        command
            .get_arguments()
            .filter_map(|argument| Some(format!("--{}", argument.get_long()?)))
            .collect()
    };
    all.into_iter().flat_map(long)
}

/// The links to files that are not there.
pub fn dead_links(directory: &Path, document: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (index, line) in prose(document).lines().enumerate() {
        let targets = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let files = targets
            .filter_map(|target| target.split('#').next())
            .filter(|file| !file.is_empty() && !file.contains("://"));
        let dead = files.filter(|file| !directory.join(file).exists());
        wrong.extend(dead.map(|file| format!("{}: the link to `{file}` leads nowhere", index + 1)));
    }
    wrong
}

#[test]
fn a_command_that_is_not_there_is_found_wherever_it_stands() {
    let document = "`nixfix aply`, `nixfix show | cat`, `--dry-runs`, `--profile HOST=NAME`\n```sh\nnixfix check --dry-run\nls\n```\n";
    let lines: Vec<String> = unknown_commands(document)
        .iter()
        .map(|one| one[..2].to_string())
        .collect();
    assert_eq!(lines, ["3:", "1:", "1:"]);
}

#[test]
fn a_dead_link_is_found() {
    let document = "[a](here.md) [b](Cargo.toml#x) [c](https://example.org) [d](#d)";
    assert_eq!(
        dead_links(crate::root(), document),
        ["1: the link to `here.md` leads nowhere"]
    );
}
