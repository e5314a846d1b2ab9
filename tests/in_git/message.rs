//! `-m`, once and more than once: the commit says what one by `git commit` with the same options says.

use crate::sandbox::*;

#[test]
fn messages_are_joined_and_tidied_as_by_git() {
    for options in [
        &["-m", "One line"][..],
        &["-m", "A subject", "-m", "A body\nof two lines"],
        &["--message", "First", "-m", "second", "--message=third"],
        &[
            "-m",
            "\n\nBlank lines  \n\n\n\naround \n",
            "-m",
            "",
            "-m",
            "# no comment\n",
        ],
        &["-m", "", "-m", "The first is empty"],
    ] {
        let sandbox = Sandbox::old();
        let mut commit = vec!["commit", "--quiet", "--allow-empty"];
        commit.extend(options);
        sandbox.git(&commit);
        let wanted = sandbox.git(&["cat-file", "commit", "HEAD"]);
        let mut apply = vec!["apply"];
        apply.extend(options);
        sandbox.nixfix(&apply).expect(0, &["committed"]);
        let made = sandbox.git(&["cat-file", "commit", "HEAD"]);
        assert_eq!(text_of(&made), text_of(&wanted), "{options:?}");
    }
}

/// What follows the headers, byte for byte.
fn text_of(commit: &str) -> &str {
    commit.split_once("\n\n").unwrap().1
}

#[test]
fn messages_that_are_all_empty_are_refused() {
    let sandbox = Sandbox::old();
    let apply = ["apply", "-m", "", "-m", " \n"];
    sandbox
        .nixfix(&apply)
        .expect(2, &["the commit message is empty"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    assert_eq!(sandbox.commits(), 1);
}
