//! The tokens of rnix, found more quickly: what most of a text consists of is told from its bytes here, and the rest is
//! left to rnix's own tokenizer, one token at a time.
//!
//! The two give the same tokens up to the first that is an error, which the tests compare.

use rnix::SyntaxKind::{self, *};

/// What the place at hand is inside of.
#[derive(Debug, Clone, Copy)]
enum Context {
    /// `${ }`, and in it so many braces that are still open.
    Hole { braces: u32 },
    /// A string.
    Text { is_indented: bool },
    /// A path that goes on behind an interpolation.
    Path(SyntaxKind),
}

/// An iterator over the tokens of a text, each with its length in bytes. It ends at the first that is an error.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    contexts: Vec<Context>,
    /// Up to here, at least, all bytes may stand in a path before its first slash.
    run_end: usize,
}

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str) -> Lexer<'t> {
        Lexer {
            text,
            at: 0,
            contexts: Vec::new(),
            run_end: 0,
        }
    }

    /// Which token begins here, and how long it is.
    fn token(&mut self) -> (SyntaxKind, usize) {
        match self.contexts.last() {
            Some(Context::Text { is_indented }) => return self.in_text(*is_indented),
            Some(Context::Path(kind)) => {
                if let Some(token) = self.in_path(*kind) {
                    return token;
                }
                self.contexts.pop();
            }
            Some(Context::Hole { .. }) | None => {}
        }
        let rest = &self.text.as_bytes()[self.at..];
        let second = rest.get(1).copied();
        match rest[0] {
            b' ' | b'\t' | b'\n' | b'\r' => (TOKEN_WHITESPACE, self.white_space()),
            b'#' => (TOKEN_COMMENT, count(rest, !LINE_END)),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(rest),
            b'{' => self.brace(),
            b'}' => self.closing_brace(),
            b'"' => self.opens(1, false),
            b'\'' if second == Some(b'\'') => self.opens(2, true),
            b'$' if second == Some(b'{') => self.hole(),
            b'.' if rest.starts_with(b"...") => (TOKEN_ELLIPSIS, 3),
            b'.' if !second.is_some_and(|byte| byte.is_ascii_digit()) && !self.goes_on(rest) => {
                (TOKEN_DOT, 1)
            }
            b'0'..=b'9' => self.number(rest),
            b'+' if !self.goes_on(rest) => match second {
                Some(b'+') => (TOKEN_CONCAT, 2),
                _ => (TOKEN_ADD, 1),
            },
            b'-' if !self.goes_on(rest) => match second {
                Some(b'>') => (TOKEN_IMPLICATION, 2),
                _ => (TOKEN_SUB, 1),
            },
            b'/' if second == Some(b'/') => (TOKEN_UPDATE, 2),
            b'=' if second == Some(b'=') => (TOKEN_EQUAL, 2),
            b'!' if second == Some(b'=') => (TOKEN_NOT_EQUAL, 2),
            b'>' if second == Some(b'=') => (TOKEN_MORE_OR_EQ, 2),
            b'&' if second == Some(b'&') => (TOKEN_AND_AND, 2),
            b'|' if second == Some(b'|') => (TOKEN_OR_OR, 2),
            b'|' if second == Some(b'>') => (TOKEN_PIPE_RIGHT, 2),
            b'=' => (TOKEN_ASSIGN, 1),
            b'!' => (TOKEN_INVERT, 1),
            b'>' => (TOKEN_MORE, 1),
            b'*' => (TOKEN_MUL, 1),
            b'[' => (TOKEN_L_BRACK, 1),
            b']' => (TOKEN_R_BRACK, 1),
            b'(' => (TOKEN_L_PAREN, 1),
            b')' => (TOKEN_R_PAREN, 1),
            b'@' => (TOKEN_AT, 1),
            b':' => (TOKEN_COLON, 1),
            b',' => (TOKEN_COMMA, 1),
            b'?' => (TOKEN_QUESTION, 1),
            b';' => (TOKEN_SEMICOLON, 1),
            _ => self.rare(),
        }
    }

    /// A token that is left to rnix: a path, a URL, a float, `<`, a long comment, or none at all.
    fn rare(&mut self) -> (SyntaxKind, usize) {
        let rest = &self.text[self.at..];
        let Some((kind, token)) = rnix::tokenize(rest).next() else {
            return (TOKEN_ERROR, rest.len());
        };
        let is_path = matches!(kind, TOKEN_PATH_REL | TOKEN_PATH_ABS | TOKEN_PATH_HOME);
        if is_path && rest[token.len()..].starts_with("${") {
            self.contexts.push(Context::Path(kind));
        }
        (kind, token.len())
    }

    fn white_space(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let blanks = count(rest, BLANK | LINE_END);
        // rnix knows more blanks than Nix does.
        match rest.get(blanks) {
            Some(0x0b | 0x0c | 0x80..) => {
                let rest = &self.text[self.at..];
                rest.len() - rest.trim_start().len()
            }
            _ => blanks,
        }
    }

    /// A name or a keyword, if it is not the beginning of a path or URL.
    fn word(&mut self, rest: &[u8]) -> (SyntaxKind, usize) {
        let length = count(rest, NAME);
        let run = self.run(rest);
        let is_other = match rest.get(run) {
            // An apostrophe ends a path, and what looks like one before it.
            _ if rest.get(length) == Some(&b'\'') => true,
            Some(b'/') => true,
            Some(b':') => rest
                .get(run + 1)
                .is_some_and(|byte| !byte.is_ascii_whitespace()),
            _ => false,
        };
        match is_other {
            true => self.rare(),
            false => (keyword(&rest[..length]), length),
        }
    }

    /// How many bytes from here on may stand in a path before its first slash.
    fn run(&mut self, rest: &[u8]) -> usize {
        if self.run_end <= self.at {
            self.run_end = self.at + count(rest, RUN);
        }
        self.run_end - self.at
    }

    /// Whether what begins like an operator or a number is the beginning of a path.
    fn goes_on(&mut self, rest: &[u8]) -> bool {
        rest.get(self.run(rest)) == Some(&b'/')
    }

    fn number(&mut self, rest: &[u8]) -> (SyntaxKind, usize) {
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        match rest.get(length) == Some(&b'.') || self.goes_on(rest) {
            true => self.rare(),
            false => (TOKEN_INTEGER, length),
        }
    }

    fn brace(&mut self) -> (SyntaxKind, usize) {
        if let Some(Context::Hole { braces }) = self.contexts.last_mut() {
            *braces += 1;
        }
        (TOKEN_L_BRACE, 1)
    }

    fn closing_brace(&mut self) -> (SyntaxKind, usize) {
        match self.contexts.last_mut() {
            Some(Context::Hole { braces: 0 }) => {
                self.contexts.pop();
                (TOKEN_INTERPOL_END, 1)
            }
            Some(Context::Hole { braces }) => {
                *braces -= 1;
                (TOKEN_R_BRACE, 1)
            }
            _ => (TOKEN_R_BRACE, 1),
        }
    }

    /// `${`
    fn hole(&mut self) -> (SyntaxKind, usize) {
        self.contexts.push(Context::Hole { braces: 0 });
        (TOKEN_INTERPOL_START, 2)
    }

    fn opens(&mut self, quotes: usize, is_indented: bool) -> (SyntaxKind, usize) {
        self.contexts.push(Context::Text { is_indented });
        (TOKEN_STRING_START, quotes)
    }

    /// Inside a path, behind an interpolation; `None` where the path is at its end.
    fn in_path(&mut self, kind: SyntaxKind) -> Option<(SyntaxKind, usize)> {
        let rest = &self.text[self.at..];
        if rest.starts_with("${") {
            return Some(self.hole());
        }
        let length = count(rest.as_bytes(), RUN | SLASH);
        let (segment, behind) = rest.split_at(length);
        if segment.is_empty() {
            return None;
        }
        let goes_on = behind.starts_with("${");
        if !goes_on && (segment.ends_with('/') || segment.contains("//")) {
            return Some((TOKEN_ERROR, length));
        }
        if !goes_on {
            self.contexts.pop();
        }
        Some((kind, length))
    }

    /// Inside a string: what it says up to its end or an interpolation, or that.
    fn in_text(&mut self, is_indented: bool) -> (SyntaxKind, usize) {
        let rest = &self.text.as_bytes()[self.at..];
        let Some(length) = content(rest, is_indented) else {
            return (TOKEN_ERROR, rest.len());
        };
        match rest[length] {
            _ if length > 0 => (TOKEN_STRING_CONTENT, length),
            b'$' => self.hole(),
            _ => {
                self.contexts.pop();
                (TOKEN_STRING_END, 1 + usize::from(is_indented))
            }
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = (SyntaxKind, usize);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at == self.text.len() {
            return None;
        }
        let (kind, length) = self.token();
        self.at += length;
        if kind == TOKEN_ERROR {
            let rest = self.text.len() - self.at;
            self.at += rest;
            return Some((kind, length + rest));
        }
        Some((kind, length))
    }
}

/// How long the content of a string is up to its end or an interpolation; `None` where it has no end.
fn content(rest: &[u8], is_indented: bool) -> Option<usize> {
    let mut at = 0;
    loop {
        let ahead = |bytes: usize| rest.get(at + bytes).copied();
        at += match (ahead(0)?, is_indented) {
            (b'"', false) => return Some(at),
            (b'\\', false) => ahead(1).map(|_| 2)?,
            (b'\'', true) => match (ahead(1)?, ahead(2)) {
                (b'\'', Some(b'\'' | b'$')) => 3,
                (b'\'', Some(b'\\')) => ahead(3).map(|_| 4)?,
                (b'\'', _) => return Some(at),
                _ => 1,
            },
            (b'$', _) => match ahead(1) {
                Some(b'{') => return Some(at),
                Some(b'$') => 2,
                _ => 1,
            },
            _ => 1,
        };
    }
}

/// What a byte may be: a blank within a line,
const BLANK: u8 = 1;
/// a part of a name,
const NAME: u8 = 2;
/// a part of a path before its first slash,
const RUN: u8 = 4;
/// a slash,
const SLASH: u8 = 8;
/// the end of a line,
const LINE_END: u8 = 16;
/// anything else.
const OTHER: u8 = 32;

const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'\n' => LINE_END,
            b' ' | b'\t' | b'\r' => BLANK,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => NAME | RUN,
            b'.' | b'+' => RUN,
            b'/' => SLASH,
            _ => OTHER,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

fn keyword(word: &[u8]) -> SyntaxKind {
    match word {
        b"assert" => TOKEN_ASSERT,
        b"else" => TOKEN_ELSE,
        b"if" => TOKEN_IF,
        b"in" => TOKEN_IN,
        b"inherit" => TOKEN_INHERIT,
        b"let" => TOKEN_LET,
        b"or" => TOKEN_OR,
        b"rec" => TOKEN_REC,
        b"then" => TOKEN_THEN,
        b"with" => TOKEN_WITH,
        _ => TOKEN_IDENT,
    }
}

/// How many bytes there are of one of the classes before any other.
fn count(bytes: &[u8], classes: u8) -> usize {
    let is_it = |byte: &&u8| CLASSES[usize::from(**byte)] & classes != 0;
    bytes.iter().take_while(is_it).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The tokens up to the first error.
    fn until_error(tokens: impl Iterator<Item = (SyntaxKind, usize)>) -> Vec<(SyntaxKind, usize)> {
        tokens
            .take_while(|(kind, _)| *kind != TOKEN_ERROR)
            .collect()
    }

    #[track_caller]
    fn assert_same(text: &str) {
        let theirs = || rnix::tokenize(text).map(|(kind, token)| (kind, token.len()));
        assert_eq!(
            until_error(Lexer::new(text)),
            until_error(theirs()),
            "{text:?}"
        );
        let is_error = |(kind, _)| kind == TOKEN_ERROR;
        assert_eq!(
            Lexer::new(text).any(is_error),
            theirs().any(is_error),
            "{text:?}"
        );
    }

    #[test]
    fn every_kind_of_token_is_the_one_of_rnix() {
        for text in [
            "a _b c-d e'f or in inherit",
            "a.b a/b a//b a/ b ./a ../b/c ~/a /a /${b}/c ./a${b}c/${d}e a'/b",
            "<a/b> <a <= b <| c < d <> ><",
            "1 0 01 1.5 0.5 .5 1.e5 1.5e-3 1a 1.2.3 1/2 1 / 2 0x",
            "https://a.b/c a:b a: b a_b:c a:",
            "\"\" \"a\" \"a${b}c\" \"$${a}\" \"\\${a}\" \"\\\\\" \"a\nb\" \"$\" \"ä\\ä\"",
            "'''' ''a'' ''a${b}'' ''$${a}'' ''''${a}'' ''''\\n'' ''a'b'' '' ' '' ''$''",
            "{ } { a = { }; } ${ { } } \"${ { a = \"}\"; }.a }\" ./a${ { } }b",
            "# a\n/* b */ /** c **/ /*/ d */ #",
            "+ ++ - -> -a a-b a- b a -b * / // = == ! != & && | || |> ? @ , ; : . .. ... ....",
            "a\u{a0}b \u{b}\u{c} \u{2003}",
            "ä",
            "\"a",
            "''a'",
            "\"${a",
            "/* a",
        ] {
            assert_same(text);
        }
    }

    proptest! {
        #[test]
        fn any_text_has_the_tokens_of_rnix(
            text in "[a-c_.+/~<>:=!&|?@,;'\"$\\\\{}()\\[\\]0-9*# \n\r\tä\u{a0}-]{0,24}",
        ) {
            assert_same(&text);
        }
    }
}
