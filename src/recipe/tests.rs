//! A recipe as text, and what it says.

use super::*;

mod forms;
mod mistakes;

fn load(user: &str, flags: &Flags) -> Result<Recipe, Vec<Diagnostic>> {
    let sources = vec![Source::built_in(), user_file(user)];
    Recipe::load(sources, flags, &RepoPath::root())
}

fn user_file(text: &str) -> Source {
    Source::in_repo(RepoPath::new(USER_FILE).unwrap(), text)
}

/// The user's file over the built-in recipe; `version = 1` and a line end stand before `text`.
fn user(text: &str) -> Recipe {
    load(&format!("version = 1\n{text}"), &Flags::default()).unwrap()
}

fn names<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Vec<(&'a str, Option<&'a str>)> {
    profiles
        .map(|it| (it.name.as_str(), it.package.as_deref()))
        .collect()
}

fn flags(machines: &[(&str, &str)]) -> Flags {
    let pair = |(host, name): &(&str, &str)| (host.to_string(), name.to_string());
    Flags {
        machines: machines.iter().map(pair).collect(),
        ..Flags::default()
    }
}

#[test]
fn the_built_in_recipe_offers_four_packages_and_their_profiles() {
    let recipe = Recipe::load(
        vec![Source::built_in()],
        &Flags::default(),
        &RepoPath::root(),
    )
    .unwrap();
    let input = recipe.input.as_ref().unwrap();
    assert_eq!(
        (input.name.as_str(), input.url.as_str()),
        ("llama-cpp", "github:ggml-org/llama.cpp")
    );
    assert_eq!(
        input.follows,
        [("nixpkgs".to_string(), Follows::HostNixpkgs)]
    );
    let packages = [
        "llama-cpp-cpu",
        "llama-cpp-cuda",
        "llama-cpp-vulkan",
        "llama-cpp-rocm",
    ];
    assert!(recipe.packages().eq(packages));
    assert_eq!(recipe.overlay.as_ref().unwrap().inputs, ["llama-cpp"]);
    let expected = [
        ("cuda", Some("llama-cpp-cuda")),
        ("vulkan", Some("llama-cpp-vulkan")),
        ("rocm", Some("llama-cpp-rocm")),
        ("cpu-optimized", Some("llama-cpp-cpu")),
    ];
    assert_eq!(names(recipe.choosable_profiles()), expected);
    assert_eq!(recipe.profiles.as_ref().unwrap().default, "cpu-optimized");
    assert_eq!(
        recipe.remove.files,
        [RepoPath::new("nixos/pkgs/llama-cpp-variants.nix").unwrap()]
    );
}

#[test]
fn every_built_in_text_ends_in_one_line_end_and_is_indented_by_spaces() {
    let recipe = user("advanced.enable = true");
    let texts = recipe
        .overlays()
        .map(|it| &it.text)
        .chain(recipe.known_profiles().map(|it| &it.text));
    for text in texts {
        assert!(
            text.ends_with("}\n") && !text.contains('\t') && !text.contains(" \n"),
            "{text}"
        );
    }
}

#[test]
fn every_built_in_profile_installs_a_package_of_the_overlays() {
    let recipe = user("advanced.enable = true");
    let packages: Vec<&str> = recipe.packages().collect();
    for profile in recipe.known_profiles() {
        assert!(
            packages.contains(&profile.package.as_deref().unwrap()),
            "{}",
            profile.name
        );
    }
    assert_eq!(recipe.known_profiles().count(), packages.len());
}

#[test]
fn the_advanced_part_is_known_but_not_offered_until_opted_in() {
    let plain = user("");
    assert_eq!(
        (plain.overlays().count(), plain.choosable_profiles().count()),
        (1, 4)
    );
    assert_eq!(plain.known_profiles().count(), 7);
    let flags = Flags {
        advanced: true,
        ..Flags::default()
    };
    let opted_in = load("version = 1", &flags).unwrap();
    assert_eq!(
        (
            opted_in.overlays().count(),
            opted_in.choosable_profiles().count()
        ),
        (2, 7)
    );
}

#[test]
fn a_user_file_overrides_key_by_key() {
    let recipe = user(
        "input.url = 'github:me/llama.cpp'\nprofiles.dir = 'hw'\nprofiles.files.metal = '{ }'\n[remove]\nfiles = []",
    );
    let input = recipe.input.as_ref().unwrap();
    assert_eq!(
        (input.name.as_str(), input.url.as_str()),
        ("llama-cpp", "github:me/llama.cpp")
    );
    assert_eq!(recipe.profiles.as_ref().unwrap().dir, RepoPath::new("hw"));
    assert_eq!(
        names(recipe.choosable_profiles()).last(),
        Some(&("metal", None))
    );
    assert_eq!(recipe.remove, Remove::default());
}

#[test]
fn a_recipe_may_have_no_more_than_one_part() {
    let text = "version = 1\n[input]\nname = 'x'\nurl = 'github:a/x'\nfollows = { b = 'unstable' }";
    let recipe = Recipe::load(vec![user_file(text)], &Flags::default(), &RepoPath::root()).unwrap();
    let follows = vec![("b".to_string(), Follows::Input("unstable".to_string()))];
    let input = Input {
        name: "x".to_string(),
        url: "github:a/x".to_string(),
        formerly: Vec::new(),
        systems: Vec::new(),
        follows,
    };
    assert_eq!(
        recipe,
        Recipe {
            title: "Add x to the hosts".to_string(),
            input: Some(input),
            ..Recipe::default()
        }
    );
}

#[test]
fn paths_are_relative_to_the_flake() {
    let dir = RepoPath::new("nix").unwrap();
    let recipe = Recipe::load(vec![Source::built_in()], &Flags::default(), &dir).unwrap();
    assert_eq!(
        recipe.overlay.unwrap().path.as_str(),
        "nix/nixos/pkgs/llama-cpp-overlay.nix"
    );
}

#[test]
fn a_flag_wins_over_the_file_and_keeps_the_other_machines() {
    let text = "version = 1\n[machines]\ncarbon = 'cuda'\nboron = 'rocm'";
    let recipe = load(text, &flags(&[("carbon", "vulkan")])).unwrap();
    let word = |host| {
        recipe
            .machine(host)
            .map(|it| (it.profile.as_str(), it.place.is_some()))
    };
    assert_eq!(word("carbon"), Some(("vulkan", false)));
    assert_eq!(word("boron"), Some(("rocm", true)));
    assert_eq!(word("neon"), None);
}

#[test]
fn a_machine_remembers_where_it_is_named() {
    let recipe = user("[machines]\ncarbon = 'cuda'");
    let place = recipe.machine("carbon").unwrap().place.clone().unwrap();
    assert_eq!(
        (place.file.as_str(), place.range),
        (USER_FILE, Some((23..29).into()))
    );
}
