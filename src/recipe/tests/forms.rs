//! The parts of a recipe that the built-in one does not use, and the skeleton that explains them all.

use super::*;
use crate::recipe::schema::KEYS;

fn recipe(text: &str) -> Recipe {
    load_alone(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

fn load_alone(text: &str) -> Result<Recipe, Vec<Diagnostic>> {
    let source = Source::elsewhere("recipe.toml", text);
    Recipe::load(vec![source], &Flags::default(), &RepoPath::root())
}

fn attributes(modules: &[&HostModule]) -> Vec<String> {
    let names = modules.iter().map(|module| module.attribute.to_string());
    names.collect()
}

#[test]
fn a_host_gets_the_modules_of_all_and_its_own_each_once() {
    let recipe = recipe(
        "version = 1
        [modules]
        all = ['inputs.a.b', 'inputs.c.d']
        hosts.carbon = ['inputs.e.f', 'inputs.a.b']",
    );
    let modules = recipe.modules.unwrap();
    assert_eq!(
        attributes(&modules.of("boron")),
        ["inputs.a.b", "inputs.c.d"]
    );
    let carbon = ["inputs.a.b", "inputs.c.d", "inputs.e.f"];
    assert_eq!(attributes(&modules.of("carbon")), carbon);
    assert_eq!(attributes(&modules.every()), carbon);
}

#[test]
fn a_recipe_without_a_part_runs_no_pass_for_it() {
    for (text, expected) in [
        ("version = 1", &[][..]),
        ("version = 1\nremove.files = ['a.nix']", &["remove-overlay"]),
        (
            "version = 1\nmodules.all = ['inputs.a.b']",
            &["insert-modules"],
        ),
        (
            "version = 1\ninput = { name = 'a', url = 'github:a/a' }\noverlay.attribute = 'inputs.a.overlays.default'",
            &["add-input", "insert-overlay"],
        ),
    ] {
        let recipe = recipe(text);
        let wanted = crate::pass::PASSES
            .iter()
            .filter(|pass| (pass.wanted)(&recipe));
        assert!(
            wanted.map(|pass| pass.name).eq(expected.iter().copied()),
            "{text}"
        );
    }
}

#[test]
fn what_the_users_file_says_of_machines_is_for_recipes_with_profiles() {
    let recipe = recipe("version = 1\nmachines.carbon = 'cuda'");
    assert_eq!(recipe.machines, []);
}

#[test]
fn another_name_for_the_input_is_its_name_everywhere() {
    let recipe = recipe(
        "version = 1
        input = { name = 'sops-nix', url = 'github:Mic92/sops-nix' }
        modules.all = ['inputs.sops-nix.a.b', 'inputs.other.c']
        modules.same.'inputs.sops-nix.a.b' = ['inputs.sops-nix.a.c']",
    );
    let renamed = recipe.with_input_named("sops");
    assert_eq!(renamed.input.unwrap().name, "sops");
    let modules = renamed.modules.unwrap();
    assert_eq!(
        attributes(&modules.every()),
        ["inputs.sops.a.b", "inputs.other.c"]
    );
    assert_eq!(modules.all[0].same[0].to_string(), "inputs.sops.a.c");
}

#[test]
fn mistakes_in_the_parts_are_told() {
    for (text, message) in [
        ("title = 'a\\nb'", "one line of text"),
        ("overlay.attribute = 'a.b'", "no attribute of a flake input"),
        (
            "overlay = { attribute = 'inputs.a.b', path = 'x.nix', text = '' }",
            "both",
        ),
        (
            "overlay = { path = 'x.nix', text = '{ inputs }: final: prev: { }', defines = ['a'] }",
            "`defines`",
        ),
        ("modules.all = 'inputs.a.b'", "a list of strings"),
        ("modules.hosts = ['inputs.a.b']", "must be a table"),
        ("modules.same.'inputs.a.b' = []", "not among the modules"),
    ] {
        let text = format!("version = 1\n{}", text.replace("\\n", "\n"));
        let text = text.replace("title = 'a\nb'", "title = \"a\\nb\"");
        let found = load_alone(&text).unwrap_err();
        assert!(
            found.iter().any(|one| one.message.contains(message)),
            "{text}: {found:?}"
        );
    }
}

/// The skeleton with its optional lines taken in: those of the overlay that is not `without`.
fn filled_in(without: &str) -> String {
    let mut text = String::new();
    let mut skipping = false;
    for paragraph in SKELETON.split("\n\n") {
        skipping = paragraph.contains("[overlay]") && paragraph.contains(without);
        for line in paragraph.lines().filter(|_| !skipping) {
            let optional = line.strip_prefix('#').filter(|rest| !rest.starts_with(' '));
            text.push_str(optional.unwrap_or(line));
            text.push('\n');
        }
    }
    assert!(!skipping);
    text
}

#[test]
fn the_skeleton_is_valid_as_it_stands_and_with_every_part_taken_in() {
    let plain = recipe(SKELETON);
    assert!(plain.profiles.is_none() && plain.overlay.is_none() && plain.advanced.is_none());
    let with_file = recipe(&filled_in("attribute ="));
    assert!(with_file.overlay.is_some() && with_file.profiles.is_some());
    assert_eq!((with_file.machines.len(), with_file.home.len()), (1, 1));
    let text = filled_in("path =").replace("= \"secrets\"", "= \"sops-install-secrets\"");
    assert!(recipe(&text).input_overlay.is_some());
}

#[test]
fn the_skeleton_shows_every_key() {
    for (table, key) in KEYS {
        let heads = [
            format!("[{key}]"),
            format!("[{table}.{key}]"),
            format!("{key} ="),
        ];
        assert!(
            heads.iter().any(|head| SKELETON.contains(head)),
            "{table}.{key}"
        );
    }
}
