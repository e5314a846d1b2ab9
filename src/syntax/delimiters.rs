//! How a text writes what stands in braces and brackets: `{ a = 1; }` or `{a = 1;}`.

use rnix::SyntaxKind::{TOKEN_L_BRACE, TOKEN_L_BRACK};

use super::tokens::placed;

/// Whether delimiters stick to what they enclose; `None` where none on one line shows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delimiters {
    /// `{` and `}`
    pub braces: Option<bool>,
    /// `[` and `]`
    pub brackets: Option<bool>,
}

/// How often delimiters of one kind stick, and how often they stand apart.
#[derive(Default)]
struct Count {
    tight: usize,
    spaced: usize,
}

/// What opens a body, and the byte where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// `{`
    Brace(usize),
    /// `[`
    Bracket(usize),
}

impl Delimiters {
    /// Those of `text`, in one scan over its tokens.
    pub fn of(text: &str) -> Delimiters {
        let openings = placed(text, 0..text.len()).filter_map(|(kind, place)| match kind {
            TOKEN_L_BRACE => Some(Opening::Brace(place.start)),
            TOKEN_L_BRACK => Some(Opening::Bracket(place.start)),
            _ => None,
        });
        Delimiters::of_openings(text, openings)
    }

    /// Those of a text where it is known what opens the bodies in it.
    pub fn of_openings(text: &str, openings: impl Iterator<Item = Opening>) -> Delimiters {
        let (mut braces, mut brackets) = (Count::default(), Count::default());
        for opening in openings {
            match opening {
                Opening::Brace(at) => braces.add(&text[at + 1..]),
                Opening::Bracket(at) => brackets.add(&text[at + 1..]),
            }
        }
        Delimiters {
            braces: braces.verdict(),
            brackets: brackets.verdict(),
        }
    }
}

impl Count {
    /// Adds what stands behind an opening delimiter. Neither an empty body nor a comment tells how contents are written.
    fn add(&mut self, behind: &str) {
        let content = behind.trim_start();
        let space = &behind[..behind.len() - content.len()];
        let is_empty = content.is_empty() || content.starts_with(['}', ']']);
        let is_comment = content.starts_with('#') || content.starts_with("/*");
        match space {
            "" if !is_empty => self.tight += 1,
            "" => {}
            _ if !is_empty && !is_comment && !space.contains('\n') => self.spaced += 1,
            _ => {}
        }
    }

    fn verdict(&self) -> Option<bool> {
        (self.tight != self.spaced).then_some(self.tight > self.spaced)
    }
}
