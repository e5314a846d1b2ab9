//! What each diagnostic code means: the sections of `docs/diagnostics.md`, which is the one place where it is told.

const DOCUMENT: &str = include_str!("../docs/diagnostics.md");

/// The section of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// `error`, `warning`, `note`, or `host` for an error about single hosts.
    pub severity: &'static str,
    /// The heading of the codes that it stands among.
    pub topic: &'static str,
    /// What is said of all codes of the topic; often nothing. Markdown.
    pub preface: &'static str,
    /// The text. Markdown: paragraphs, and blocks of code.
    pub text: &'static str,
}

/// Every code, in the order of the document.
pub fn all() -> Vec<Explanation> {
    let topics = DOCUMENT.split("\n## ").skip(1);
    topics.flat_map(of_topic).collect()
}

fn of_topic(topic: &'static str) -> Vec<Explanation> {
    let (heading, rest) = topic.split_once('\n').unwrap_or((topic, ""));
    // The first section may follow the heading at once.
    let (preface, sections) = rest.split_once("\n### ").unwrap_or((rest, ""));
    let sections = sections.split("\n### ");
    sections
        .filter_map(|section| of_section(heading, preface.trim(), section))
        .collect()
}

/// A section: `` `code` (severity) ``, and the text below.
fn of_section(
    topic: &'static str,
    preface: &'static str,
    section: &'static str,
) -> Option<Explanation> {
    let (heading, text) = section.split_once('\n')?;
    let (code, rest) = heading.strip_prefix('`')?.split_once('`')?;
    Some(Explanation {
        code,
        severity: rest.trim().strip_prefix('(')?.strip_suffix(')')?,
        topic,
        preface,
        text: text.trim(),
    })
}

/// The explanation of `code`, which may be given as a message shows it: `error[code]`.
pub fn find(code: &str) -> Option<Explanation> {
    let code = bare(code);
    all().into_iter().find(|one| one.code == code)
}

/// The code alone.
pub fn bare(code: &str) -> &str {
    match code.split_once('[') {
        Some((_, inner)) => inner.trim_end_matches([']', ':']),
        None => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_a_code_is_read_with_its_severity() {
        let all = all();
        assert!(all.len() > 50, "{}", all.len());
        assert_eq!(all.len(), DOCUMENT.matches("\n### `").count());
        for one in all {
            let severities = ["error", "warning", "note", "host"];
            assert!(severities.contains(&one.severity), "{one:?}");
            assert!(!one.text.is_empty(), "{one:?}");
        }
    }

    #[test]
    fn a_code_is_found_as_a_message_shows_it() {
        for given in ["no-hosts", "error[no-hosts]", "error[no-hosts]:"] {
            assert_eq!(find(given).unwrap().code, "no-hosts");
        }
        assert_eq!(find("no-host"), None);
        assert!(
            find("proof-host")
                .unwrap()
                .preface
                .contains("evaluated again")
        );
    }
}
