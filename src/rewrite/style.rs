//! The style of a file: its line ends, its unit of indentation and its braces; and text brought into that style.

use std::collections::{BTreeMap, HashSet};

use rnix::SyntaxKind::{TOKEN_COMMENT, TOKEN_STRING_CONTENT, TOKEN_WHITESPACE};

use super::lines::eol_near;
use crate::syntax::Delimiters;

/// How a file is written, as far as new text must follow it. Asks the text only for what is needed.
#[derive(Debug, Clone, Copy)]
pub struct Style<'t> {
    text: &'t str,
    /// The place where it is asked for.
    at: usize,
    /// Its delimiters, where they were looked at already.
    delimiters: Option<Delimiters>,
    /// What to follow where the text itself does not show its style.
    model: Delimiters,
    /// The line end.
    pub eol: &'static str,
}

impl<'t> Style<'t> {
    /// The style of `text` as a whole; two spaces, `\n` and `{ }` where it does not show any.
    pub fn of(text: &'t str) -> Style<'t> {
        Style::near(text, 0)
    }

    /// The same with the line end and the indentation in use near `at`.
    pub fn near(text: &'t str, at: usize) -> Style<'t> {
        Style {
            text,
            at,
            delimiters: None,
            model: Delimiters::default(),
            eol: eol_near(text, at),
        }
    }

    /// The style of a text with these delimiters, and that of `model` where the text itself does not show any.
    pub fn known(text: &'t str, delimiters: Delimiters, model: Delimiters) -> Style<'t> {
        Style {
            delimiters: Some(delimiters),
            model,
            ..Style::of(text)
        }
    }

    /// One level of indentation.
    pub fn unit(&self) -> &'t str {
        let near = indent_unit(around(self.text, self.at));
        near.or_else(|| indent_unit(self.text)).unwrap_or("  ")
    }

    /// Whether braces stick to what they enclose, as Alejandra writes them: `{inherit inputs;}`.
    pub fn tight_braces(&self) -> bool {
        let (own, model) = (self.delimiters(), self.model);
        first_of([own.braces, own.brackets, model.braces, model.brackets])
    }

    /// Whether brackets stick to what they enclose: `[x]`.
    pub fn tight_brackets(&self) -> bool {
        let (own, model) = (self.delimiters(), self.model);
        first_of([own.brackets, own.braces, model.brackets, model.braces])
    }

    fn delimiters(&self) -> Delimiters {
        self.delimiters.unwrap_or_else(|| Delimiters::of(self.text))
    }

    /// Whether an at-name stands apart from its pattern: `{ ... } @ inputs`.
    pub fn spaced_at(&self) -> bool {
        self.text.contains("} @ ") || (!self.text.contains("}@") && self.tight_braces())
    }

    /// `snippet` for a place indented by `indent`, see [`reindent`].
    pub fn place(&self, snippet: &str, indent: &str) -> String {
        if snippet.contains('\n') {
            reindent(snippet, indent, self.unit(), self.eol)
        } else {
            snippet.to_string()
        }
    }

    /// `content` in braces: `{ inherit inputs; }` or `{inherit inputs;}`.
    pub fn braces(&self, content: &str) -> String {
        match (content.is_empty(), self.tight_braces()) {
            (true, true) => "{}".to_string(),
            (true, false) => "{ }".to_string(),
            (false, true) => format!("{{{content}}}"),
            (false, false) => format!("{{ {content} }}"),
        }
    }
}

impl Style<'_> {
    /// `content` in brackets: `[ x ]` or `[x]`.
    pub fn brackets(&self, content: &str) -> String {
        if self.tight_brackets() {
            format!("[{content}]")
        } else {
            format!("[ {content} ]")
        }
    }
}

/// The first that shows it.
fn first_of(shown: [Option<bool>; 4]) -> bool {
    shown.into_iter().flatten().next().unwrap_or(false)
}

/// `snippet`, written with `\n` and two spaces a level, for a place indented by `indent`; its first line is left for the
/// caller to indent. Lines that begin inside a string stay as they are: their white space may be part of the value.
pub fn reindent(snippet: &str, indent: &str, unit: &str, eol: &str) -> String {
    let kept = newlines_in_strings(snippet);
    let mut out = String::with_capacity(snippet.len());
    let mut at = 0;
    for (number, line) in snippet.split('\n').enumerate() {
        if number == 0 {
            out.push_str(line);
        } else if kept.contains(&(at - 1)) {
            out.push('\n');
            out.push_str(line);
        } else {
            out.push_str(eol);
            push_indented(&mut out, line, indent, unit);
        }
        at += line.len() + 1;
    }
    out
}

/// Whether `snippet` may stand on a line with other code behind it.
pub(super) fn is_inline(snippet: &str) -> bool {
    !snippet.contains('\n')
        && !rnix::tokenize(snippet)
            .any(|(kind, token)| kind == TOKEN_COMMENT && token.starts_with('#'))
}

/// Whether what follows `snippet` on its last line would be swallowed by a comment.
pub(super) fn ends_with_line_comment(snippet: &str) -> bool {
    let last = rnix::tokenize(snippet)
        .filter(|(kind, _)| *kind != TOKEN_WHITESPACE)
        .last();
    last.is_some_and(|(kind, token)| kind == TOKEN_COMMENT && token.starts_with('#'))
}

fn push_indented(out: &mut String, line: &str, indent: &str, unit: &str) {
    let content = line.trim_start_matches(' ');
    if content.is_empty() {
        return;
    }
    let spaces = line.len() - content.len();
    out.push_str(indent);
    out.push_str(&unit.repeat(spaces / 2));
    out.push_str(&" ".repeat(spaces % 2));
    out.push_str(content);
}

fn newlines_in_strings(snippet: &str) -> HashSet<usize> {
    let mut found = HashSet::new();
    let mut at = 0;
    for (kind, token) in rnix::tokenize(snippet) {
        if kind == TOKEN_STRING_CONTENT {
            found.extend(token.match_indices('\n').map(|(newline, _)| at + newline));
        }
        at += token.len();
    }
    found
}

/// Bytes on each side of a place that show how it is indented: with the whole of a file of a thousand hosts, each of a
/// thousand edits would have to look at all of them.
const AROUND: usize = 4096;

/// The whole lines around `at`.
fn around(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes();
    let line_start = |from: usize| {
        let end = bytes[from..].iter().position(|byte| *byte == b'\n');
        end.map_or(text.len(), |end| from + end + 1)
    };
    let start = match at.checked_sub(AROUND) {
        Some(from) if from > 0 => line_start(from),
        _ => 0,
    };
    let end = line_start((at + AROUND).min(text.len()));
    &text[start.min(end)..end]
}

/// The commonest step by which a line is indented further than the one before; tabs if the step is one.
fn indent_unit<'t>(text: &'t str) -> Option<&'t str> {
    let mut steps: BTreeMap<&str, usize> = BTreeMap::new();
    let mut previous = "";
    let indent = |line: &'t str| {
        let end = line
            .bytes()
            .position(|byte| byte != b' ' && byte != b'\t')?;
        Some(&line[..end])
    };
    for indent in text.lines().filter_map(indent) {
        if let Some(step) = indent.strip_prefix(previous)
            && matches!(step, "\t" | "  " | "   " | "    " | "        ")
        {
            *steps.entry(step).or_default() += 1;
        }
        previous = indent;
    }
    let commonest = steps
        .iter()
        .max_by_key(|(step, count)| (**count, *step == &"  "));
    commonest.map(|(step, _)| *step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_that_of_the_lines_around() {
        let tabs = "{\n\ta = {\n\t\tb = 1;\n\t};\n}\n".repeat(500);
        let spaces = "{\n    a = 1;\n}\n".repeat(2_000);
        let text = format!("{tabs}{spaces}é");
        assert_eq!(Style::of(&text).unit(), "\t");
        assert_eq!(Style::near(&text, text.len()).unit(), "    ");
        let flat = format!("{tabs}{}", "x\n".repeat(AROUND));
        assert_eq!(Style::near(&flat, flat.len()).unit(), "\t");
    }

    #[test]
    fn the_unit_is_the_commonest_step() {
        for (text, unit) in [
            ("", "  "),
            ("{\n  a = {\n    b = 1;\n  };\n}\n", "  "),
            ("{\n\ta = {\n\t\tb = 1;\n\t};\n}\n", "\t"),
            ("{\n    a = {\n        b = 1;\n    };\n}\n", "    "),
            (
                "{\n  a = [ 1\n          2 ];\n  b = {\n    c = 1;\n  };\n}",
                "  ",
            ),
        ] {
            assert_eq!(Style::of(text).unit(), unit, "{text:?}");
        }
    }

    #[test]
    fn braces_are_tight_where_most_braces_are() {
        for (text, tight, spaced_at) in [
            ("{inherit x;}", true, true),
            ("{ inherit x; }", false, false),
            ("{pkgs, ...}@x: { }", true, false),
            ("{\n  a = {};\n}", false, false),
            ("{ self } @ x: 1", false, true),
            ("{ # c\n  a = {b = 1;};\n}", true, true),
            ("\"${x}\"", false, false),
        ] {
            let style = Style::of(text);
            assert_eq!(
                (style.tight_braces(), style.spaced_at()),
                (tight, spaced_at),
                "{text:?}"
            );
        }
        assert_eq!(Style::of("{a=1;}").braces("inherit x;"), "{inherit x;}");
        assert_eq!(Style::of("").braces("inherit x;"), "{ inherit x; }");
        assert_eq!(Style::of("").braces(""), "{ }");
    }

    #[test]
    fn snippets_take_the_indentation_and_line_ends_of_the_place() {
        assert_eq!(
            reindent("a = {\n  b = {\n    c = 1;\n\n  };\n};", "\t", "\t", "\r\n"),
            "a = {\r\n\t\tb = {\r\n\t\t\tc = 1;\r\n\r\n\t\t};\r\n\t};"
        );
        assert_eq!(reindent("f\n   x", " ", "    ", "\n"), "f\n      x");
    }

    #[test]
    fn lines_inside_strings_keep_their_value() {
        let snippet = "a = ''\n  b\n'';\nc = \"d\n  e\";";
        assert_eq!(
            reindent(snippet, "    ", "  ", "\r\n"),
            "a = ''\n  b\n'';\r\n    c = \"d\n  e\";"
        );
    }
}
