//! Names that what lists a directory leaves alone.
//!
//! Loaders that import every file of a tree have a way to keep one out, and by custom it is a name that begins with an
//! underscore: `hasPrefix "_" name`, `hasInfix "/_" path`. Whether that is so is tried out.

use super::model::Model;
use crate::path::RepoPath;

/// What such a name begins with.
pub const HIDING: &str = "_";

/// The same file or directory under such a name.
pub fn hidden(path: &RepoPath) -> Option<RepoPath> {
    path.parent()?.join(&format!("{HIDING}{}", path.name()))
}

/// Whether what lists directories leaves a new file alone for a name in its path, and would import it without that: tried out
/// with two files that hold nothing.
pub fn is_left_alone(model: &Model, path: &RepoPath) -> bool {
    let Some((plain, hidden)) = pair(path) else {
        return false;
    };
    let tree = model.flake.tree();
    let tree = tree.with_text(&plain, "{ }\n").with_text(&hidden, "{ }\n");
    let Ok(tried) = Model::read(&tree, &model.flake.file.path) else {
        return false;
    };
    tried.hosts();
    tried.others();
    tried.flake.ev.has_imported(&plain) && !tried.flake.ev.has_imported(&hidden)
}

/// Two new files where `path` is, of which the second has its hiding name, and the first has none.
fn pair(path: &RepoPath) -> Option<(RepoPath, RepoPath)> {
    let mut parts: Vec<&str> = path.components().collect();
    let is_hiding = |part: &&str| part.starts_with(HIDING);
    let at = parts.iter().rposition(is_hiding)?;
    *parts.last_mut()? = match at + 1 == parts.len() {
        true => "_tried-out.nix",
        false => "tried-out.nix",
    };
    let hidden = parts.join("/");
    parts[at] = parts[at].trim_start_matches(HIDING);
    Some((RepoPath::new(&parts.join("/"))?, RepoPath::new(&hidden)?))
}
