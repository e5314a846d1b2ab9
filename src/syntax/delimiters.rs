//! How a text writes what stands in braces and brackets: `{ a = 1; }` or `{a = 1;}`.

use rnix::SyntaxKind::{
    self, TOKEN_COMMENT, TOKEN_L_BRACE, TOKEN_L_BRACK, TOKEN_R_BRACE, TOKEN_R_BRACK,
    TOKEN_WHITESPACE,
};

use rnix::ast;
use rowan::ast::AstNode;

use super::lexer::Lexer;
use super::tokens::tokens_of;

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

impl Delimiters {
    /// Those of `text`, in one scan over its tokens.
    pub fn of(text: &str) -> Delimiters {
        Delimiters::of_tokens(Lexer::new(text))
    }

    /// Those of a text that is parsed already.
    pub fn of_tree(root: &ast::Root) -> Delimiters {
        Delimiters::of_tokens(tokens_of(root.syntax().green()))
    }

    fn of_tokens<'t>(all: impl Iterator<Item = (SyntaxKind, &'t str)>) -> Delimiters {
        let (mut braces, mut brackets) = (Count::default(), Count::default());
        let mut tokens = all.peekable();
        while let Some((token, _)) = tokens.next() {
            let count = match token {
                TOKEN_L_BRACE => &mut braces,
                TOKEN_L_BRACK => &mut brackets,
                _ => continue,
            };
            match tokens.peek() {
                Some((TOKEN_WHITESPACE, space)) => {
                    let on_one_line = !space.contains('\n');
                    tokens.next();
                    // Neither an empty body nor a comment tells how contents are written.
                    let is_telling = !matches!(
                        tokens.peek(),
                        Some((TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_COMMENT, _))
                    );
                    count.spaced += usize::from(on_one_line && is_telling);
                }
                Some((TOKEN_R_BRACE | TOKEN_R_BRACK, _)) | None => {}
                Some(_) => count.tight += 1,
            }
        }
        Delimiters {
            braces: braces.verdict(),
            brackets: brackets.verdict(),
        }
    }
}

impl Count {
    fn verdict(&self) -> Option<bool> {
        (self.tight != self.spaced).then_some(self.tight > self.spaced)
    }
}
