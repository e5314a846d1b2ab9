//! How tightly operators bind.
//! Source: the table of operators in the Nix manual, and rnix's parser for the pipes.

use rnix::SyntaxKind::{self, *};
use rnix::ast::BinOpKind;

/// Below every operator.
pub(super) const LOOSEST: u8 = 0;
/// `!a`
pub(super) const INVERT: u8 = 8;
/// `-a`, tighter than every other operator.
pub(super) const NEGATE: u8 = 13;

/// An operator between two operands.
pub(super) struct Operator {
    /// Which it is; `None` for `?`, whose right side is no expression.
    pub kind: Option<BinOpKind>,
    /// Higher binds more tightly.
    pub level: u8,
    /// What `a + b + c` means.
    pub fixity: Fixity,
}

/// Which operand of a chain of operators is put in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixity {
    /// `(a + b) + c`
    Left,
    /// `a + (b + c)`
    Right,
    /// There is no such chain.
    None,
}

/// The operator that a token is.
pub(super) fn of(token: SyntaxKind) -> Option<Operator> {
    let (level, fixity) = match token {
        TOKEN_PIPE_LEFT => (0, Fixity::Right),
        TOKEN_PIPE_RIGHT => (1, Fixity::Left),
        TOKEN_IMPLICATION => (2, Fixity::Right),
        TOKEN_OR_OR => (3, Fixity::Left),
        TOKEN_AND_AND => (4, Fixity::Left),
        TOKEN_EQUAL | TOKEN_NOT_EQUAL => (5, Fixity::None),
        TOKEN_LESS | TOKEN_LESS_OR_EQ | TOKEN_MORE | TOKEN_MORE_OR_EQ => (6, Fixity::None),
        TOKEN_UPDATE => (7, Fixity::Right),
        TOKEN_ADD | TOKEN_SUB => (9, Fixity::Left),
        TOKEN_MUL | TOKEN_DIV => (10, Fixity::Left),
        TOKEN_CONCAT => (11, Fixity::Right),
        TOKEN_QUESTION => (12, Fixity::Left),
        _ => return None,
    };
    Some(Operator {
        kind: BinOpKind::from_kind(token),
        level,
        fixity,
    })
}
