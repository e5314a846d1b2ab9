//! Names of the new overlay that another overlay of the repository defines already: adding ours would silently change
//! what such a name means.

use super::{Changes, Context};
use crate::diagnostic::Diagnostic;
use crate::eval::value::Origin;
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::recipe::Overlay;

/// The other overlays of a host that define names of `ours`: each with the names.
pub fn shadowed<'b>(
    flake: &Flake,
    built: &'b Built,
    ours: &Overlay,
    ignored: impl Fn(&crate::path::RepoPath) -> bool,
) -> Vec<(&'b Origin, Vec<String>)> {
    let mut found: Vec<(&Origin, Vec<String>)> = Vec::new();
    for other in &built.overlays.all {
        let Some(file) = other.file().filter(|file| !ignored(file)) else { continue };
        let Some(origin) = other.origin() else { continue };
        if crate::eval::is_own(file) || found.iter().any(|(known, _)| known.key() == origin.key()) {
            continue;
        }
        let (Ok(names) | Err(names)) = other.names(flake);
        let both: Vec<String> = ours.defines.iter().filter(|name| names.contains(name.as_str())).cloned().collect();
        if !both.is_empty() {
            found.push((origin, both));
        }
    }
    found
}

/// Refuses the host where another overlay defines one of the new names, unless the user accepts that.
pub(super) fn refuse_shadowing(
    changes: &mut Changes,
    context: &Context,
    host: &str,
    built: &Built,
    ours: &Overlay,
) -> bool {
    let new = &context.layout.overlays;
    let ignored = |file: &crate::path::RepoPath| {
        context.layout.removed.contains(file) || new.values().any(|path| path == file)
    };
    if context.shadow {
        return false;
    }
    let found = shadowed(&context.model.flake, built, ours, ignored);
    for (origin, names) in &found {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        let file = &origin.file.path;
        let message = format!(
            "host `{host}` has an overlay that defines {} already, and `{}` would change what that means",
            names.join(", "),
            new[&ours.path]
        );
        let start = changes.map_back(file, origin.range.start).unwrap_or(0);
        let diagnostic = Diagnostic::error("name-shadowed", message)
            .at(file.clone(), start..start + 1)
            .help(format!("delete that overlay as well with --remove {file}, or accept the new meaning with --shadow"));
        changes.refuse(host, diagnostic);
    }
    !found.is_empty()
}
