//! `nixfix explain`: the longer text on a code, and the list of all codes.

use crate::explain::Explanation;
use crate::report::Style;
use crate::report::table::wrap;

/// Longer lines are hard to read.
const WIDEST: usize = 80;

/// The text on one code.
pub fn explanation(one: &Explanation, style: Style) -> String {
    let mut text = format!("{} ({})\n", style.bold(one.code), severity(one));
    for part in [one.text, one.preface]
        .iter()
        .filter(|part| !part.is_empty())
    {
        text.push('\n');
        text.push_str(&rendered(part, style.width.min(WIDEST)));
    }
    text
}

fn severity(one: &Explanation) -> &str {
    match one.severity {
        "host" => "error about single hosts",
        other => other,
    }
}

/// Every code with its first sentence, below the heading of its topic.
pub fn explanations(all: &[Explanation], style: Style) -> String {
    let longest = all.iter().map(|one| one.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut topic = "";
    for one in all {
        if one.topic != topic {
            let gap = if topic.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n", style.bold(one.topic)));
            topic = one.topic;
        }
        let room = style.width.min(120).saturating_sub(longest + 4).max(20);
        let sentence = wrap(&first_sentence(one.text), room);
        let indent = format!("\n{}", " ".repeat(longest + 4));
        text.push_str(&format!(
            "  {:longest$}  {}\n",
            one.code,
            sentence.join(&indent)
        ));
    }
    text
}

fn first_sentence(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let paragraph = plain(&paragraph.replace('\n', " "));
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    paragraph[..end].trim_end_matches('.').to_string()
}

/// Markdown for a terminal: paragraphs wrapped, blocks of code indented.
fn rendered(markdown: &str, width: usize) -> String {
    let mut blocks = Vec::new();
    for (index, part) in markdown.split("```").enumerate() {
        if index % 2 == 1 {
            let code = part.split_once('\n').map_or("", |(_, code)| code);
            let lines = code
                .lines()
                .map(|line| format!("    {line}").trim_end().to_string());
            blocks.push(lines.collect::<Vec<_>>().join("\n"));
            continue;
        }
        let paragraphs = part
            .split("\n\n")
            .map(str::trim)
            .filter(|one| !one.is_empty());
        blocks.extend(paragraphs.map(|one| paragraph(one, width)));
    }
    blocks.join("\n\n") + "\n"
}

/// One paragraph. A command between backticks stays on one line.
fn paragraph(text: &str, width: usize) -> String {
    const GLUE: &str = "\u{a0}";
    let text = plain(&text.replace('\n', " "));
    let pieces = text.split('`').enumerate();
    let glued = pieces.map(|(index, piece)| match index % 2 {
        1 => piece.replace(' ', GLUE),
        _ => piece.to_string(),
    });
    let glued = glued.collect::<Vec<_>>().join("`");
    wrap(&glued, width).join("\n").replace(GLUE, " ")
}

/// The text of links without their targets.
fn plain(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after
            .split_once("](")
            .map(|(label, tail)| (label, tail.split_once(')')))
        {
            Some((label, Some((_, tail)))) if !label.contains(['[', ']']) => {
                plain.push_str(label);
                rest = tail;
            }
            _ => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Explanation = Explanation {
        code: "a-b",
        severity: "host",
        topic: "Hosts",
        preface: "See [the proof](x.md#y).",
        text: "It is so, in `[machines]`\nand elsewhere. And more.\n\n```nix\na =\n\n  1;\n```\n\nGo on.",
    };

    #[test]
    fn paragraphs_are_wrapped_and_code_is_indented() {
        let expected = "\
a-b (error about single hosts)

It is so, in `[machines]`
and elsewhere. And more.

    a =

      1;

Go on.

See the proof.
";
        let style = Style {
            width: 26,
            ..Style::PLAIN
        };
        assert_eq!(explanation(&ONE, style), expected);
    }

    #[test]
    fn the_list_has_the_first_sentence_of_each() {
        let expected = "Hosts\n  a-b  It is so, in `[machines]` and elsewhere\n";
        assert_eq!(explanations(&[ONE], Style::PLAIN), expected);
    }
}
