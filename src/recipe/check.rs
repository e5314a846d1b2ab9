//! Rules for the single values of a recipe: paths, names and the URL, which are written into Nix text as they are.
//!
//! Each returns the value it accepts, or adds a problem.

use super::fields::Problems;
use super::source::Setting;
use crate::path::RepoPath;

/// `path`, which stands in a recipe for the flake in `flake_dir`, as a file of the repository.
///
/// Refuses an absolute path, and one with `.`, `..`, an empty component or a backslash.
pub(super) fn tracked_path(
    problems: &mut Problems,
    flake_dir: &RepoPath,
    path: &Setting<String>,
) -> Option<RepoPath> {
    const HELP: &str =
        "write it relative to flake.nix, without `.` and `..`, such as `nixos/pkgs/overlay.nix`";
    let text = path.value.as_str();
    let normal =
        text.split('/').all(|part| !matches!(part, "" | "." | "..")) && !text.contains('\\');
    let found = flake_dir.join(text).filter(|_| normal);
    if found.is_none() {
        let message = format!("`{text}` is no plain path below the flake's directory");
        problems.push(path.spot.error("recipe-invalid", message).help(HELP));
    }
    found
}

/// The same for a path that nixfix writes into the user's Nix files: it must be a path literal.
pub(super) fn literal_path(
    problems: &mut Problems,
    flake_dir: &RepoPath,
    path: &Setting<String>,
) -> Option<RepoPath> {
    const HELP: &str = "use letters, digits and `.`, `_`, `-`, `+`";
    let found = tracked_path(problems, flake_dir, path)?;
    if path.value.split('/').all(is_path_component) {
        return Some(found);
    }
    let message = format!("`{}` cannot be written as a Nix path", path.value);
    problems.push(path.spot.error("recipe-invalid", message).help(HELP));
    None
}

/// The same for a Nix file.
pub(super) fn nix_file(
    problems: &mut Problems,
    flake_dir: &RepoPath,
    path: &Setting<String>,
) -> Option<RepoPath> {
    let found = literal_path(problems, flake_dir, path)?;
    if found.stem() != found.name() && !found.stem().is_empty() {
        return Some(found);
    }
    let message = format!("`{}` must be a file whose name ends in `.nix`", path.value);
    problems.push(path.spot.error("recipe-invalid", message));
    None
}

/// A profile's name, which is its file name without `.nix`.
pub(super) fn profile_name(problems: &mut Problems, name: Setting<String>) -> Option<String> {
    let text = &name.value;
    if is_path_component(text) && !text.starts_with('.') && !text.ends_with(".nix") {
        return Some(name.value);
    }
    let message = format!("`{text}` is no profile name: it must be a file name without `.nix`");
    problems.push(name.spot.error("recipe-invalid", message));
    None
}

/// The name of a flake input, which may have to be a formal of `outputs`.
pub(super) fn input_name(problems: &mut Problems, name: Setting<String>) -> Option<String> {
    const HELP: &str = "use a letter, then letters, digits, `-` and `_`";
    if is_input_name(&name.value) {
        return Some(name.value);
    }
    let message = format!("`{}` is no name for a flake input", name.value);
    problems.push(name.spot.error("recipe-invalid", message).help(HELP));
    None
}

/// The subject of a commit: one line.
pub(super) fn title(problems: &mut Problems, title: Setting<String>) -> Option<String> {
    if !title.value.trim().is_empty() && !title.value.contains(char::is_control) {
        return Some(title.value);
    }
    let message = "`title` is the subject of a commit: one line of text";
    problems.push(title.spot.error("recipe-invalid", message));
    None
}

/// A flake reference, which is written between double quotes.
pub(super) fn flakeref(problems: &mut Problems, url: Setting<String>) -> Option<String> {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '$');
    if !url.value.is_empty() && url.value.chars().all(plain) {
        return Some(url.value);
    }
    let message = format!("`{}` is no flake reference", url.value);
    let error = url.spot.error("recipe-invalid", message);
    problems.push(error.help("write it as in `github:owner/repo`"));
    None
}

fn is_path_component(part: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    !part.is_empty() && part.chars().all(allowed)
}

pub(super) fn is_input_name(name: &str) -> bool {
    // Nix's keywords, and the one name that a flake's inputs always have.
    const TAKEN: [&str; 11] = [
        "assert", "else", "if", "in", "inherit", "let", "or", "rec", "self", "then", "with",
    ];
    let mut chars = name.chars();
    let first = chars.next();
    first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && !TAKEN.contains(&name)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::recipe::source::{Source, Spot};

    fn setting(text: &str) -> Setting<String> {
        let source = Rc::new(Source::elsewhere("r", text));
        let spot = Spot {
            source,
            range: 0..text.len(),
        };
        Setting {
            value: text.to_string(),
            spot,
        }
    }

    /// Whether `check` refuses `text`, which it must do with exactly one problem.
    fn refuses<T>(text: &str, check: impl Fn(&mut Problems, Setting<String>) -> Option<T>) -> bool {
        let mut problems = Problems::new();
        let refused = check(&mut problems, setting(text)).is_none();
        assert_eq!(problems.len(), usize::from(refused), "{text}");
        refused
    }

    #[test]
    fn a_path_is_resolved_below_the_flakes_directory() {
        let dir = RepoPath::new("nix").unwrap();
        let found = nix_file(&mut Problems::new(), &dir, &setting("pkgs/overlay.nix"));
        assert_eq!(found, RepoPath::new("nix/pkgs/overlay.nix"));
    }

    #[test]
    fn a_path_that_leaves_or_loops_or_needs_quotes_is_refused() {
        let root = RepoPath::root();
        for text in [
            "",
            "/etc/x.nix",
            "../x.nix",
            "a/../x.nix",
            "./x.nix",
            "a//x.nix",
            "x.nix/",
            "a\\x.nix",
        ] {
            assert!(
                refuses(text, |problems, path| tracked_path(problems, &root, &path)),
                "{text}"
            );
        }
        for text in ["my pkgs/x.nix", "${x}.nix", "é.nix", "x", ".nix"] {
            assert!(
                refuses(text, |problems, path| nix_file(problems, &root, &path)),
                "{text}"
            );
        }
        assert!(!refuses("my old overlay.nix", |problems, path| {
            tracked_path(problems, &root, &path)
        }));
    }

    #[test]
    fn names_and_urls_that_would_break_the_nix_text_are_refused() {
        for text in ["", "1a", "a b", "a.b", "let", "self", "é"] {
            assert!(refuses(text, input_name), "{text}");
        }
        for text in ["", "a b", "github:a/${b}", "\"", "a\nb"] {
            assert!(refuses(text, flakeref), "{text}");
        }
        for text in ["", ".hidden", "a/b", "a b", "cuda.nix", ".."] {
            assert!(refuses(text, profile_name), "{text}");
        }
        assert!(!refuses("llama-cpp", input_name));
        assert!(!refuses("git+ssh://git@host/a?ref=x&dir=y", flakeref));
        assert!(!refuses("ryzen-zen4", profile_name));
    }
}
