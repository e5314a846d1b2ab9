//! `nixfix hook`, and what it does to commits.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::sandbox::*;

const PENDING: [&str; 2] = ["nixosConfigurations.boron", "+++ b/machines/boron.nix"];

fn hooked() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .nixfix(&["hook", "install"])
        .expect(0, &["pre-commit`"]);
    sandbox
}

#[test]
fn a_host_without_overlay_and_profile_is_stopped_with_the_diff_and_one_with_them_passes() {
    let sandbox = hooked();
    sandbox.add_host();
    sandbox.git(&["add", "--all"]);
    sandbox
        .try_git(&["commit", "-m", "boron"])
        .expect(1, &PENDING);
    assert_eq!(sandbox.commits(), 2);
    sandbox
        .nixfix(&["apply", "--no-commit", "--allow-dirty"])
        .expect(0, &[]);
    sandbox.git(&["commit", "-m", "boron"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_commit_of_a_part_is_judged_by_that_part() {
    let sandbox = hooked();
    sandbox.write("notes.txt", "");
    sandbox.git(&["add", "notes.txt"]);
    sandbox.add_host();
    sandbox.git(&["commit", "-m", "the host is not staged"]);
    sandbox.git(&["add", "--all"]);
    sandbox.write("notes.txt", "more\n");
    sandbox.git(&["commit", "-m", "the host is staged", "--", "notes.txt"]);
    sandbox
        .try_git(&[
            "commit",
            "-m",
            "boron",
            "--",
            "flake.nix",
            "machines/boron.nix",
        ])
        .expect(1, &PENDING);
    assert_eq!(sandbox.commits(), 4);
}

#[test]
fn commit_all_is_judged_by_what_it_stages() {
    let sandbox = hooked();
    sandbox.write("machines/boron.nix", MACHINE);
    sandbox.git(&["add", "machines/boron.nix"]);
    sandbox.add_host();
    sandbox
        .try_git(&["commit", "-a", "-m", "boron"])
        .expect(1, &PENDING);
    sandbox.git(&["commit", "-m", "the machine alone"]);
}

#[test]
fn linked_work_trees_have_the_hook_too() {
    let sandbox = Sandbox::new();
    let linked = sandbox.beside("linked");
    sandbox.git(&["worktree", "add", "--quiet", linked.to_str().unwrap()]);
    sandbox
        .nixfix_in(&linked, &["hook", "install"])
        .expect(0, &[".git/hooks/pre-commit`"]);
    sandbox.add_host();
    for file in ["flake.nix", "machines/boron.nix"] {
        fs::rename(sandbox.root().join(file), linked.join(file)).unwrap();
    }
    sandbox.git(&["restore", "."]);
    let git = |arguments: &[&str]| run(sandbox.command("git", &linked).args(arguments));
    git(&["add", "--all"]).expect(0, &[]);
    git(&["commit", "-m", "boron"]).expect(1, &PENDING);
    git(&["commit", "-a", "-m", "boron"]).expect(1, &PENDING);
}

#[test]
fn a_flake_in_a_subdirectory_is_judged_from_wherever_git_is_run() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.root().join("my nixos")).unwrap();
    for name in ["flake.nix", "machines", "nixos"] {
        if sandbox.root().join(name).exists() {
            sandbox.git(&["mv", name, "my nixos"]);
        }
    }
    let rest = sandbox.git(&["ls-files", "--", ":!my nixos"]);
    rest.lines()
        .for_each(|name| drop(sandbox.git(&["mv", name, "my nixos"])));
    sandbox.commit_all("moved");
    let flake = sandbox.root().join("my nixos");
    sandbox
        .nixfix_in(&flake, &["check"])
        .expect(0, &["nothing to do"]);
    sandbox
        .nixfix_in(&flake, &["hook", "install"])
        .expect(0, &[]);
    assert!(
        sandbox
            .read(".git/hooks/pre-commit")
            .ends_with("--staged './my nixos'\n")
    );
    fs::rename(flake.join("flake.nix"), sandbox.root().join("flake.nix")).unwrap();
    sandbox.add_host();
    fs::rename(sandbox.root().join("flake.nix"), flake.join("flake.nix")).unwrap();
    fs::rename(
        sandbox.root().join("machines/boron.nix"),
        flake.join("machines/boron.nix"),
    )
    .unwrap();
    sandbox.git(&["add", "--all"]);
    let mut commit = sandbox.command("git", &flake.join("machines"));
    run(commit.args(["commit", "-m", "boron"])).expect(1, &["boron"]);
}

#[test]
fn the_hook_is_where_git_looks_for_it_unless_other_repositories_share_it() {
    let sandbox = Sandbox::new();
    sandbox.git(&["config", "--global", "core.hooksPath", "/nowhere/hooks"]);
    sandbox
        .nixfix(&["hook", "install"])
        .expect(2, &["`/nowhere/hooks` the hooks of all your repositories"]);
    sandbox.git(&["config", "core.hooksPath", "my/hooks"]);
    sandbox
        .nixfix(&["hook", "install"])
        .expect(0, &["my/hooks/pre-commit"]);
    sandbox.add_host();
    sandbox.git(&["add", "flake.nix", "machines"]);
    sandbox
        .try_git(&["commit", "-m", "boron"])
        .expect(1, &PENDING);
    sandbox
        .nixfix(&["hook", "uninstall"])
        .expect(0, &["removed"]);
    assert!(!sandbox.root().join("my/hooks/pre-commit").exists());
}

#[test]
fn twice_is_as_once_and_only_our_own_hook_is_removed() {
    let sandbox = hooked();
    let hook = sandbox.root().join(".git/hooks/pre-commit");
    let again = |action: &str| sandbox.nixfix(&["hook", action]);
    assert_eq!(again("install").text, "");
    assert_eq!(
        fs::metadata(&hook).unwrap().permissions().mode() & 0o111,
        0o111
    );
    again("uninstall").expect(0, &["removed"]);
    assert!(!hook.exists());
    assert_eq!(again("uninstall").text, "");
    for theirs in [
        "#!/bin/sh\nmake lint\n",
        "#!/bin/sh\nnixfix check --staged './'\n",
        "",
    ] {
        sandbox.write(".git/hooks/pre-commit", theirs);
        again("install").expect(2, &["already", "\n  nixfix check --staged './' || exit\n"]);
        again("uninstall").expect(2, &["stays"]);
        assert_eq!(sandbox.read(".git/hooks/pre-commit"), theirs);
    }
}

#[test]
fn the_line_to_add_by_hand_does_the_same() {
    let sandbox = Sandbox::new();
    sandbox.write(".git/hooks/pre-commit", "#!/bin/sh\n");
    let refusal = sandbox.nixfix(&["hook", "install"]).text;
    let line = refusal.lines().last().unwrap().trim();
    sandbox.write(
        ".git/hooks/pre-commit",
        &format!("#!/bin/sh\n{line}\necho after\n"),
    );
    let hook = sandbox.root().join(".git/hooks/pre-commit");
    fs::set_permissions(hook, PermissionsExt::from_mode(0o755)).unwrap();
    sandbox.git(&["commit", "--allow-empty", "-m", "nothing"]);
    sandbox.add_host();
    sandbox.git(&["add", "--all"]);
    let stopped = sandbox.try_git(&["commit", "-m", "boron"]);
    stopped.expect(1, &PENDING);
    assert!(!stopped.text.contains("after"));
}

/// A recipe that gives every host a module.
const RECIPE: &str = r#"version = 1
title = "Manage secrets with sops-nix"

[input]
name = "sops-nix"
url = "github:Mic92/sops-nix"

[modules]
all = ["inputs.sops-nix.nixosModules.sops"]
"#;

/// What the hook shows while the module is missing.
const NO_SOPS: [&str; 2] = [
    "+        inputs.sops-nix.nixosModules.sops",
    "sops.toml --no-commit --allow-dirty`",
];

#[test]
fn the_hook_follows_the_recipe_it_was_installed_for() {
    let sandbox = Sandbox::new();
    sandbox.write("recipes/it's sops.toml", RECIPE);
    sandbox.commit_all("a recipe");
    let recipes = sandbox.root().join("recipes");
    sandbox
        .nixfix_in(&recipes, &["hook", "install", "--recipe", "it's sops.toml"])
        .expect(0, &["pre-commit`"]);
    let line = r"exec nixfix check --staged --recipe './recipes/it'\''s sops.toml' './'";
    assert!(
        sandbox
            .read(".git/hooks/pre-commit")
            .ends_with(&format!("\n{line}\n"))
    );
    let empty = ["commit", "--allow-empty", "-m", "nothing"];
    sandbox.try_git(&empty).expect(1, &NO_SOPS);
    let recipe = ["--recipe", "recipes/it's sops.toml"];
    let apply = [&["apply", "--no-lock"], &recipe[..]].concat();
    sandbox.nixfix(&apply).expect(0, &["committed"]);
    sandbox.git(&empty);

    // What counts is the recipe as it is staged.
    sandbox.write("recipes/it's sops.toml", "version = 2\n");
    sandbox.git(&empty);
    sandbox.git(&["add", "recipes"]);
    sandbox
        .try_git(&empty)
        .expect(1, &["recipes/it's sops.toml:1"]);
}

#[test]
fn a_recipe_from_elsewhere_is_known_by_its_whole_path() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.beside("sops.toml"), RECIPE).unwrap();
    let install = |recipe: &str| sandbox.nixfix(&["hook", "install", "--recipe", recipe]);
    install("../sops.toml").expect(0, &["wrote"]);
    sandbox
        .try_git(&["commit", "--allow-empty", "-m", "nothing"])
        .expect(1, &NO_SOPS);
    install("../sops.toml").expect(0, &[]);
    sandbox.nixfix(&["hook", "install"]).expect(
        2,
        &[
            "for another flake or recipe",
            "\n  nixfix check --staged './' || exit\n",
        ],
    );
    sandbox
        .nixfix(&["hook", "uninstall"])
        .expect(0, &["removed"]);
}

#[test]
fn no_hook_is_installed_for_a_recipe_that_would_refuse_every_commit() {
    let sandbox = Sandbox::new();
    sandbox.write("bad.toml", "version = 1\n[inputs]\n");
    let install = |recipe: &str| sandbox.nixfix(&["hook", "install", "--recipe", recipe]);
    install("bad.toml").expect(2, &["recipe-unknown-key", "bad.toml:2:2"]);
    install("missing.toml").expect(2, &["could not read the recipe `missing.toml`"]);
    assert!(!sandbox.root().join(".git/hooks/pre-commit").exists());
}

#[test]
fn a_migration_passes_its_own_hook() {
    let sandbox = Sandbox::old();
    sandbox.nixfix(&["hook", "install"]).expect(0, &[]);
    sandbox
        .nixfix(&["apply", "--only", "add-input"])
        .expect(2, &["the pre-commit hook refused"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    sandbox.nixfix(&["apply"]).expect(0, &["committed"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}
