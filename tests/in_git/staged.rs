//! `nixfix check --staged` judges what git would commit, and writes nothing.

use std::fs;
use std::os::unix::fs::symlink;

use crate::sandbox::*;

const CHECK: [&str; 2] = ["check", "--staged"];

#[test]
fn what_is_staged_counts_and_what_is_on_the_disk_does_not() {
    let sandbox = Sandbox::new();
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.add_host();
    sandbox
        .nixfix(&["check"])
        .expect(2, &["machines/boron.nix"]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.git(&["add", "--all"]);
    sandbox.git(&["restore", "--worktree", "--source=HEAD", "flake.nix"]);
    sandbox.nixfix(&["check"]).expect(0, &["nothing to do"]);
    sandbox.nixfix(&CHECK).expect(
        1,
        &[
            "nixosConfigurations.boron",
            "+++ b/machines/boron.nix",
            "--no-commit --allow-dirty",
        ],
    );
}

#[test]
fn what_it_says_to_do_makes_it_pass() {
    let sandbox = Sandbox::new();
    sandbox.add_host();
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(1, &["boron"]);
    sandbox
        .nixfix(&["apply", "--no-commit", "--allow-dirty"])
        .expect(0, &[]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
}

#[test]
fn a_file_that_is_gone_from_the_disk_is_still_staged_and_the_other_way_round() {
    let sandbox = Sandbox::new();
    fs::remove_file(sandbox.root().join("flake.nix")).unwrap();
    fs::remove_dir_all(sandbox.root().join("machines")).unwrap();
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.git(&["restore", "."]);
    sandbox.git(&[
        "rm",
        "--quiet",
        "--cached",
        "machines/hardware-profiles/cuda.nix",
    ]);
    assert!(
        sandbox
            .root()
            .join("machines/hardware-profiles/cuda.nix")
            .exists()
    );
    assert_ne!(sandbox.nixfix(&CHECK).code, 0);
    sandbox.git(&["reset", "--quiet"]);
    sandbox.git(&["rm", "--quiet", "--cached", "flake.nix"]);
    sandbox
        .nixfix(&CHECK)
        .expect(2, &["no flake.nix is staged"]);
}

#[test]
fn what_is_only_intended_to_be_added_is_no_part_of_the_commit() {
    let sandbox = Sandbox::new();
    sandbox.add_host();
    sandbox.git(&["add", "flake.nix"]);
    sandbox.git(&["add", "--intent-to-add", "machines/boron.nix"]);
    sandbox
        .nixfix(&CHECK)
        .expect(2, &["`machines/boron.nix`, which git does not track"]);
    let files = sandbox.git(&[
        "ls-tree",
        "-r",
        "--name-only",
        sandbox.git(&["write-tree"]).trim(),
    ]);
    assert!(!files.contains("boron"), "git agrees: {files}");
}

#[test]
fn links_are_those_that_are_staged() {
    let sandbox = Sandbox::new();
    sandbox.git(&["mv", "machines/carbon.nix", "machines/real.nix"]);
    symlink("real.nix", sandbox.root().join("machines/carbon.nix")).unwrap();
    sandbox.git(&["add", "--all"]);
    fs::remove_file(sandbox.root().join("machines/carbon.nix")).unwrap();
    sandbox.write("machines/carbon.nix", "{ }\n");
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    fs::remove_file(sandbox.root().join("machines/carbon.nix")).unwrap();
    symlink("/etc/hostname", sandbox.root().join("machines/carbon.nix")).unwrap();
    sandbox.git(&["add", "--all"]);
    // Nothing is read from outside.
    sandbox
        .nixfix(&CHECK)
        .expect(2, &["leads out of the repository"]);
}

#[test]
fn the_users_decisions_are_those_that_are_staged() {
    let sandbox = Sandbox::new();
    let decide = |profile: &str| {
        let text = format!("version = 1\n[machines]\nboron = \"{profile}\"\n");
        sandbox.write("nixfix.toml", &text);
    };
    sandbox.add_host();
    decide("rocm");
    sandbox.git(&["add", "--all"]);
    decide("vulkan");
    sandbox
        .nixfix(&CHECK)
        .expect(1, &["imports = [ ./hardware-profiles/rocm.nix ];"]);
    sandbox.git(&["rm", "--quiet", "--cached", "--force", "nixfix.toml"]);
    sandbox
        .nixfix(&CHECK)
        .expect(1, &["imports = [ ./hardware-profiles/cuda.nix ];"]);
}

#[test]
fn neither_the_index_nor_a_file_is_touched() {
    let sandbox = Sandbox::new();
    sandbox.add_host();
    sandbox.git(&["add", "--all"]);
    // Now the index is older than a file that is the same, which git would note in it.
    sandbox.write("machines/boron.nix", MACHINE);
    let index = || fs::read(sandbox.root().join(".git/index")).unwrap();
    let changed = || {
        let metadata = fs::metadata(sandbox.root().join(".git/index")).unwrap();
        metadata.modified().unwrap()
    };
    let before = (index(), changed(), sandbox.git(&["diff-files"]));
    sandbox.nixfix(&CHECK).expect(1, &[]);
    assert_eq!((index(), changed(), sandbox.git(&["diff-files"])), before);
}

#[test]
fn conflicts_and_the_rest_of_a_killed_run_are_refused_and_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.git(&["checkout", "--quiet", "-b", "side"]);
    sandbox.write("machines/carbon.nix", "{ a = 1; }\n");
    sandbox.commit_all("side");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.write("machines/carbon.nix", "{ a = 2; }\n");
    sandbox.commit_all("main");
    sandbox.try_git(&["merge", "side"]);
    sandbox
        .nixfix(&CHECK)
        .expect(2, &["`machines/carbon.nix` has unresolved merge conflicts"]);
    sandbox.git(&["merge", "--abort"]);
    sandbox.write(".git/nixfix/journal.json", "{}");
    sandbox.nixfix(&CHECK).expect(2, &["cut off"]);
    assert_eq!(sandbox.read(".git/nixfix/journal.json"), "{}");
}

#[test]
fn gits_environment_says_which_index_and_which_repository() {
    let sandbox = Sandbox::new();
    sandbox.add_host();
    let other = sandbox.beside("index");
    fs::copy(sandbox.root().join(".git/index"), &other).unwrap();
    fs::copy(
        sandbox.root().join(".git/index"),
        sandbox.root().join("other-index"),
    )
    .unwrap();
    sandbox.git(&["add", "--all"]);
    let program = sandbox.programs().join("nixfix");
    let check = |directory: &str, variables: &[(&str, &str)]| {
        let directory = sandbox.root().join(directory);
        let mut command = sandbox.command(&program, &directory);
        run(command.args(CHECK).envs(variables.iter().copied())).code
    };
    assert_eq!(check("", &[]), 1);
    assert_eq!(check("", &[("GIT_INDEX_FILE", other.to_str().unwrap())]), 0);
    assert_eq!(check("machines", &[("GIT_INDEX_FILE", "other-index")]), 0);
    let away = sandbox.beside("dotfiles");
    fs::rename(sandbox.root().join(".git"), &away).unwrap();
    let away = away.to_str().unwrap();
    assert_eq!(check("", &[]), 2);
    assert_eq!(check("", &[("GIT_DIR", away)]), 1);
    assert_eq!(
        check("machines", &[("GIT_DIR", away), ("GIT_WORK_TREE", "..")]),
        1
    );
}
