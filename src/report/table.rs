//! A table of text in aligned columns that fits a terminal: the last column wraps, or gets lines of its own below each
//! row; then columns go.

use colored::Color;
use unicode_width::UnicodeWidthStr;

use crate::report::Style;
use crate::report::visible::visible_line;

/// Blanks between two columns.
const GAP: usize = 2;
/// Narrower than this, the last column gets lines of its own.
const LAST_COMFORTABLE: usize = 32;
/// And also where one of its cells would take more lines than this.
const LAST_LINES: usize = 2;
/// The last column never gets narrower than this.
const LAST_NARROWEST: usize = 16;
/// How far lines below a row are indented.
const BELOW: usize = 4;

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
        self.text.width()
    }

    fn is_nothing(&self) -> bool {
        matches!(&*self.text, "" | "-")
    }
}

/// `rows` below their headings, each line ended by a line feed. Every row has a cell for each column.
pub(super) fn table(columns: &[Column], rows: &[Vec<Cell>], style: Style) -> String {
    let widths: Vec<usize> = (0..columns.len())
        .map(|column| natural_width(columns, rows, column))
        .collect();
    let lasts: Vec<&Cell> = rows.iter().filter_map(|row| row.last()).collect();
    let layout = Layout::of(columns, &widths, &lasts, style.width);
    let headings: Vec<Cell> = columns
        .iter()
        .map(|column| Cell::new(column.heading))
        .collect();
    let mut out = String::new();
    match layout.last {
        Last::Beside => add_row(&mut out, &headings, &layout, style),
        Last::Below => add_aligned(&mut out, &headings, &layout, style),
    }
    for row in rows {
        add_row(&mut out, row, &layout, style);
    }
    out
}

fn natural_width(columns: &[Column], rows: &[Vec<Cell>], column: usize) -> usize {
    let cells = rows.iter().map(|row| row[column].width());
    cells
        .chain([columns[column].heading.width()])
        .max()
        .unwrap_or(0)
}

/// Where the last column goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// At the right of the others.
    Beside,
    /// On lines of its own below them.
    Below,
}

/// Which columns are shown, and where.
struct Layout {
    /// The columns before the last one, with their widths.
    before: Vec<(usize, usize)>,
    last: Last,
}

impl Layout {
    fn of(columns: &[Column], widths: &[usize], lasts: &[&Cell], width: usize) -> Layout {
        let all = widths.iter().copied().enumerate();
        let mut layout = Layout {
            before: all.take(columns.len().saturating_sub(1)).collect(),
            last: Last::Beside,
        };
        let last = widths.last().map_or(0, |&last| last.min(LAST_COMFORTABLE));
        let room = width.saturating_sub(layout.width());
        let is_short = |cell: &&Cell| wrap(&cell.text, room).len() <= LAST_LINES;
        if last <= room && lasts.iter().all(is_short) {
            return layout;
        }
        layout.last = Last::Below;
        let may_go = |&(column, _): &(usize, usize)| columns[column].keep == Keep::IfRoom;
        while layout.width().saturating_sub(GAP) > width {
            let Some(goes) = layout.before.iter().rposition(may_go) else {
                break;
            };
            layout.before.remove(goes);
        }
        layout
    }

    /// The columns of the screen before the last one, with the gaps.
    fn width(&self) -> usize {
        self.before.iter().map(|(_, width)| width + GAP).sum()
    }
}

fn add_row(out: &mut String, row: &[Cell], layout: &Layout, style: Style) {
    let Some(last) = row.last() else { return };
    let indent = match layout.last {
        Last::Beside => layout.width(),
        Last::Below => BELOW,
    };
    let mut start = aligned(row, layout, style);
    if layout.last == Last::Below {
        add_aligned(out, row, layout, style);
        start = " ".repeat(BELOW);
    }
    if layout.last == Last::Below && last.is_nothing() {
        return;
    }
    let room = style.width.saturating_sub(indent).max(LAST_NARROWEST);
    for part in wrap(&last.text, room) {
        let text = start + &painted(&part, last.color, style);
        out.push_str(text.trim_end());
        out.push('\n');
        start = " ".repeat(indent);
    }
}

fn add_aligned(out: &mut String, row: &[Cell], layout: &Layout, style: Style) {
    out.push_str(aligned(row, layout, style).trim_end());
    out.push('\n');
}

/// The cells before the last one, each as wide as its column.
fn aligned(row: &[Cell], layout: &Layout, style: Style) -> String {
    let mut line = String::new();
    for &(column, width) in &layout.before {
        let cell = &row[column];
        line.push_str(&painted(&cell.text, cell.color, style));
        line.push_str(&" ".repeat(width + GAP - cell.width()));
    }
    line
}

fn painted(text: &str, color: Option<Color>, style: Style) -> String {
    color.map_or_else(|| text.to_string(), |color| style.paint(text, color))
}

/// `text` broken at blanks into lines of at most `room` columns, where its words allow; at least one line.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    // How wide the last line is.
    let mut wide = 0;
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always a line");
        let further = wide + 1 + word.width();
        if line.is_empty() {
            line.push_str(word);
            wide = word.width();
        } else if further <= room {
            line.push(' ');
            line.push_str(word);
            wide = further;
        } else {
            lines.push(word.to_string());
            wide = word.width();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_goes_below_before_the_others_go_from_the_right() {
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
            (
                34,
                "A   B     C     D\naé  bbbb  cccc  one two three four\n",
            ),
            (33, "A   B     C\naé  bbbb  cccc\n    one two three four\n"),
            (
                14,
                "A   B     C\naé  bbbb  cccc\n    one two three\n    four\n",
            ),
            (13, "A   B\naé  bbbb\n    one two three\n    four\n"),
            (0, "A\naé\n    one two three\n    four\n"),
        ] {
            let style = Style {
                width,
                ..Style::PLAIN
            };
            assert_eq!(table(&columns, &rows, style), expected, "width {width}");
        }
    }

    #[test]
    fn what_is_long_goes_below_and_what_is_nothing_takes_no_line() {
        let columns = ["A", "B"].map(|heading| Column {
            heading,
            keep: Keep::Always,
        });
        let rows = |text: &str| {
            let row = |text: &str| vec![Cell::new("a"), Cell::new(text)];
            vec![row(text), row("-")]
        };
        let (words, style) = (
            "word ".repeat(14),
            Style {
                width: 40,
                ..Style::PLAIN
            },
        );
        let two_lines = "A  B\na  word word word word word word word\n   word word word word word word word\na  -\n";
        assert_eq!(table(&columns, &rows(words.trim()), style), two_lines);
        let below = "A\na\n    word word word word word word word\n    word word word word word word word\n    word\na\n";
        assert_eq!(table(&columns, &rows(&(words + "word")), style), below);
    }

    #[test]
    fn wide_and_combining_characters_take_the_columns_that_they_take_on_a_screen() {
        let columns = ["A", "B"].map(|heading| Column {
            heading,
            keep: Keep::Always,
        });
        let rows = ["漢字", "e\u{301}"].map(|text| vec![Cell::new(text), Cell::new("x")]);
        assert_eq!(
            table(&columns, &rows, Style::PLAIN),
            "A     B\n漢字  x\ne\u{301}     x\n"
        );
        assert_eq!(wrap("漢字 漢字 a", 7), ["漢字", "漢字 a"]);
    }
}
