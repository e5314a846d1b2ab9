//! Signed commits, verified by git.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use nixfix::git::{CommitOptions, Sign};

use crate::sandbox::*;

/// Configures signing with an ssh key made for the test.
fn configure_ssh(sandbox: &Sandbox) {
    let key = sandbox.root.with_file_name("key");
    let status = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&key)
        .status();
    assert!(status.unwrap().success());
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    let signers = sandbox.root.with_file_name("signers");
    fs::write(&signers, format!("jo@example.com {public}")).unwrap();
    sandbox.git(&["config", "gpg.format", "ssh"]);
    sandbox.git(&["config", "user.signingKey", key.to_str().unwrap()]);
    sandbox.git(&[
        "config",
        "gpg.ssh.allowedSignersFile",
        signers.to_str().unwrap(),
    ]);
    sandbox.git(&["config", "commit.gpgSign", "true"]);
}

#[test]
fn a_signed_commit_is_one_that_git_verifies() {
    let sandbox = sandbox();
    configure_ssh(&sandbox);
    write_plan(&sandbox);
    sandbox.commit(&PLANNED, &CommitOptions::default()).unwrap();
    assert_eq!(sandbox.git(&["log", "-1", "--format=%G?"]), "G\n");
    sandbox.git(&["verify-commit", "HEAD"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    sandbox.assert_sound();
}

#[test]
fn the_options_overrule_whether_to_sign() {
    for (configured, sign, verdict) in
        [("true", Sign::Never, "N\n"), ("false", Sign::Always, "G\n")]
    {
        let sandbox = sandbox();
        configure_ssh(&sandbox);
        sandbox.git(&["config", "commit.gpgSign", configured]);
        write_plan(&sandbox);
        let options = CommitOptions {
            sign,
            ..CommitOptions::default()
        };
        sandbox.commit(&PLANNED, &options).unwrap();
        assert_eq!(sandbox.git(&["log", "-1", "--format=%G?"]), verdict);
    }
}

#[test]
fn a_signer_that_fails_leaves_everything_as_it_was() {
    for (format, program) in [("openpgp", "gpg.program"), ("ssh", "gpg.ssh.program")] {
        for failing in ["false", "true", "no-such-program"] {
            let sandbox = sandbox();
            configure_ssh(&sandbox);
            sandbox.git(&["config", "gpg.format", format]);
            sandbox.git(&["config", program, failing]);
            write_plan(&sandbox);
            let before = sandbox.exact_state();
            let error = sandbox
                .commit(&PLANNED, &CommitOptions::default())
                .unwrap_err();
            assert!(format!("{error:#}").contains("could not sign"), "{error:#}");
            assert_eq!(sandbox.exact_state(), before);
        }
    }
}

#[test]
fn gpg_is_run_as_git_runs_it() {
    let script = "#!/bin/sh\necho \"$@\" > .git/arguments\ncat > .git/signed\n\
        echo '[GNUPG:] SIG_CREATED D' >&2\n\
        printf -- '-----BEGIN PGP SIGNATURE-----\\r\\n\\r\\nabc\\r\\n-----END PGP SIGNATURE-----\\r\\n'\n";
    let (ours, gits) = (sandbox(), sandbox());
    for sandbox in [&ours, &gits] {
        let program = sandbox.root.join(".git/gpg");
        sandbox.write(".git/gpg", script);
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        sandbox.git(&["config", "gpg.program", program.to_str().unwrap()]);
        sandbox.git(&["config", "commit.gpgSign", "true"]);
        sandbox.write("flake.nix", "{ inputs }\n");
    }
    ours.commit(&["flake.nix"], &CommitOptions::default())
        .unwrap();
    gits.git(&["commit", "-qam", "Add llama-cpp\n\nBody\n"]);
    // The commits differ in their times alone.
    let commit = |sandbox: &Sandbox| -> Vec<String> {
        let text = sandbox.git(&["cat-file", "commit", "HEAD"]);
        let lines = text.lines().filter(|line| !line.starts_with("parent"));
        lines
            .map(|line| line.split("> ").next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(commit(&ours), commit(&gits));
    let arguments = |sandbox: &Sandbox| fs::read_to_string(sandbox.root.join(".git/arguments"));
    assert_eq!(arguments(&ours).unwrap(), arguments(&gits).unwrap());
    let signed = fs::read_to_string(ours.root.join(".git/signed")).unwrap();
    assert!(
        signed.starts_with("tree ") && signed.ends_with("\nBody\n"),
        "{signed}"
    );
}
