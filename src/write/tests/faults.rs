//! A fault at every step, and a kill at every step: the old state or the new one comes of it.

use std::process::Command;

use super::*;

const KILL_AT: &str = "NIXFIX_TEST_KILL_AT";
const KILL_IN: &str = "NIXFIX_TEST_KILL_IN";
const ROOT: &str = "NIXFIX_TEST_ROOT";

#[test]
fn a_step_that_fails_leaves_the_old_state_or_the_new() {
    let [before, after] = before_and_after();
    let (mut tested, mut undone) = (0, 0);
    for at in 0.. {
        let dir = tree();
        let steps = Steps::watched(move |step, _| match step == at {
            true => Err(io::Error::other("no space left")),
            false => Ok(()),
        });
        let result = write_all(dir.path(), steps);
        let left = journal(dir.path()).exists();
        // A failure in the very last steps comes after the new state is final; the next run tidies up.
        let recovered = recover_old(dir.path(), Steps::default()).unwrap();
        let now = snapshot(dir.path());
        match &result {
            Ok(_) => assert_eq!(now, after),
            Err(error) => {
                assert!(format!("{error:#}").contains("no space left"), "{error:#}");
                assert!(now == before || now == after, "step {at}: {now:#?}");
                assert_eq!(left, recovered.is_some());
                undone += usize::from(now == before && !left);
            }
        }
        if result.is_ok() {
            break;
        }
        tested += 1;
    }
    println!("{tested} steps failed once each, {undone} of them undone at once");
    assert!(undone > 20, "{undone}");
}

#[test]
fn a_kill_at_any_step_is_recovered_even_when_recovery_is_killed() {
    if let Ok(step) = std::env::var(KILL_AT) {
        return die_at(step.parse().unwrap());
    }
    let [before, after] = before_and_after();
    let (mut kills, mut kills_of_recovery) = (0, 0);
    for at in 0.. {
        let dir = tree();
        if run_child(dir.path(), "write", at) {
            assert_eq!(snapshot(dir.path()), after);
            break;
        }
        kills += 1;
        // Each recovery gets one step further than the one before.
        for recover_at in 0.. {
            if run_child(dir.path(), "recover", recover_at) {
                break;
            }
            kills_of_recovery += 1;
        }
        let now = snapshot(dir.path());
        assert!(now == before || now == after, "step {at}: {now:#?}");
        assert!(!journal(dir.path()).exists());
    }
    println!("killed at {kills} steps, and {kills_of_recovery} times in recovery");
    assert!(kills > 30 && kills_of_recovery > kills);
}

/// Whether the child came through.
fn run_child(root: &Path, what: &str, at: usize) -> bool {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "write::tests::faults::a_kill_at_any_step_is_recovered_even_when_recovery_is_killed",
        ])
        .env(KILL_AT, at.to_string())
        .env(KILL_IN, what)
        .env(ROOT, root)
        .output()
        .unwrap()
        .status
        .success()
}

fn die_at(at: usize) {
    let root = PathBuf::from(std::env::var_os(ROOT).unwrap());
    let mut changes = 0;
    // A kill while the disk is waited for leaves what one at the next change leaves.
    let steps = Steps::watched(move |_, act| {
        if act == Act::Change && changes == at {
            std::process::abort();
        }
        changes += usize::from(act == Act::Change);
        Ok(())
    });
    match std::env::var(KILL_IN).unwrap().as_str() {
        "write" => write_all(&root, steps).map(drop).unwrap(),
        _ => recover_old(&root, steps).map(drop).unwrap(),
    }
}
