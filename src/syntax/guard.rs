//! Refuses, in one linear scan over the tokens, texts that would overflow the parser's stack or take it quadratic time.
//!
//! A stack overflow aborts the process and cannot be caught, so the limits lie far below what the stack holds and far above
//! what people write. The scan also finds brackets that do not match, some of which the parser lets pass.
//!
//! To find the tokens takes as long as a third of the parse. A text with so few of them that they cannot do harm
//! is parsed at once, and scanned in the tree, where its tokens stand already.

use std::ops::Range;

use rnix::SyntaxKind::{self, *};
use rowan::GreenNodeData;

use super::lexer::Lexer;
use super::tokens::tokens_of;
use super::{SyntaxError, Token};

/// Longest text that is looked at.
const MAX_BYTES: usize = 1 << 20;
/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 512;
/// Longest chain of operators, unary operators and function arguments, summed over the brackets around a place.
const MAX_CHAIN: usize = 2048;
/// Longest run of characters that may form a path: at each token the lexer looks ahead to its end.
const MAX_PATH_RUN: usize = 4096;

/// Most tokens of a text that can be parsed unseen: if all of them were one chain, the parser would need some hundredths
/// of a second and a small part of the stack.
const FEW_TOKENS: usize = 4096;
/// Most opening brackets of such a text.
const FEW_BRACKETS: usize = 1024;

/// Says why `text` must not be parsed.
pub(super) fn check(text: &str) -> Result<(), SyntaxError> {
    if text.len() > MAX_BYTES {
        return refuse("file is longer than 1 MiB", None);
    }
    let tokens = rnix::tokenize(text).map(|(kind, token)| (kind, token.len()));
    check_tokens(text, tokens, |_| {})
}

/// The tokens of `text` that are no trivia, in order, unless a parser would overflow the stack or take quadratic time over it.
///
/// # Errors
/// Why it must not be.
pub fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    if text.len() > MAX_BYTES {
        return refuse("file is longer than 1 MiB", None);
    }
    let mut kept = Vec::with_capacity(text.len() / 6);
    check_tokens(text, Lexer::new(text), |token| {
        if !token.kind.is_trivia() {
            kept.push(token);
        }
    })?;
    Ok(kept)
}

/// Says why the tree of `text`, which was parsed unseen, must not be used: the same as [`check`].
pub(super) fn check_tree(text: &str, tree: &GreenNodeData) -> Result<(), SyntaxError> {
    check_tokens(text, tokens_of(tree), |_| {})
}

fn check_tokens(
    text: &str,
    tokens: impl Iterator<Item = (SyntaxKind, usize)>,
    mut seen: impl FnMut(Token),
) -> Result<(), SyntaxError> {
    // Most texts have no character that is worth a look in white space or a comment.
    let is_plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b' '..=b'~');
    let mut scan = Scan {
        is_plain: text.bytes().filter(|byte| is_plain(*byte)).count() == text.len(),
        ..Scan::default()
    };
    if text.len() <= MAX_PATH_RUN {
        // No path in it can be too long.
        scan.path_run_end = text.len();
    }
    for (kind, length) in tokens {
        let range = scan.at..scan.at + length;
        scan.token(kind, text, range.clone())?;
        scan.at = range.end;
        seen(Token {
            kind,
            start: range.start as u32,
            end: range.end as u32,
        });
    }
    Ok(())
}

/// Whether `text` has so few tokens and brackets, and such short paths, that it can be parsed unseen. Told from its bytes,
/// and never too few: a name or number is one token, or two where it begins with a digit, and any other byte that is no
/// blank may be one.
pub(super) fn is_small(text: &str) -> bool {
    if text.len() <= FEW_TOKENS.min(MAX_PATH_RUN) {
        // No token is shorter than a byte.
        let is_bracket = |byte: &u8| matches!(byte, b'(' | b'[' | b'{');
        return text.bytes().filter(is_bracket).count() <= FEW_BRACKETS;
    }
    if text.len() > MAX_BYTES {
        return false;
    }
    let (mut tokens, mut brackets, mut run, mut longest, mut before) = (0, 0, 0, 0, 0);
    for byte in text.bytes() {
        let class = CLASSES[usize::from(byte)];
        let begins = class & !(before & class & WORD);
        tokens += usize::from(begins & WORD != 0)
            + usize::from(begins & WORD != 0 && class & DIGIT != 0)
            + usize::from(class & OTHER != 0);
        brackets += usize::from(class & BRACKET != 0);
        run = if class & PATH == 0 { 0 } else { run + 1 };
        longest = run.max(longest);
        before = class;
    }
    tokens <= FEW_TOKENS && brackets <= FEW_BRACKETS && longest <= MAX_PATH_RUN
}

/// What a byte may be part of: a name or number,
const WORD: u8 = 1;
/// a number,
const DIGIT: u8 = 2;
/// a token that may have no more than this byte,
const OTHER: u8 = 4;
/// an opening bracket,
const BRACKET: u8 = 8;
/// a path.
const PATH: u8 = 16;

const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0_u8;
    loop {
        let class = &mut classes[byte as usize];
        match byte {
            b'0'..=b'9' => *class = WORD | DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => *class = WORD,
            b' ' | b'\t' | b'\r' | b'\n' => *class = 0,
            b'(' | b'[' | b'{' => *class = OTHER | BRACKET,
            _ => {}
        }
        if is_path_byte(byte) {
            *class |= PATH;
        }
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

fn refuse<T>(message: &str, range: Option<Range<usize>>) -> Result<T, SyntaxError> {
    Err(SyntaxError {
        message: message.to_string(),
        range,
    })
}

/// An open bracket, and how many links its current chain has.
struct Frame {
    closer: SyntaxKind,
    links: usize,
}

#[derive(Default)]
struct Scan {
    /// Whether the text has nothing but printable ASCII, spaces, tabs and line feeds.
    is_plain: bool,
    at: usize,
    open: Vec<Frame>,
    /// The chain outside all brackets, and the sum of all chains.
    links: usize,
    all_links: usize,
    path_run_end: usize,
    after_dot: bool,
}

impl Scan {
    fn token(
        &mut self,
        kind: SyntaxKind,
        text: &str,
        range: Range<usize>,
    ) -> Result<(), SyntaxError> {
        match kind {
            TOKEN_WHITESPACE | TOKEN_COMMENT if self.is_plain => return Ok(()),
            TOKEN_WHITESPACE | TOKEN_COMMENT => return trivia(kind, &text[range.clone()], range),
            TOKEN_STRING_CONTENT => return Ok(()),
            _ => self.path_run(text, range.clone())?,
        }
        let after_dot = std::mem::replace(&mut self.after_dot, kind == TOKEN_DOT);
        match kind {
            TOKEN_L_PAREN => self.open(TOKEN_R_PAREN, range),
            TOKEN_L_BRACK => self.open(TOKEN_R_BRACK, range),
            TOKEN_L_BRACE => self.open(TOKEN_R_BRACE, range),
            TOKEN_INTERPOL_START => self.open(TOKEN_INTERPOL_END, range),
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                self.close(kind, range)
            }
            TOKEN_SEMICOLON | TOKEN_COMMA => {
                self.end_chain();
                Ok(())
            }
            TOKEN_DOT | TOKEN_STRING_END => Ok(()),
            _ if after_dot => Ok(()),
            // The items of a list stand side by side: only a chain of `or` nests them.
            _ if self.in_list() && kind != TOKEN_OR => Ok(()),
            _ => self.link(range),
        }
    }

    fn path_run(&mut self, text: &str, range: Range<usize>) -> Result<(), SyntaxError> {
        if range.start < self.path_run_end {
            return Ok(());
        }
        let run = text.as_bytes()[range.start..]
            .iter()
            .take_while(|byte| is_path_byte(**byte))
            .count();
        self.path_run_end = range.start + run;
        if run > MAX_PATH_RUN {
            return refuse("path or selection is too long", Some(range));
        }
        Ok(())
    }

    fn open(&mut self, closer: SyntaxKind, range: Range<usize>) -> Result<(), SyntaxError> {
        if !self.in_list() {
            self.link(range.clone())?;
        }
        self.open.push(Frame { closer, links: 0 });
        if self.open.len() > MAX_DEPTH {
            return refuse("brackets are nested too deeply", Some(range));
        }
        Ok(())
    }

    fn close(&mut self, kind: SyntaxKind, range: Range<usize>) -> Result<(), SyntaxError> {
        match self.open.pop() {
            Some(frame) if frame.closer == kind => {
                self.all_links -= frame.links;
                Ok(())
            }
            _ => refuse("bracket does not match", Some(range)),
        }
    }

    fn link(&mut self, range: Range<usize>) -> Result<(), SyntaxError> {
        *self.chain() += 1;
        self.all_links += 1;
        if self.all_links > MAX_CHAIN {
            return refuse("expression is too long", Some(range));
        }
        Ok(())
    }

    fn end_chain(&mut self) {
        let links = std::mem::take(self.chain());
        self.all_links -= links;
    }

    fn chain(&mut self) -> &mut usize {
        match self.open.last_mut() {
            Some(frame) => &mut frame.links,
            None => &mut self.links,
        }
    }

    fn in_list(&self) -> bool {
        self.open
            .last()
            .is_some_and(|frame| frame.closer == TOKEN_R_BRACK)
    }
}

/// Nix knows fewer blanks than the parser, and ends a comment at a carriage return too.
fn trivia(kind: SyntaxKind, token: &str, range: Range<usize>) -> Result<(), SyntaxError> {
    let is_blank = |byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let is_line_comment = kind == TOKEN_COMMENT && token.starts_with('#');
    if kind == TOKEN_WHITESPACE && !token.bytes().all(is_blank) {
        return refuse("white space that Nix does not know", Some(range));
    }
    if is_line_comment && token.trim_end_matches('\r').contains('\r') {
        return refuse("carriage return inside a comment", Some(range));
    }
    Ok(())
}

const fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'.' | b'+' | b'-')
}

#[cfg(test)]
mod tests;
