//! Diagnostics for people, in rustc's form: the message, the line with the place underlined, and what to do.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::report::position::{first_line, position};
use crate::report::table::wrap;
use crate::report::visible::{masked, visible, visible_line};
use crate::report::{Style, Texts};

/// Narrower than this, underlines no longer fit and only confuse.
const NARROWEST: usize = 40;
/// Wider than this, a line is easier to read trimmed, even where there is no terminal.
const WIDEST: usize = 160;

/// All of `list`, in its order, with a blank line between two.
pub fn diagnostics(list: &[Diagnostic], style: Style, texts: Texts<'_>) -> String {
    let renderer = renderer(style);
    let shown = list
        .iter()
        .map(|diagnostic| renderer.render(&[group(diagnostic, texts)]) + "\n");
    shown.collect::<Vec<_>>().join("\n")
}

/// The same, and last how to learn more of them.
pub fn messages(list: &[Diagnostic], style: Style, texts: Texts<'_>) -> String {
    let shown = diagnostics(list, style, texts);
    let mut codes: Vec<&str> = list.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let more = match codes.as_slice() {
        [] => return shown,
        [code] => format!("`nixfix explain {code}` tells more\n"),
        codes => {
            let line = format!("`nixfix explain CODE` tells more of {}", codes.join(", "));
            wrap(&line, style.width.clamp(NARROWEST, WIDEST)).join("\n") + "\n"
        }
    };
    format!("{shown}\n{more}")
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let decoration = if style.unicode {
        DecorStyle::Unicode
    } else {
        DecorStyle::Ascii
    };
    renderer
        .decor_style(decoration)
        .term_width(style.width.clamp(NARROWEST, WIDEST))
}

fn group<'a>(diagnostic: &'a Diagnostic, texts: Texts<'_>) -> Group<'a> {
    let group = match &diagnostic.place {
        Some(place) => add_place(title(diagnostic), place, texts),
        None => title(diagnostic).elements(std::iter::empty::<Origin<'a>>()),
    };
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(visible(help))),
        None => group,
    }
}

fn title(diagnostic: &Diagnostic) -> Title<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code)
}

/// The line where `place` starts, or only the file where there is no line to show.
fn add_place<'a>(title: Title<'a>, place: &Place, texts: Texts<'_>) -> Group<'a> {
    let file = visible_line(&place.file.to_string());
    let Some((range, text)) = place.range.zip(texts(&place.file)) else {
        return title.element(Origin::path(file));
    };
    // One line is enough to find the place, and it keeps a binding of a hundred lines from filling the screen.
    let (line, covered) = first_line(&text, range.into());
    let until = |at: usize| masked(&line[..at]).len();
    title.element(
        Snippet::source(masked(line))
            .line_start(position(&text, range.start).line)
            .path(file)
            .annotation(AnnotationKind::Primary.span(until(covered.start)..until(covered.end))),
    )
}

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::rc::Rc;

    use proptest::prelude::*;

    use super::*;
    use crate::report::fixture::{path, plan, texts};

    #[test]
    fn shows_the_place_and_what_to_do() {
        let expected = "\
error[host-not-understood]: cannot prove `nitrogen`
 --> flake.nix:3:3
  |
3 |   outputs = inputs: { };
  |   ^^^^^^^
  |
  = help: add the overlay yourself:
          nixpkgs.overlays = [
            x
          ];

error[file-ignored]: git ignores the file
--> a.nix
";
        assert_eq!(
            diagnostics(&plan().diagnostics, Style::PLAIN, &texts),
            expected
        );
    }

    #[test]
    fn the_codes_to_be_explained_are_named_once_each() {
        let one = Diagnostic::error("b-c", "x");
        let last = |list: &[Diagnostic]| {
            let text = messages(list, Style::PLAIN, &texts);
            text.lines().last().unwrap_or_default().to_string()
        };
        assert_eq!(last(&[]), "");
        let twice = [one.clone(), one.clone()];
        assert_eq!(last(&twice), "`nixfix explain b-c` tells more");
        let two = [one, Diagnostic::error("a-b", "x")];
        assert_eq!(last(&two), "`nixfix explain CODE` tells more of a-b, b-c");
    }

    /// The rendering of an error at `range` of `text`.
    fn shown(text: &str, range: Range<usize>, style: Style) -> String {
        let error = Diagnostic::error("code", "message").at(path("x.nix"), range);
        diagnostics(&[error], style, &|_| Some(Rc::from(text)))
    }

    #[test]
    fn odd_ranges_are_shown_as_well_as_they_can_be() {
        for (text, range, place) in [
            ("a b\r\nc\r\n", 2..6, "1:3\n  |\n1 | a b\n  |   ^"),
            ("漢字 = 1;\n", 0..6, "1:1\n  |\n1 | 漢字 = 1;\n  | ^^^^"),
            ("a\n", 2..2, "2:1\n  |\n2 |\n  | ^"),
            ("a", 70..90, "1:2\n  |\n1 | a\n  |  ^"),
        ] {
            let expected = format!("error[code]: message\n --> x.nix:{place}\n");
            assert_eq!(shown(text, range, Style::PLAIN), expected);
        }
    }

    #[test]
    fn no_text_of_the_user_reaches_the_terminal_as_a_command() {
        let error = Diagnostic::error("code", "a\x1b[2J")
            .at(path("\x1b]0;x\n"), 0..9)
            .help("\x1b[31m\n\u{9b}");
        let shown = diagnostics(&[error], Style::PLAIN, &|_| {
            Some(Rc::from("\x1b[31m\u{9b}\r\u{202e}x"))
        });
        assert_eq!(visible(&shown), shown);
    }

    #[test]
    fn a_long_line_is_trimmed_around_the_place() {
        let text = format!("{}target{}", "a ".repeat(5_000), " b".repeat(5_000));
        let shown = shown(
            &text,
            10_000..10_006,
            Style {
                width: 60,
                ..Style::PLAIN
            },
        );
        assert!(
            shown.contains("target") && shown.lines().all(|line| line.chars().count() < 70),
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn no_text_and_no_range_is_too_odd(
            text in "([ -~]{0,30}|[\t\r\n\u{1b}é漢🦀\u{301}\u{200d}\u{202e}]{0,6}){0,8}",
            start in 0_usize..300,
            len in 0_usize..300,
            width in 0_usize..100,
            unicode: bool,
        ) {
            let style = Style { width, unicode, ..Style::PLAIN };
            prop_assert!(shown(&text, start..start + len, style).starts_with("error[code]: message"));
        }
    }
}
