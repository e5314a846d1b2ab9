//! The questions about one host: a single one as long as all is well, more to tell what is wrong.

use anyhow::Result;

use crate::nix::{Asking, HostAnswer, Nix, PackageAnswer};

/// What Nix says of each package; where one does not evaluate, with its message.
pub(super) type Answers = Vec<(PackageAnswer, Option<String>)>;

/// One evaluation as long as all is well. What goes wrong is asked for again, to tell which package it is and why.
pub(super) fn ask(
    nix: &Nix,
    host: &str,
    packages: &[String],
) -> Result<Result<(Option<String>, Answers), String>> {
    let (system, lenient) = match nix.host(host, packages, Asking::Leniently)? {
        Ok(HostAnswer { system, packages }) => (system, packages),
        // Nix cannot catch every error: one package may have ended it all.
        Err(message) if packages.is_empty() => return Ok(Err(message)),
        Err(_) => match nix.host(host, &[], Asking::Leniently)? {
            Err(message) => return Ok(Err(message)),
            Ok(answer) => (
                answer.system,
                packages.iter().map(|name| unanswered(name)).collect(),
            ),
        },
    };
    let mut answers = Answers::new();
    for answer in lenient {
        if answer.derivation.is_some() || !answer.exists {
            answers.push((answer, None));
            continue;
        }
        match nix.host(host, std::slice::from_ref(&answer.name), Asking::Strictly)? {
            Err(message) => answers.push((answer, Some(message))),
            Ok(alone) => answers.extend(alone.packages.into_iter().map(|answer| (answer, None))),
        }
    }
    Ok(Ok((system, answers)))
}

fn unanswered(name: &str) -> PackageAnswer {
    PackageAnswer {
        name: name.to_string(),
        exists: true,
        derivation: None,
        installed: false,
        flags: Vec::new(),
    }
}
