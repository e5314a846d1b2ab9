//! A table of text in aligned columns that fits a terminal: it gives up columns, then wraps the last one.

use colored::Color;

use crate::report::Style;
use crate::report::visible::visible_line;

/// Blanks between two columns.
const GAP: usize = 2;
/// Columns go before the last one gets narrower than this.
const LAST_COMFORTABLE: usize = 32;
/// The last column never gets narrower than this.
const LAST_NARROWEST: usize = 16;

/// A column's heading, and when it goes.
pub(super) struct Column {
    pub(super) heading: &'static str,
    pub(super) keep: Keep,
}

/// Whether a column may go where the terminal is narrow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// It stays.
    Always,
    /// It may go; the rightmost such column goes first.
    IfRoom,
}

/// One cell; text of the user's is made safe when the cell is made.
pub(super) struct Cell {
    text: String,
    color: Option<Color>,
}

impl Cell {
    pub(super) fn new(text: &str) -> Cell {
        Cell {
            text: visible_line(text),
            color: None,
        }
    }

    pub(super) fn colored(text: &str, color: Color) -> Cell {
        Cell {
            color: Some(color),
            ..Cell::new(text)
        }
    }

    /// The text, or a dash where there is none.
    pub(super) fn or_dash(text: Option<String>) -> Cell {
        Cell::new(text.as_deref().unwrap_or("-"))
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// `rows` below their headings, each line ended by a line feed. Every row has a cell for each column.
pub(super) fn table(columns: &[Column], rows: &[Vec<Cell>], style: Style) -> String {
    let widths: Vec<usize> = (0..columns.len())
        .map(|column| natural_width(columns, rows, column))
        .collect();
    let kept = columns_that_fit(columns, &widths, style.width);
    let headings: Vec<Cell> = columns
        .iter()
        .map(|column| Cell::new(column.heading))
        .collect();
    let mut out = String::new();
    add_row(&mut out, &headings, &kept, &widths, style);
    for row in rows {
        add_row(&mut out, row, &kept, &widths, style);
    }
    out
}

fn natural_width(columns: &[Column], rows: &[Vec<Cell>], column: usize) -> usize {
    let cells = rows.iter().map(|row| row[column].width());
    cells
        .chain([columns[column].heading.chars().count()])
        .max()
        .unwrap_or(0)
}

fn columns_that_fit(columns: &[Column], widths: &[usize], width: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let last = widths.last().map_or(0, |&last| last.min(LAST_COMFORTABLE));
    while before_last(&kept, widths) + last > width {
        let Some(goes) = kept
            .iter()
            .rposition(|&column| columns[column].keep == Keep::IfRoom)
        else {
            break;
        };
        kept.remove(goes);
    }
    kept
}

/// The columns of the screen that all but the last column take, with the gaps.
fn before_last(kept: &[usize], widths: &[usize]) -> usize {
    let before = kept.split_last().map_or(&[][..], |(_, before)| before);
    before.iter().map(|&column| widths[column] + GAP).sum()
}

fn add_row(out: &mut String, row: &[Cell], kept: &[usize], widths: &[usize], style: Style) {
    let Some((&last, before)) = kept.split_last() else {
        return;
    };
    let mut line = String::new();
    for &column in before {
        let cell = &row[column];
        line.push_str(&painted(&cell.text, cell.color, style));
        line.push_str(&" ".repeat(widths[column] + GAP - cell.width()));
    }
    let indent = before_last(kept, widths);
    let room = style.width.saturating_sub(indent).max(LAST_NARROWEST);
    for (nth, part) in wrap(&row[last].text, room).into_iter().enumerate() {
        let start = if nth == 0 {
            line.clone()
        } else {
            " ".repeat(indent)
        };
        let text = start + &painted(&part, row[last].color, style);
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

fn painted(text: &str, color: Option<Color>, style: Style) -> String {
    color.map_or_else(|| text.to_string(), |color| style.paint(text, color))
}

/// `text` broken at blanks into lines of at most `room` characters, where its words allow; at least one line.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_string());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_up_columns_from_the_right_and_then_wraps_the_last() {
        let columns = [
            Column {
                heading: "A",
                keep: Keep::Always,
            },
            Column {
                heading: "B",
                keep: Keep::IfRoom,
            },
            Column {
                heading: "C",
                keep: Keep::IfRoom,
            },
            Column {
                heading: "D",
                keep: Keep::Always,
            },
        ];
        let rows = [["aé", "bbbb", "cccc", "one two three four"]
            .map(Cell::new)
            .into()];
        for (width, expected) in [
            (
                40,
                "A   B     C     D\naé  bbbb  cccc  one two three four\n",
            ),
            (30, "A   B     D\naé  bbbb  one two three four\n"),
            (22, "A   D\naé  one two three four\n"),
            (21, "A   D\naé  one two three\n    four\n"),
            (0, "A   D\naé  one two three\n    four\n"),
        ] {
            let style = Style {
                width,
                ..Style::PLAIN
            };
            assert_eq!(table(&columns, &rows, style), expected, "width {width}");
        }
    }
}
