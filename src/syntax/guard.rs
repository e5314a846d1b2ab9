//! Refuses, in one linear scan over the tokens, texts that would overflow the parser's stack or take it quadratic time.
//!
//! A stack overflow aborts the process and cannot be caught, so the limits lie far below what the stack holds and far above
//! what people write. The scan also finds brackets that do not match, some of which the parser lets pass.

use std::ops::Range;

use rnix::SyntaxKind::{self, *};

use super::SyntaxError;

/// Longest text that is looked at.
const MAX_BYTES: usize = 1 << 20;
/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 512;
/// Longest chain of operators, unary operators and function arguments, summed over the brackets around a place.
const MAX_CHAIN: usize = 2048;
/// Longest run of characters that may form a path: at each token the lexer looks ahead to its end.
const MAX_PATH_RUN: usize = 4096;

/// Says why `text` must not be parsed.
pub(super) fn check(text: &str) -> Result<(), SyntaxError> {
    if text.len() > MAX_BYTES {
        return refuse("file is longer than 1 MiB", None);
    }
    let mut scan = Scan::default();
    for (kind, token) in rnix::tokenize(text) {
        let range = scan.at..scan.at + token.len();
        scan.token(kind, text, range.clone())?;
        scan.at = range.end;
    }
    Ok(())
}

fn refuse(message: &str, range: Option<Range<usize>>) -> Result<(), SyntaxError> {
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
    let is_blank = |char| matches!(char, ' ' | '\t' | '\r' | '\n');
    let is_line_comment = kind == TOKEN_COMMENT && token.starts_with('#');
    if kind == TOKEN_WHITESPACE && !token.chars().all(is_blank) {
        return refuse("white space that Nix does not know", Some(range));
    }
    if is_line_comment && token.trim_end_matches('\r').contains('\r') {
        return refuse("carriage return inside a comment", Some(range));
    }
    Ok(())
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'.' | b'+' | b'-')
}

#[cfg(test)]
mod tests;
