//! What is wrong with a recipe: where that is marked, and what it suggests.

use super::*;
use crate::diagnostic::RangeKey;

/// Code, marked text and help of each problem.
fn problems(text: &str) -> Vec<(&'static str, String, String)> {
    let problems = load(text, &Flags::default()).unwrap_err();
    let marked = |place: &Option<Place>| match place.as_ref().and_then(|place| place.range) {
        Some(RangeKey { start, end }) => text[start..end].to_string(),
        None => String::new(),
    };
    let describe = |it: &Diagnostic| {
        (
            it.code,
            marked(&it.place),
            it.help.clone().unwrap_or_default(),
        )
    };
    problems.iter().map(describe).collect()
}

#[test]
fn mistakes_are_placed_and_answered() {
    for (text, code, marked, help) in [
        (
            "version = 1\n[imput]",
            "recipe-unknown-key",
            "imput",
            "did you mean `input`?",
        ),
        (
            "version = 1\ninput.ulr = 'x'",
            "recipe-unknown-key",
            "ulr",
            "did you mean `url`?",
        ),
        ("version = 1\ninput.url = 3", "recipe-type", "3", ""),
        ("version = 1\noverlay = 'x'", "recipe-type", "'x'", ""),
        (
            "version = 1\nremove.files = ['a', 1]",
            "recipe-type",
            "1",
            "",
        ),
        (
            "version = 1\nadvanced.enable = 'yes'",
            "recipe-type",
            "'yes'",
            "",
        ),
        (
            "version = 1\n[machines]\na = 'cud'",
            "profile-unknown",
            "'cud'",
            "did you mean `cuda`?",
        ),
        (
            "version = 1\nprofiles.default = 'rcom'",
            "profile-unknown",
            "'rcom'",
            "did you mean `rocm`?",
        ),
        (
            "version = 1\n[home]\n'h.nix' = 'llama-cpp-cud'",
            "package-unknown",
            "'llama-cpp-cud'",
            "did you mean `llama-cpp-cuda`?",
        ),
        (
            "version = 1\nprofiles.files.x = '{ a = ]; }'",
            "recipe-nix-text",
            "]",
            "",
        ),
        (
            "version = 1\nremove.files = ['x/llama-cpp-overlay.nix']",
            "recipe-invalid",
            "'x/llama-cpp-overlay.nix'",
            "",
        ),
        (
            "version = 2",
            "recipe-version",
            "2",
            "this nixfix reads `version = 1`",
        ),
        (
            "version = '1'",
            "recipe-type",
            "'1'",
            "this nixfix reads `version = 1`",
        ),
        (
            "",
            "recipe-version",
            "",
            "write `version = 1` on its first line",
        ),
        ("version = 1\na = [", "recipe-syntax", "", ""),
    ] {
        let expected = (code, marked.to_string(), help.to_string());
        assert_eq!(problems(text), [expected], "{text}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let found = problems("version = 1\nfoo = 1\ninput.url = 3\nprofiles.dir = '../x'");
    let codes: Vec<&str> = found.iter().map(|(code, ..)| *code).collect();
    assert_eq!(
        codes,
        ["recipe-unknown-key", "recipe-type", "recipe-invalid"]
    );
}

#[test]
fn a_part_that_lacks_a_key_says_which() {
    let source = user_file("version = 1\n[input]\nname = 'x'");
    let problems = Recipe::load(vec![source], &Flags::default(), &RepoPath::root()).unwrap_err();
    assert_eq!(problems[0].message, "`[input]` lacks `url`");
}

#[test]
fn flags_that_cannot_be_are_refused() {
    let message = |flags: &Flags| load("version = 1", flags).unwrap_err()[0].message.clone();
    assert_eq!(
        message(&flags(&[("a", "cud")])),
        "there is no profile `cud`"
    );
    assert_eq!(
        message(&flags(&[("a", "cuda"), ("a", "rocm")])),
        "`--profile` gives `a` both `cuda` and `rocm`"
    );
    let overlay = RepoPath::new("nixos/pkgs/llama-cpp-overlay.nix").unwrap();
    let remove = Flags {
        remove: vec![overlay],
        ..Flags::default()
    };
    assert!(message(&remove).ends_with("names the overlay that the recipe writes"));
    let ryzen = load("version = 1", &flags(&[("a", "ryzen")])).unwrap_err();
    assert!(ryzen[0].help.as_ref().unwrap().contains("--advanced"));
}

#[test]
fn the_advanced_part_may_not_redefine_the_rest() {
    let text = "version = 1\nadvanced.profiles.cuda = '{ }'\nadvanced.path = 'nixos/pkgs/llama-cpp-overlay.nix'";
    let problems = load(text, &Flags::default()).unwrap_err();
    let messages: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages[0],
        "`[advanced]` repeats the path `nixos/pkgs/llama-cpp-overlay.nix`"
    );
    assert_eq!(messages[1], "`[advanced]` repeats the profile `cuda`");
}

#[test]
fn a_file_nested_without_end_is_a_mistake_like_any_other() {
    let text = format!("version = 1\na = {}", "[".repeat(100_000));
    assert_eq!(problems(&text)[0].0, "recipe-syntax");
    let text = format!("version = 1\n{}a = 1", "a.".repeat(100_000));
    assert!(load(&text, &Flags::default()).is_err());
}

#[test]
fn a_recipe_from_elsewhere_is_named_in_the_message() {
    let source = Source::elsewhere(
        "/etc/r.toml",
        "version = 1\n[input]\nnmae = 'x'\nname = 'x'\nurl = 'y'",
    );
    let problems = Recipe::load(vec![source], &Flags::default(), &RepoPath::root()).unwrap_err();
    assert_eq!(
        problems[0].message,
        "/etc/r.toml:3:1: unknown key `nmae` in `[input]`"
    );
}
