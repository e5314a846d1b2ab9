//! What is asked of every case, step by step.

use crate::case::Case;
use crate::compare::{changed_paths, difference, is_subsequence, tree_difference};
use crate::repo::{Files, Repo, Said};
use crate::schema::Schema;

/// Runs a case; what came out wrong. Blessing writes down the result and still checks all that needs no expectation.
pub fn run(case: &Case, bless: bool) -> Vec<String> {
    let repo = Repo::new(&case.before);
    let mut run = Run {
        case,
        repo,
        wrong: Vec::new(),
    };
    let output = run.dry_run();
    let planned = run.planned_paths();
    let patch = run
        .nixfix(&["apply", "--dry-run", "--format", "patch"])
        .stdout;
    run.check("before", case.pending_code(bless));
    let after = run.apply(&planned);
    run.expect_patch(&patch, &after);
    run.apply_again(&after);
    run.check("after", case.spec.exit);
    if bless {
        case.bless(&output, &after);
    } else {
        run.compare(&output, &after);
    }
    run.wrong
}

struct Run<'a> {
    case: &'a Case,
    repo: Repo,
    wrong: Vec<String>,
}

impl Case {
    /// The exit code of `check` before anything was done; none where it is not known yet.
    fn pending_code(&self, bless: bool) -> Option<i32> {
        match (self.spec.exit, &self.after) {
            (0, _) if bless => None,
            (0, Some(_)) => Some(1),
            (code, _) => Some(code),
        }
    }

    fn is_refused(&self) -> bool {
        self.spec.exit != 0
    }
}

impl Run<'_> {
    fn dry_run(&mut self) -> String {
        let said = self.nixfix(&["apply", "--dry-run"]);
        self.expect_code("apply --dry-run", &said, self.case.spec.exit);
        self.expect_untouched("apply --dry-run");
        format!("{}--- stderr\n{}", said.stdout, said.stderr)
    }

    /// The files that the plan names; a refused one names none.
    fn planned_paths(&mut self) -> Vec<String> {
        let said = self.nixfix(&["apply", "--dry-run", "--format", "json"]);
        self.expect_schema("apply", &said);
        let shown = self
            .repo
            .nixfix(&["show", "--format", "json"], &self.case.spec.flake, &[]);
        self.expect_schema("show", &shown);
        let Ok(plan) = serde_json::from_str::<serde_json::Value>(&said.stdout) else {
            self.wrong.push(format!(
                "`--format json` printed no JSON: {}\n{}",
                said.stdout, said.stderr
            ));
            return Vec::new();
        };
        let files = plan["files"].as_array().into_iter().flatten();
        let mut paths: Vec<String> = files
            .filter_map(|file| file["path"].as_str())
            .map(str::to_string)
            .collect();
        paths.sort();
        paths
    }

    fn expect_schema(&mut self, command: &str, said: &Said) {
        let problems = Schema::read("plan").problems(&said.stdout);
        let of = |problem: &String| format!("`{command} --format json`: {problem}");
        self.wrong.extend(problems.iter().map(of));
    }

    /// The patch, applied by git, gives what `apply` does.
    fn expect_patch(&mut self, patch: &str, after: &Files) {
        let patched = Repo::new(&self.case.before).patched(patch);
        if let Some(difference) = tree_difference(after, &patched) {
            let message = format!("git makes something else of the patch:\n{difference}");
            self.wrong.push(message);
        }
    }

    fn check(&mut self, when: &str, code: impl Into<Option<i32>>) {
        let said = self.nixfix(&["check"]);
        if let Some(code) = code.into() {
            self.expect_code(&format!("check {when}"), &said, code);
        }
    }

    fn apply(&mut self, planned: &[String]) -> Files {
        let said = self.nixfix(&["apply"]);
        self.expect_code("apply", &said, self.case.spec.exit);
        let after = self.repo.files();
        let changed = changed_paths(&self.case.before, &after);
        if self.case.is_refused() {
            self.expect(
                "the files that a refusal changes",
                &[] as &[String],
                &changed,
            );
        } else {
            self.expect("the planned files", planned, &changed);
            self.expect_survival(&after);
        }
        let commits = if changed.is_empty() { 1 } else { 2 };
        self.expect_commits("apply", commits);
        if commits == 2 {
            let names = self
                .repo
                .git(&["diff", "--name-only", "--no-renames", "HEAD~1", "HEAD"]);
            let mut committed: Vec<String> = names.lines().map(str::to_string).collect();
            committed.sort();
            self.expect("the committed files", planned, &committed);
        }
        after
    }

    fn apply_again(&mut self, after: &Files) {
        let commits = self.commits();
        let said = self.nixfix(&["apply"]);
        self.expect_code("the second apply", &said, self.case.spec.exit);
        if !self.case.is_refused()
            && !format!("{}{}", said.stdout, said.stderr).contains("nothing to do")
        {
            self.wrong.push(format!(
                "the second apply does not say `nothing to do`:\n{}{}",
                said.stdout, said.stderr
            ));
        }
        if let Some(difference) = tree_difference(after, &self.repo.files()) {
            self.wrong
                .push(format!("the second apply changed something:\n{difference}"));
        }
        self.expect_commits("the second apply", commits);
    }

    fn compare(&mut self, output: &str, after: &Files) {
        self.wrong.extend(difference(
            "output.txt",
            self.case.output.as_bytes(),
            output.as_bytes(),
        ));
        let expected = self.case.after.as_ref().unwrap_or(&self.case.before);
        self.wrong.extend(tree_difference(expected, after));
    }

    fn nixfix(&self, command: &[&str]) -> Said {
        self.repo
            .nixfix(command, &self.case.spec.flake, &self.case.spec.args)
    }

    fn commits(&self) -> usize {
        self.repo.git(&["rev-list", "HEAD"]).lines().count()
    }

    fn expect_code(&mut self, what: &str, said: &Said, code: i32) {
        if said.code != code {
            self.wrong.push(format!(
                "`{what}` exits with {}, expected {code}:\n{}",
                said.code, said.stderr
            ));
        }
    }

    fn expect(&mut self, what: &str, expected: &[String], found: &[String]) {
        if expected != found {
            self.wrong
                .push(format!("{what}: expected {expected:?}, found {found:?}"));
        }
    }

    fn expect_untouched(&mut self, what: &str) {
        if let Some(difference) = tree_difference(&self.case.before, &self.repo.files()) {
            self.wrong
                .push(format!("`{what}` touched the disk:\n{difference}"));
        }
    }

    /// One commit more than before, or none, and nothing left over.
    fn expect_commits(&mut self, what: &str, commits: usize) {
        let found = self.commits();
        if found != commits {
            self.wrong
                .push(format!("after {what}: {found} commits, expected {commits}"));
        }
        let status = self.repo.git(&["status", "--porcelain"]);
        if !status.is_empty() {
            self.wrong
                .push(format!("after {what}, `git status` says:\n{status}"));
        }
    }

    /// Where no file goes, nothing is removed anywhere: every byte of the user's is still there, in its order.
    fn expect_survival(&mut self, after: &Files) {
        if self
            .case
            .before
            .keys()
            .any(|path| !after.contains_key(path))
        {
            return;
        }
        for (path, text) in &self.case.before {
            if !is_subsequence(text, &after[path]) {
                self.wrong
                    .push(format!("{path}: bytes of the user's are gone"));
            }
        }
    }
}
