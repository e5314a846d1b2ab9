//! Every screen as it is, at 80 and 200 columns, with colour and without: `expected/` has them, the escapes of colours as
//! `^[`. With `NIXFIX_BLESS=1` they are written anew.
//!
//! A file has what is shown without colour at 80 columns, at 200 where that is different, and with colour at 80. Colour
//! adds nothing but colour: with it taken away, both widths must show the same as without.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use similar::TextDiff;

use crate::pty::{Pty, without_progress};
use crate::repository::Repository;

/// One screen: what is run where.
struct Screen {
    name: &'static str,
    /// The case of the corpus that it runs in.
    case: &'static str,
    arguments: &'static str,
    exit: i32,
    /// What is typed at the first question.
    answer: Option<&'static str>,
    /// Where the part that is looked at ends.
    until: &'static str,
}

const SCREEN: Screen = Screen {
    name: "",
    case: "guide",
    arguments: "",
    exit: 0,
    answer: None,
    until: "\0",
};

const SCREENS: [Screen; 15] = [
    Screen {
        name: "summary",
        arguments: "apply --dry-run --no-pager",
        until: "diff --git",
        ..SCREEN
    },
    Screen {
        name: "diff",
        case: "recipe-that-removes",
        arguments: "apply --dry-run --recipe ../removal.toml",
        ..SCREEN
    },
    Screen {
        name: "apply",
        case: "recipe-that-removes",
        arguments: "apply --no-commit --recipe ../removal.toml",
        ..SCREEN
    },
    Screen {
        name: "refusal",
        case: "old-package-still-in-use",
        arguments: "apply --dry-run",
        exit: 2,
        ..SCREEN
    },
    Screen {
        name: "question",
        arguments: "apply -i --no-lock",
        exit: 2,
        answer: Some("q"),
        ..SCREEN
    },
    Screen {
        name: "check-pending",
        case: "recipe-that-removes",
        arguments: "check --staged --recipe ../removal.toml",
        exit: 1,
        ..SCREEN
    },
    Screen {
        name: "check-clean",
        case: "nothing-to-do",
        arguments: "check",
        ..SCREEN
    },
    Screen {
        name: "show",
        arguments: "show",
        ..SCREEN
    },
    Screen {
        name: "show-host",
        arguments: "show --host carbon",
        ..SCREEN
    },
    Screen {
        name: "show-tree",
        case: "recipe-that-removes",
        arguments: "show --tree",
        ..SCREEN
    },
    Screen {
        name: "no-such-host",
        arguments: "show --host carbom",
        exit: 2,
        ..SCREEN
    },
    Screen {
        name: "explain",
        arguments: "explain variant-installed",
        ..SCREEN
    },
    Screen {
        name: "verify",
        arguments: "verify",
        exit: 1,
        ..SCREEN
    },
    Screen {
        name: "recipe-check",
        case: "recipe-with-mistakes",
        arguments: "recipe check migration.toml",
        exit: 2,
        ..SCREEN
    },
    Screen {
        name: "help",
        arguments: "-h",
        ..SCREEN
    },
];

#[derive(Clone, Copy, PartialEq)]
enum Colour {
    With,
    Without,
}

impl Screen {
    /// The part that is looked at.
    fn shown(&self, columns: u16, colour: Colour) -> String {
        let repository = Repository::of_case(self.case);
        let beside = |name: &str| repository.root().join("..").join(name);
        fs::write(
            beside("removal.toml"),
            include_str!("../../recipes/remove-overlay.toml"),
        )
        .unwrap();
        fs::create_dir(beside("programs")).unwrap();
        fs::write(beside("programs/nix"), NIX).unwrap();
        fs::set_permissions(beside("programs/nix"), PermissionsExt::from_mode(0o755)).unwrap();
        let arguments: Vec<&str> = self.arguments.split(' ').collect();
        let mut command = repository.nixfix(&arguments);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", beside("programs").display()));
        if colour == Colour::Without {
            command.env("NO_COLOR", "1");
        }
        let mut pty = Pty::start(command, columns, 1000);
        if let Some(answer) = self.answer {
            pty.answer("q,?]?", answer);
        }
        let (code, screen) = pty.finish();
        assert_eq!(code, self.exit, "{}: {screen}", self.name);
        let screen = without_progress(&screen);
        screen
            .split(self.until)
            .next()
            .unwrap_or_default()
            .to_string()
    }

    /// All that is expected of it.
    fn snapshot(&self) -> String {
        let [narrow, wide] = [80, 200].map(|columns| self.shown(columns, Colour::Without));
        let [narrow_colours, wide_colours] =
            [80, 200].map(|columns| self.shown(columns, Colour::With));
        for plain in [&narrow, &wide] {
            assert!(!plain.contains('\x1b'), "{}: {plain}", self.name);
        }
        assert_eq!(without_colour(&narrow_colours), narrow, "{}", self.name);
        assert_eq!(without_colour(&wide_colours), wide, "{}", self.name);
        let mut text = format!("$ nixfix {}\n", self.arguments);
        let mut add = |heading: &str, screen: &str| {
            text += &format!("==== {heading}\n{}", screen.replace('\x1b', "^["));
        };
        if narrow == wide {
            add("80 and 200 columns", &narrow);
        } else {
            add("80 columns", &narrow);
            add("200 columns", &wide);
        }
        if narrow_colours != narrow {
            add("80 columns, in colour", &narrow_colours);
        }
        text
    }
}

/// Without what a terminal takes for colours.
fn without_colour(screen: &str) -> String {
    let mut parts = screen.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (_, text) = part
            .split_once('m')
            .expect("nothing is asked for but colours");
        plain += text;
    }
    plain
}

/// A double of Nix: one host is as it should be, one lacks its package, one does not evaluate.
const NIX: &str = r#"#!/bin/sh
for last; do :; done
package() { echo "{\"name\":\"llama-cpp-$1\",\"exists\":true,\"derivation\":\"/nix/store/$1.drv\",\"installed\":$2,\"flags\":[]}"; }
case "$last" in
  builtins.attrNames) echo '["beryllium","boron","carbon","nitrogen"]' ;;
  *'host = "boron"'*) echo "error: attribute 'llama-cpp-cpu' missing" >&2; exit 1 ;;
  *'host = "carbon"'*) echo "{\"system\":\"x86_64-linux\",\"packages\":[$(package cuda true)]}" ;;
  *'host = "nitrogen"'*) echo "{\"system\":\"x86_64-linux\",\"packages\":[$(package cpu true)]}" ;;
  *) echo "{\"system\":\"x86_64-linux\",\"packages\":[$(package vulkan false)]}" ;;
esac
"#;

#[test]
fn every_screen_is_as_expected_at_80_and_200_columns_with_colour_and_without() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terminal/expected");
    let bless = std::env::var_os("NIXFIX_BLESS").is_some();
    let mut wrong = Vec::new();
    for screen in &SCREENS {
        let file = expected.join(format!("{}.txt", screen.name));
        let (before, found) = (
            fs::read_to_string(&file).unwrap_or_default(),
            screen.snapshot(),
        );
        if before == found {
            continue;
        }
        if bless {
            fs::write(&file, &found).unwrap();
        }
        let diff = TextDiff::from_lines(&before, &found);
        wrong.push(
            diff.unified_diff()
                .header("expected", screen.name)
                .to_string(),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
