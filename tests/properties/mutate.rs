//! Random damage to a text, and texts that were never anything.

use super::tape::Tape;

const TOKENS: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ";",
    ":",
    ",",
    "=",
    "@",
    "...",
    "?",
    ".",
    "//",
    "++",
    "\"",
    "''",
    "${",
    "#",
    "/*",
    "*/",
    " ",
    "\n",
    "rec ",
    "let ",
    "in ",
    "with ",
    "inherit ",
    "import ",
    "if ",
    "or ",
    "self",
    "nixpkgs",
    "inputs",
    "modules",
    "./machines",
    "1",
    "-",
    "\u{e9}",
];

/// `text` after a few deletions, insertions and repetitions.
pub fn damaged(tape: &mut Tape, text: &str) -> String {
    let mut text = text.to_string();
    for _ in 0..=tape.below(4) {
        let start = floor(&text, tape.place(text.len()));
        let end = floor(&text, (start + tape.below(24)).min(text.len()));
        match tape.below(4) {
            0 => text.replace_range(start..end, ""),
            1 => text.insert_str(start, tape.one(&TOKENS)),
            2 => text.replace_range(start..end, tape.one(&TOKENS)),
            _ => {
                let repeated = text[start..end].to_string();
                let at = floor(&text, tape.place(text.len()));
                text.insert_str(at, &repeated);
            }
        }
    }
    text
}

/// `text` with other white space and comments between its tokens here and there; a valid one stays valid.
pub fn respaced(tape: &mut Tape, text: &str) -> String {
    const TRIVIA: [&str; 8] = [
        " ",
        "\n",
        "\n\n  ",
        "\r\n\t",
        " # c\n",
        "\n  # c\r\n",
        " /* c */ ",
        "\n/* c\n d */ ",
    ];
    let mut out = String::new();
    for (kind, token) in rnix::tokenize(text) {
        if kind == rnix::SyntaxKind::TOKEN_WHITESPACE && tape.below(4) == 3 {
            out.push_str(tape.one(&TRIVIA));
        } else {
            out.push_str(token);
        }
    }
    out
}

/// Tokens in no order.
pub fn soup(tape: &mut Tape) -> String {
    (0..tape.below(60)).map(|_| tape.one(&TOKENS)).collect()
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
