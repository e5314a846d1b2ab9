//! Prompts and the answers to them.

use anyhow::Result;

use super::Dialogue;
use crate::recipe::suggest::did_you_mean;
use crate::report::Style;

/// `QUESTION [KEYS]? `
pub(super) fn prompt(style: Style, question: &str, keys: &str) -> String {
    format!("{} ", style.prompt(&format!("{question} [{keys}]?")))
}

/// The letter that was answered; `?` for anything that is not one letter, `None` at the end of the input.
pub(super) fn letter(dialogue: &mut dyn Dialogue, prompt: &str) -> Result<Option<char>> {
    let Some(line) = dialogue.ask(prompt)? else {
        // The shell's own prompt would go on in this line.
        dialogue.show("\n")?;
        return Ok(None);
    };
    let mut characters = line.trim().chars();
    Ok(Some(match (characters.next(), characters.next()) {
        (Some(only), None) => only.to_ascii_lowercase(),
        _ => '?',
    }))
}

/// Which of the options was answered, by its number or its name.
///
/// # Errors
/// What to say of an answer that is none of them.
pub(super) fn option(options: &[&str], line: &str) -> Result<usize, String> {
    let line = line.trim();
    if let Some(index) = options.iter().position(|option| *option == line) {
        return Ok(index);
    }
    match line.parse::<usize>() {
        Ok(number) if (1..=options.len()).contains(&number) => Ok(number - 1),
        Ok(_) => Err(format!("answer a number from 1 to {}\n", options.len())),
        Err(_) => Err(did_you_mean(line, options).map_or_else(
            || format!("answer one of {}, or its number\n", options.join(", ")),
            |help| format!("{help}\n"),
        )),
    }
}

/// `1 cuda, 2 vulkan`
pub(super) fn numbered(options: &[&str]) -> String {
    let numbered = options.iter().enumerate();
    let numbered = numbered.map(|(index, option)| format!("{} {option}", index + 1));
    numbered.collect::<Vec<_>>().join(", ")
}
