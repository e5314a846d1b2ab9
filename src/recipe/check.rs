//! Rules for the single values of a recipe: paths, names and the URL, which are written into Nix text as they are.

use super::source::Setting;
use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;

/// `path`, which stands in a recipe for the flake in `flake_dir`, as a file of the repository.
///
/// # Errors
/// An absolute path, or one with `.`, `..`, an empty component or a backslash.
pub(super) fn tracked_path(
    flake_dir: &RepoPath,
    path: &Setting<String>,
) -> Result<RepoPath, Diagnostic> {
    let text = path.value.as_str();
    let normal =
        text.split('/').all(|part| !matches!(part, "" | "." | "..")) && !text.contains('\\');
    flake_dir.join(text).filter(|_| normal).ok_or_else(|| {
        let message = format!("`{text}` is no plain path below the flake's directory");
        let error = path.spot.error("recipe-invalid", message);
        error.help("write it relative to flake.nix, without `.` and `..`, such as `nixos/pkgs/overlay.nix`")
    })
}

/// The same for a path that nixfix writes into the user's Nix files: it must be a path literal.
pub(super) fn literal_path(
    flake_dir: &RepoPath,
    path: &Setting<String>,
) -> Result<RepoPath, Diagnostic> {
    let found = tracked_path(flake_dir, path)?;
    if path.value.split('/').all(is_path_component) {
        return Ok(found);
    }
    let message = format!("`{}` cannot be written as a Nix path", path.value);
    let error = path.spot.error("recipe-invalid", message);
    Err(error.help("use letters, digits and `.`, `_`, `-`, `+`"))
}

/// The same for a Nix file.
pub(super) fn nix_file(
    flake_dir: &RepoPath,
    path: &Setting<String>,
) -> Result<RepoPath, Diagnostic> {
    let found = literal_path(flake_dir, path)?;
    if found.stem() != found.name() && !found.stem().is_empty() {
        return Ok(found);
    }
    let message = format!("`{}` must be a file whose name ends in `.nix`", path.value);
    Err(path.spot.error("recipe-invalid", message))
}

/// A profile's name, which is its file name without `.nix`.
pub(super) fn profile_name(name: &Setting<String>) -> Result<(), Diagnostic> {
    if is_path_component(&name.value)
        && !name.value.starts_with('.')
        && !name.value.ends_with(".nix")
    {
        return Ok(());
    }
    let message = format!(
        "`{}` is no profile name: it must be a file name without `.nix`",
        name.value
    );
    Err(name.spot.error("recipe-invalid", message))
}

/// The name of a flake input, which may have to be a formal of `outputs`.
pub(super) fn input_name(name: &Setting<String>) -> Result<(), Diagnostic> {
    if is_nix_name(&name.value) {
        return Ok(());
    }
    let message = format!("`{}` is no name for a flake input", name.value);
    let error = name.spot.error("recipe-invalid", message);
    Err(error.help("use a letter, then letters, digits, `-` and `_`"))
}

/// A flake reference, which is written between double quotes.
pub(super) fn flakeref(url: &Setting<String>) -> Result<(), Diagnostic> {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '$');
    if !url.value.is_empty() && url.value.chars().all(plain) {
        return Ok(());
    }
    let message = format!("`{}` is no flake reference", url.value);
    let error = url.spot.error("recipe-invalid", message);
    Err(error.help("write it as in `github:owner/repo`"))
}

fn is_path_component(part: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    !part.is_empty() && part.chars().all(allowed)
}

pub(super) fn is_nix_name(name: &str) -> bool {
    const KEYWORDS: [&str; 11] = [
        "assert", "else", "if", "in", "inherit", "let", "or", "rec", "self", "then", "with",
    ];
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\''))
        && !KEYWORDS.contains(&name)
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

    #[test]
    fn a_path_is_resolved_below_the_flakes_directory() {
        let dir = RepoPath::new("nix").unwrap();
        let found = nix_file(&dir, &setting("pkgs/overlay.nix")).unwrap();
        assert_eq!(found.as_str(), "nix/pkgs/overlay.nix");
    }

    #[test]
    fn a_path_that_leaves_or_loops_or_needs_quotes_is_refused() {
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
                tracked_path(&RepoPath::root(), &setting(text)).is_err(),
                "{text}"
            );
        }
        for text in ["my pkgs/x.nix", "${x}.nix", "é.nix", "x", ".nix"] {
            assert!(
                nix_file(&RepoPath::root(), &setting(text)).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn names_and_urls_that_would_break_the_nix_text_are_refused() {
        for text in ["", "1a", "a b", "a.b", "let", "self", "é"] {
            assert!(input_name(&setting(text)).is_err(), "{text}");
        }
        for text in ["", "a b", "github:a/${b}", "\"", "a\nb"] {
            assert!(flakeref(&setting(text)).is_err(), "{text}");
        }
        for text in ["", ".hidden", "a/b", "a b", "cuda.nix", ".."] {
            assert!(profile_name(&setting(text)).is_err(), "{text}");
        }
        assert_eq!(input_name(&setting("llama-cpp")), Ok(()));
        assert_eq!(
            flakeref(&setting("git+ssh://git@host/a?ref=x&dir=y")),
            Ok(())
        );
        assert_eq!(profile_name(&setting("ryzen-zen4")), Ok(()));
    }
}
