//! Which repository a flake reference is of, at whatever version and by whatever way to it.

use super::Flake;
use super::inputs::Input;

/// Whether the declared input, or the one it is an alias of, is some version of one of the repositories at `urls`.
pub fn is_same_repository(flake: &Flake, declared: &Input, urls: &[&str]) -> bool {
    let target = declared
        .follows
        .as_deref()
        .and_then(|target| flake.input(target))
        .unwrap_or(declared);
    let Some(declared) = &target.url else {
        return false;
    };
    urls.iter()
        .any(|url| match (repository(declared), repository(url)) {
            (Some(a), Some(b)) => a == b,
            _ => declared == url,
        })
}

/// `owner/name` of a repository on GitHub, lower case since GitHub does not tell cases apart, and the directory in it.
fn repository(url: &str) -> Option<String> {
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    let directory = query.split(['&', '#']).find(|one| one.starts_with("dir="));
    let place = place.split('#').next()?.to_ascii_lowercase();
    let rest = place
        .strip_prefix("github:")
        .or_else(|| place.split_once("github.com/").map(|(_, rest)| rest))?;
    let mut parts = rest.split('/');
    let (owner, name) = (parts.next()?, parts.next()?);
    let name = name.trim_end_matches(".git");
    Some(format!("{owner}/{name}{}", directory.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_the_same_at_any_version_and_by_any_way_to_it() {
        for url in [
            "github:ggml-org/llama.cpp",
            "github:ggml-org/llama.cpp/b9254",
            "github:GGML-org/llama.cpp?ref=master",
            "git+https://github.com/ggml-org/llama.cpp.git?rev=0123",
            "https://github.com/ggml-org/llama.cpp/archive/master.tar.gz",
        ] {
            assert_eq!(
                repository(url).as_deref(),
                Some("ggml-org/llama.cpp"),
                "{url}"
            );
        }
        assert_eq!(repository("path:./llama.cpp"), None);
        assert_ne!(
            repository("github:ggml-org/llama.cpp?dir=nix"),
            repository("github:ggml-org/llama.cpp")
        );
        assert_ne!(
            repository("github:me/llama.cpp"),
            repository("github:ggml-org/llama.cpp")
        );
    }
}
