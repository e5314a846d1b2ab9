//! The repository's own hooks.

use std::fs;

use nixfix::git::CommitOptions;

use crate::sandbox::*;

#[test]
fn hooks_see_exactly_the_commit_and_may_word_its_message() {
    let sandbox = sandbox();
    add_dirt(&sandbox);
    write_plan(&sandbox);
    sandbox.hook(
        "pre-commit",
        "{ pwd; git diff --cached --name-only; } > .git/saw",
    );
    sandbox.hook("prepare-commit-msg", "echo \"$2\" >> .git/saw");
    sandbox.hook("commit-msg", "printf '\\nSigned-off-by: Jo\\n' >> \"$1\"");
    sandbox.hook("post-commit", "git log -1 --format=%s >> .git/saw; exit 1");
    let repo = sandbox.repo();
    let done = repo
        .commit(
            &paths(&PLANNED),
            "Subject",
            &CommitOptions::default(),
            |_| Ok(()),
        )
        .unwrap();
    let saw = fs::read_to_string(sandbox.root.join(".git/saw")).unwrap();
    let root = sandbox.root.to_str().unwrap();
    let mut expected = vec![root];
    expected.extend(PLANNED);
    expected.extend(["message", "Subject"]);
    assert_eq!(saw.lines().collect::<Vec<_>>(), expected);
    assert_eq!(
        sandbox.git(&["log", "-1", "--format=%B"]),
        "Subject\n\nSigned-off-by: Jo\n\n"
    );
    assert!(done.warning.unwrap().contains("post-commit"));
    assert!(
        sandbox
            .git(&["diff", "--cached", "--name-only"])
            .contains("staged.nix")
    );
    sandbox.assert_sound();
}

#[test]
fn a_hook_that_refuses_or_changes_the_plan_leaves_everything_as_it_was() {
    let cases = [
        (
            "pre-commit",
            "exit 3",
            "the pre-commit hook refused the commit",
        ),
        (
            "commit-msg",
            "exit 1",
            "the commit-msg hook refused the commit",
        ),
        ("commit-msg", ": > \"$1\"", "message is empty"),
        (
            "pre-commit",
            "git add untracked.nix",
            "staged a change of `untracked.nix`",
        ),
        (
            "pre-commit",
            "echo formatted > flake.nix",
            "changed `flake.nix`",
        ),
    ];
    for (hook, script, message) in cases {
        let sandbox = sandbox();
        add_dirt(&sandbox);
        write_plan(&sandbox);
        sandbox.hook(hook, script);
        let before = sandbox.exact_state();
        let error = sandbox
            .commit(&PLANNED, &CommitOptions::default())
            .unwrap_err();
        assert!(format!("{error:#}").contains(message), "{error:#}");
        sandbox.write("flake.nix", "{ inputs }\n");
        assert_eq!(sandbox.exact_state(), before);
    }
}
