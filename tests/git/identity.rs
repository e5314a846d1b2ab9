//! Whose commit it is.

use nixfix::git::CommitOptions;

use crate::sandbox::*;

#[test]
fn the_environment_and_the_roles_overrule_the_configured_person() {
    if let Some(sandbox) = inside() {
        sandbox
            .commit(&["flake.nix"], &CommitOptions::default())
            .unwrap();
        return;
    }
    let environment = [
        ("GIT_AUTHOR_NAME", "Env Author"),
        ("GIT_AUTHOR_DATE", "1700000000 +0200"),
        ("GIT_COMMITTER_EMAIL", "env@example.com"),
    ];
    let sandbox = sandbox();
    sandbox.git(&["config", "author.name", "Not Me"]);
    sandbox.git(&["config", "committer.name", "Role Committer"]);
    sandbox.write("flake.nix", "{ inputs }\n");
    let test = "identity::the_environment_and_the_roles_overrule_the_configured_person";
    again(test, &sandbox.root, &environment);
    assert_eq!(
        sandbox.git(&["log", "-1", "--format=%an|%ae|%ad|%cn|%ce", "--date=raw"]),
        "Env Author|jo@example.com|1700000000 +0200|Role Committer|env@example.com\n"
    );
}

#[test]
fn an_unknown_person_is_told_the_two_commands() {
    if let Some(sandbox) = inside() {
        let error = sandbox
            .commit(&["flake.nix"], &CommitOptions::default())
            .unwrap_err();
        let said = format!("{error:#}");
        assert!(said.contains("config --global user.name"), "{said}");
        assert!(said.contains("config --global user.email"), "{said}");
        return;
    }
    let sandbox = sandbox();
    sandbox.git(&["config", "--unset", "user.email"]);
    sandbox.write("flake.nix", "{ inputs }\n");
    again(
        "identity::an_unknown_person_is_told_the_two_commands",
        &sandbox.root,
        &[],
    );
    assert_eq!(sandbox.git(&["log", "--format=%s"]), "start\n");
}
