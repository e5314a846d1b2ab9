//! `Style`: how text for people looks, and the one place that colours it.

use colored::{Color, Colorize};

/// How text for people looks. The caller decides once, from the terminal and the flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour. The caller also sets `colored`'s override, which would otherwise ask the environment.
    pub color: bool,
    /// Columns of the terminal; `usize::MAX` where there is none.
    pub width: usize,
    /// Whether decoration may leave ASCII.
    pub unicode: bool,
}

impl Style {
    /// No colour, ASCII, and as wide as it takes: for pipes and tests.
    pub const PLAIN: Style = Style {
        color: false,
        width: usize::MAX,
        unicode: false,
    };

    /// `text` in `color`, if this style colours.
    pub(super) fn paint(self, text: &str, color: Color) -> String {
        if self.color && !text.is_empty() {
            text.color(color).to_string()
        } else {
            text.to_string()
        }
    }

    /// `text` in `color` and inverted, if this style colours.
    pub(super) fn emphasise(self, text: &str, color: Color) -> String {
        if self.color && !text.is_empty() {
            text.color(color).reversed().to_string()
        } else {
            text.to_string()
        }
    }

    /// `text` as a question to the user, if this style colours: as git asks.
    pub fn prompt(self, text: &str) -> String {
        if self.color {
            text.blue().bold().to_string()
        } else {
            text.to_string()
        }
    }

    /// `text` in bold, if this style colours.
    pub(crate) fn bold(self, text: &str) -> String {
        if self.color && !text.is_empty() {
            text.bold().to_string()
        } else {
            text.to_string()
        }
    }
}
