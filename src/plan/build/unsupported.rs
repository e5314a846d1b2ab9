//! Hosts of a system that the new input has no packages for: a package that is not there would break them.

use crate::diagnostic::Diagnostic;
use crate::flake::hosts::Host;
use crate::flake::model::{Built, Model};
use crate::flake::platform::platforms;
use crate::recipe::{Input, Recipe};

/// Those hosts, each with the reason.
pub(super) fn hosts(before: &Model, recipe: &Recipe) -> Vec<(String, Diagnostic)> {
    let Some(input) = recipe.input.as_ref().filter(|one| !one.systems.is_empty()) else {
        return Vec::new();
    };
    let problem = |(_, host, built): (usize, &Host, &Built)| {
        let name = host.name.to_string();
        let diagnostic = unsupported(before, input, &name, built)?;
        Some((name, diagnostic))
    };
    before.built().filter_map(problem).collect()
}

/// What is said of a host where every platform that it names is one without packages.
fn unsupported(before: &Model, input: &Input, name: &str, built: &Built) -> Option<Diagnostic> {
    let platforms = platforms(&before.flake, built);
    if platforms
        .iter()
        .any(|platform| input.systems.contains(&platform.system))
    {
        return None;
    }
    let platform = platforms.into_iter().next()?;
    let message = format!(
        "it is built for `{}`, for which the input `{}` has no packages",
        platform.system, input.name
    );
    let diagnostic = Diagnostic::error("system-unsupported", message)
        .host(name)
        .at_origin(platform.origin.as_ref())
        .help("--keep-going migrates the other hosts");
    Some(diagnostic)
}
