//! The code blocks of a document. The words after the fence say what a test does with one:
//!
//! | fence | |
//! |---|---|
//! | `console` | run each line after `$ `; what it prints must be what follows, where a line `...` stands for any lines |
//! | `console case=NAME` | the same, in a new git repository with the files of `corpus/NAME/before` |
//! | `console case=.` | the same, in a new clone of this repository |
//! | `console exit=N` | the last command must exit with N, not 0 |
//! | `diff case=NAME` | what `nixfix apply --dry-run` prints to stdout there |
//! | `LANGUAGE file=PATH` | write the block to that file of the repository at hand |
//! | `sh` | not run, but nixfix must take its options |
//!
//! Without `case=`, a block goes on where the one before it stopped. Commands run on a terminal of 100 columns.

use std::ops::Range;

/// A fenced block.
pub struct Block<'a> {
    /// The 1-based line of its fence.
    pub line: usize,
    /// The language, first of the words after the fence.
    pub language: &'a str,
    /// The other words.
    words: Vec<&'a str>,
    /// Where its lines stand in the document.
    pub range: Range<usize>,
    /// Its lines.
    pub text: &'a str,
}

impl<'a> Block<'a> {
    /// What stands behind `key=`.
    pub fn word(&self, key: &str) -> Option<&'a str> {
        let value = |word: &&'a str| word.strip_prefix(key)?.strip_prefix('=');
        self.words.iter().find_map(value)
    }
}

/// The blocks of a document, in order.
pub fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &str, usize)> = None;
    let mut offset = 0;
    for (index, line) in document.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        open = match open {
            None => Some((index + 1, info.trim(), offset)),
            Some((line, info, begin)) => {
                let mut words = info.split_whitespace();
                found.push(Block {
                    line,
                    language: words.next().unwrap_or_default(),
                    words: words.collect(),
                    range: begin..start,
                    text: &document[begin..start],
                });
                None
            }
        };
    }
    assert!(open.is_none(), "a block is not closed: {open:?}");
    found
}

/// The document without its blocks, with the same lines.
pub fn prose(document: &str) -> String {
    let mut prose = document.to_string();
    for block in blocks(document).iter().rev() {
        prose.replace_range(
            block.range.clone(),
            &"\n".repeat(block.text.lines().count()),
        );
    }
    prose
}

#[test]
fn a_block_has_a_language_words_and_lines() {
    let document = "a\n```console case=x exit=2\n$ y\nz\n```\nb\n```sh\n```\n";
    let found = blocks(document);
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].line, found[0].language, found[0].text),
        (2, "console", "$ y\nz\n")
    );
    assert_eq!(
        (
            found[0].word("case"),
            found[0].word("exit"),
            found[0].word("file")
        ),
        (Some("x"), Some("2"), None)
    );
    assert_eq!(
        prose(document),
        "a\n```console case=x exit=2\n\n\n```\nb\n```sh\n```\n"
    );
}
