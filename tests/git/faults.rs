//! Every step of a whole run fails once and is killed once: files, index and HEAD are old or new.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use nixfix::git::{CommitOptions, Repo, Rescue};
use nixfix::path::RepoPath;
use nixfix::plan::FileChange;
use nixfix::write::{Act, Recovered, Steps, Transaction, Verdict, recover};

use crate::sandbox::*;

#[test]
fn the_way_back_restores_index_head_and_branch_unless_the_commit_stands() {
    let sandbox = sandbox();
    add_dirt(&sandbox);
    write_plan(&sandbox);
    let before = sandbox.exact_state();
    let repo = sandbox.repo();
    let mut note = String::new();
    let keep = |rescue: &Rescue, note: &mut String| {
        *note = rescue.to_note();
        Ok(())
    };
    // Killed after the index was written.
    repo.stage(&paths(&PLANNED), |rescue| keep(rescue, &mut note))
        .unwrap();
    assert_ne!(sandbox.exact_state(), before);
    for _ in 0..2 {
        assert_eq!(sandbox.repo().settle(&note).unwrap(), Verdict::Old);
        assert_eq!(sandbox.exact_state(), before);
    }
    // Killed after the branch was made, before it got the commit.
    let options = CommitOptions {
        branch: Some("new".into()),
        ..CommitOptions::default()
    };
    let refused = repo.commit(&paths(&PLANNED), "m", &options, |rescue| {
        keep(rescue, &mut note)?;
        anyhow::bail!("the disk is full")
    });
    assert_eq!(refused.unwrap_err().to_string(), "the disk is full");
    assert_eq!(sandbox.exact_state(), before);
    sandbox.git(&["branch", "new"]);
    sandbox.git(&["symbolic-ref", "HEAD", "refs/heads/new"]);
    repo.stage(&paths(&PLANNED), |_| Ok(())).unwrap();
    assert_eq!(sandbox.repo().settle(&note).unwrap(), Verdict::Old);
    let (refs, head, [status, cached, diff, ..]) = sandbox.exact_state();
    assert_eq!((refs, head), (before.0.clone(), before.1.clone()));
    assert_eq!(
        [&status, &cached, &diff],
        [&before.2[0], &before.2[1], &before.2[2]]
    );
    // Killed after the commit.
    repo.commit(&paths(&PLANNED), "m", &options, |rescue| {
        keep(rescue, &mut note)
    })
    .unwrap();
    let after = sandbox.exact_state();
    assert_eq!(sandbox.repo().settle(&note).unwrap(), Verdict::New);
    assert_eq!(sandbox.exact_state(), after);
}

/// Steps on the disk and in git without a fault.
fn sound() -> [Steps; 2] {
    failing(Rc::default(), usize::MAX)
}

/// The same, of which the one at `at` fails; `taken` counts over both.
fn failing(taken: Rc<Cell<usize>>, at: usize) -> [Steps; 2] {
    [taken.clone(), taken].map(|taken| {
        Steps::watched(move |_, _| match taken.replace(taken.get() + 1) == at {
            true => Err(std::io::Error::other("no space left")),
            false => Ok(()),
        })
    })
}

/// The same, where the process dies at the change `at`; while the disk is waited for it would leave the same.
fn deadly(at: usize) -> [Steps; 2] {
    let taken = Rc::new(Cell::new(0));
    [taken.clone(), taken].map(|taken| {
        Steps::watched(move |_, act| {
            if act == Act::Change && taken.replace(taken.get() + 1) == at {
                std::process::abort();
            }
            Ok(())
        })
    })
}

/// The whole run, as far as it can change anything: write, then commit on a branch or the current one, or only stage; or
/// have another program write a file before the commit.
fn write_and_commit(root: &Path, mode: &str, [disk, git]: [Steps; 2]) -> anyhow::Result<()> {
    let change = |path: &str, before: Option<&str>, after: Option<&str>| FileChange {
        path: RepoPath::new(path).unwrap(),
        before: before.map(Into::into),
        after: after.map(Into::into),
    };
    let changes = [
        change("flake.nix", Some("{ }\n"), Some("{ inputs }\n")),
        change("old/overlay.nix", Some("old\n"), None),
        change("profiles/cuda.nix", None, Some("cuda\n")),
    ];
    let repo = Repo::discover(root)?.watched(git);
    let mut applied = Transaction::prepare(root, &repo.journal(), &changes, disk)?.apply()?;
    if mode == "lock" {
        let file = RepoPath::new(".gitignore").unwrap();
        applied.watch(&file)?;
        fs::write(root.join(file.as_str()), "another's\n")?;
        applied.adopt(&file)?;
    }
    let written = applied.written();
    let mut seal = |rescue: &Rescue| applied.note(&rescue.to_note());
    if mode == "stage" {
        repo.stage(&written, &mut seal)?;
        return applied.finish();
    }
    let options = CommitOptions {
        branch: (mode == "branch").then(|| "new".into()),
        ..CommitOptions::default()
    };
    repo.commit(&written, "Add llama-cpp", &options, &mut seal)?;
    applied.finish()
}

fn recover_run(root: &Path, [disk, git]: [Steps; 2]) -> anyhow::Result<Option<Recovered>> {
    let repo = Repo::discover(root)?.watched(git);
    recover(root, &repo.journal(), disk, |note| repo.settle(note))
}

/// Files, index, HEAD and branches, but no times: the same for any two repositories in the same state.
fn whole_state(sandbox: &Sandbox) -> String {
    let mut files = Vec::new();
    let mut todo = vec![sandbox.root.clone()];
    while let Some(directory) = todo.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let full = entry.unwrap().path();
            if full.ends_with(".git") {
                continue;
            }
            if full.is_dir() {
                todo.push(full);
            } else {
                files.push(format!(
                    "{} {:?}",
                    full.display(),
                    fs::read_to_string(&full)
                ));
            }
        }
    }
    files.sort();
    [
        files.join("\n").replace(sandbox.root.to_str().unwrap(), ""),
        sandbox.git(&["ls-files", "-s"]),
        sandbox.git(&["status", "--porcelain"]),
        sandbox.git(&["log", "--all", "--topo-order", "--format=%D %T %s"]),
    ]
    .join("\n---\n")
}

/// A repository with dirt in it, to be copied.
fn dirty() -> Sandbox {
    let sandbox = sandbox();
    add_dirt(&sandbox);
    sandbox
}

fn old_and_new(dirty: &Sandbox, mode: &str) -> [String; 2] {
    let sandbox = dirty.copy();
    let old = whole_state(&sandbox);
    write_and_commit(&sandbox.root, mode, sound()).unwrap();
    assert_ne!(whole_state(&sandbox), old);
    [old, whole_state(&sandbox)]
}

#[test]
fn a_failure_at_any_step_leaves_files_index_and_head_old_or_new() {
    let dirty = dirty();
    let mut failures = 0;
    for mode in ["stage", "commit", "branch", "lock"] {
        let [old, new] = old_and_new(&dirty, mode);
        for at in 0.. {
            let sandbox = dirty.copy();
            let taken = Rc::new(Cell::new(0));
            let steps = failing(taken.clone(), at);
            let result = write_and_commit(&sandbox.root, mode, steps);
            if taken.get() <= at {
                result.unwrap();
                break;
            }
            recover_run(&sandbox.root, sound()).unwrap();
            let now = whole_state(&sandbox);
            assert!(
                now == old || now == new,
                "{mode} {at}: {now}\nis neither old nor new\n{new}"
            );
            // The commit may stand although a step after it failed, but never the other way round.
            assert!(result.is_err() || now == new, "{mode} {at}");
            sandbox.assert_sound();
            failures += 1;
        }
    }
    println!("{failures} steps failed once each");
    assert!(failures > 60, "{failures}");
}

#[test]
fn a_kill_at_any_step_leaves_files_index_and_head_old_or_new() {
    const TEST: &str = "faults::a_kill_at_any_step_leaves_files_index_and_head_old_or_new";
    if let Some(sandbox) = inside() {
        let argument = |name: &str| std::env::var(name).unwrap();
        let steps = deadly(argument("AT").parse().unwrap());
        match argument("MODE").as_str() {
            "recover" => drop(recover_run(&sandbox.root, steps).unwrap()),
            mode => write_and_commit(&sandbox.root, mode, steps).unwrap(),
        }
        return;
    }
    let run = |sandbox: &Sandbox, mode: &str, at: usize| {
        let environment = [("MODE", mode), ("AT", &at.to_string())];
        run_again(TEST, &sandbox.root, &environment)
            .status
            .success()
    };
    let dirty = dirty();
    let (mut kills, mut kills_of_recovery) = (0, 0);
    for mode in ["stage", "commit", "branch", "lock"] {
        let [old, new] = old_and_new(&dirty, mode);
        for at in 0.. {
            let sandbox = dirty.copy();
            if run(&sandbox, mode, at) {
                break;
            }
            kills += 1;
            // Each recovery gets one step further than the one before.
            kills_of_recovery += (0..)
                .take_while(|at| !run(&sandbox, "recover", *at))
                .count();
            let now = whole_state(&sandbox);
            assert!(
                now == old || now == new,
                "{mode} {at}: {now}\nis neither old nor new\n{new}"
            );
            sandbox.assert_sound();
        }
    }
    println!("killed at {kills} steps, and {kills_of_recovery} times in recovery");
    assert!(kills > 60 && kills_of_recovery > kills);
}
