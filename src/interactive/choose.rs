//! Choosing the profile of a host.

use anyhow::Result;

use super::answer::{numbered, option, prompt};
use super::state::State;
use super::{Dialogue, Review};

/// What was chosen.
pub(super) enum Chosen {
    /// A profile, which the host has now.
    Profile,
    /// To leave the host as it is.
    LeaveOut,
    /// Nothing.
    Nothing,
    /// To quit.
    Quit,
}

/// Asks for the profile of the hosts, who are one machine or a single one.
pub(super) fn profile(
    review: &Review,
    state: &mut State,
    hosts: &[String],
    dialogue: &mut dyn Dialogue,
) -> Result<Chosen> {
    let profiles: Vec<String> = state
        .recipe
        .choosable_profiles()
        .map(|profile| profile.name.clone())
        .collect();
    let mut options: Vec<&str> = profiles.iter().map(String::as_str).collect();
    options.push("leave out");
    let names: Vec<String> = hosts.iter().map(|host| format!("`{host}`")).collect();
    let question = format!("Which profile for {}", names.join(", "));
    let text = prompt(
        review.style,
        &question,
        &format!("{}, q", numbered(&options)),
    );
    loop {
        let Some(line) = dialogue.ask(&text)? else {
            dialogue.show("\n")?;
            return Ok(Chosen::Quit);
        };
        match line.trim() {
            "" => return Ok(Chosen::Nothing),
            "q" => return Ok(Chosen::Quit),
            line => match option(&options, line) {
                Ok(index) if index == profiles.len() => return Ok(Chosen::LeaveOut),
                Ok(index) => {
                    hosts
                        .iter()
                        .for_each(|host| state.choose(host, &profiles[index]));
                    return Ok(Chosen::Profile);
                }
                Err(help) => dialogue.show(&help)?,
            },
        }
    }
}

/// Asks which of the hosts is meant; `None` for all of them.
pub(super) fn host(
    review: &Review,
    hosts: &[String],
    dialogue: &mut dyn Dialogue,
) -> Result<Option<String>> {
    let options: Vec<&str> = hosts.iter().map(String::as_str).collect();
    if options.len() < 2 {
        return Ok(None);
    }
    let keys = format!("{}, Enter for all", numbered(&options));
    let text = prompt(review.style, "Which host", &keys);
    loop {
        match dialogue.ask(&text)? {
            None => return Ok(None),
            Some(line) if line.trim().is_empty() => return Ok(None),
            Some(line) => match option(&options, &line) {
                Ok(index) => return Ok(Some(hosts[index].clone())),
                Err(help) => dialogue.show(&help)?,
            },
        }
    }
}
