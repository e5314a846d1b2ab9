//! Command lines, and what they mean or why they are refused.

use std::path::PathBuf;

use clap::CommandFactory;
use clap::error::ErrorKind;

use super::*;
use crate::git::Sign;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(std::iter::once("nixfix").chain(line.split_whitespace()))
}

fn apply(line: &str) -> Apply {
    match parse(line).unwrap().command {
        Command::Apply(apply) => *apply,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn choices_are_split_at_the_last_equals_sign() {
    let given = apply("apply --profile a=cuda --profile b=c=rocm --home x=y/me.nix=llama-cpp-cpu");
    let profiles: Vec<_> = given.migration.profiles.profiles;
    let pair = |host: &str, profile: &str| ProfileChoice {
        host: host.to_string(),
        profile: profile.to_string(),
    };
    assert_eq!(profiles, [pair("a", "cuda"), pair("b=c", "rocm")]);
    let home = HomeChoice {
        file: PathBuf::from("x=y/me.nix"),
        package: "llama-cpp-cpu".to_string(),
    };
    assert_eq!(given.migration.home, [home]);
}

#[test]
fn passes_come_in_one_list_or_several() {
    let given = apply("apply --only add-input,write-overlay --only home-packages");
    assert_eq!(
        given.migration.only,
        ["add-input", "write-overlay", "home-packages"]
    );
}

#[test]
fn the_last_word_on_the_lock_file_counts() {
    let lock = |line: &str| {
        let given = apply(line).lock;
        (given.lock, given.no_lock)
    };
    assert_eq!(lock("apply"), (false, false));
    assert_eq!(lock("apply --lock --no-lock"), (false, true));
}

#[test]
fn the_last_word_on_signing_counts_and_only_where_there_is_a_commit() {
    let sign = |line: &str| apply(line).commit.signing();
    assert_eq!(sign("apply"), Sign::AsConfigured);
    assert_eq!(sign("apply --no-sign --sign"), Sign::Always);
    assert_eq!(sign("apply --sign --no-sign"), Sign::Never);
    assert!(parse("apply --no-commit --sign").is_err());
}

#[test]
fn global_flags_stand_before_or_after_the_command() {
    let before = parse("-vv --color never show").unwrap().global;
    let after = parse("show --color never -v -v").unwrap().global;
    assert_eq!((before.verbose, before.color), (2, When::Never));
    assert_eq!((after.verbose, after.color), (2, When::Never));
}

#[test]
fn what_makes_no_sense_is_a_usage_error_with_exit_code_2() {
    for (line, kind) in [
        ("apply --profile carbon", ErrorKind::ValueValidation),
        ("apply --profile =cuda", ErrorKind::ValueValidation),
        ("apply --home me.nix=", ErrorKind::ValueValidation),
        ("apply --only add-inputs", ErrorKind::InvalidValue),
        ("apply --no-commit --message x", ErrorKind::ArgumentConflict),
        ("apply --dry-run --verify", ErrorKind::ArgumentConflict),
        ("verify --timeout 0", ErrorKind::ValueValidation),
        ("verify --format patch", ErrorKind::InvalidValue),
        ("apply -q -v", ErrorKind::ArgumentConflict),
        ("check --dry-run", ErrorKind::UnknownArgument),
        ("show --format patch", ErrorKind::InvalidValue),
        ("aply", ErrorKind::InvalidSubcommand),
    ] {
        let error = parse(line).unwrap_err();
        assert_eq!((error.kind(), error.exit_code()), (kind, 2), "{line}");
    }
}

#[test]
fn the_long_help_tells_the_exit_codes() {
    for line in [
        "--help",
        "apply --help",
        "check --help",
        "show --help",
        "init --help",
        "verify --help",
        "hook --help",
    ] {
        let help = parse(line).unwrap_err().to_string();
        assert!(
            help.contains("Exit codes:") && help.contains("Examples:"),
            "{line}"
        );
    }
}

/// Every command and subcommand but clap's own `help`.
fn commands() -> Vec<clap::Command> {
    fn below(command: &clap::Command, found: &mut Vec<clap::Command>) {
        for one in command
            .get_subcommands()
            .filter(|one| one.get_name() != "help")
        {
            found.push(one.clone());
            below(one, found);
        }
    }
    let mut all = Cli::command();
    all.build();
    let mut found = vec![all.clone()];
    below(&all, &mut found);
    found
}

#[test]
fn every_command_has_examples_and_a_long_help_that_says_more() {
    let commands = commands();
    assert!(commands.len() > 12, "{}", commands.len());
    for mut command in commands {
        let (short, long) = (command.render_help(), command.render_long_help());
        let (short, long) = (short.to_string(), long.to_string());
        let name = command.get_bin_name().unwrap_or_default().to_string();
        assert!(short.contains("Examples:\n  nixfix "), "{name}: {short}");
        assert!(
            long.contains("Exit codes:") && long.len() > short.len(),
            "{name}"
        );
    }
}

#[test]
fn every_example_is_a_command_line_that_is_taken() {
    for mut command in commands() {
        let help = command.render_help().to_string();
        let (_, examples) = help.split_once("Examples:\n").unwrap();
        for line in examples
            .lines()
            .filter(|line| line.starts_with("  nixfix "))
        {
            assert!(line.len() <= 80, "a narrow terminal breaks {line}");
            let line = line.split(['|', '>']).next().unwrap_or_default().trim();
            // What an example does stands behind two blanks.
            let line = line.split("  ").next().unwrap_or_default();
            let words = line.split_whitespace().skip(1);
            let parsed = parse(&words.collect::<Vec<_>>().join(" "));
            assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
        }
    }
}
