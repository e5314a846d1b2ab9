//! Every step of a whole run fails once and is killed once: files, index and HEAD are old or new.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use nixfix::git::{CommitOptions, Repo, Rescue};
use nixfix::path::RepoPath;
use nixfix::plan::FileChange;
use nixfix::write::{Recovered, Steps, Transaction, Verdict, recover};

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

/// One counter over the steps on the disk and in git; `fault` is what happens at step `at`.
fn counted(at: usize, fault: fn() -> std::io::Result<()>) -> [Steps; 2] {
    let taken = Rc::new(Cell::new(0));
    [taken.clone(), taken].map(|taken| {
        Steps::watched(move |_| {
            let step = taken.replace(taken.get() + 1);
            if step == at { fault() } else { Ok(()) }
        })
    })
}

/// The whole run, as far as it can change anything: write, then commit on a branch or the current one, or only stage.
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

fn old_and_new(mode: &str) -> [String; 2] {
    let sandbox = sandbox();
    add_dirt(&sandbox);
    let old = whole_state(&sandbox);
    write_and_commit(&sandbox.root, mode, counted(usize::MAX, || Ok(()))).unwrap();
    assert_ne!(whole_state(&sandbox), old);
    [old, whole_state(&sandbox)]
}

#[test]
fn a_failure_at_any_step_leaves_files_index_and_head_old_or_new() {
    let mut failures = 0;
    for mode in ["stage", "commit", "branch"] {
        let [old, new] = old_and_new(mode);
        for at in 0.. {
            let sandbox = sandbox();
            add_dirt(&sandbox);
            let fault = || Err(std::io::Error::other("no space left"));
            let result = write_and_commit(&sandbox.root, mode, counted(at, fault));
            let never = counted(usize::MAX, || Ok(()));
            recover_run(&sandbox.root, never).unwrap();
            let now = whole_state(&sandbox);
            assert!(
                now == old || now == new,
                "{mode} {at}: {now}\nis neither old nor new\n{new}"
            );
            sandbox.assert_sound();
            if result.is_ok() {
                break;
            }
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
        let steps = counted(argument("AT").parse().unwrap(), || std::process::abort());
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
    let (mut kills, mut kills_of_recovery) = (0, 0);
    for mode in ["stage", "commit", "branch"] {
        let [old, new] = old_and_new(mode);
        for at in 0.. {
            let sandbox = sandbox();
            add_dirt(&sandbox);
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
