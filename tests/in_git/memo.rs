//! What was said of a plan is remembered, and said again only while nothing has changed that was looked at.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use crate::sandbox::*;

const CHECK: [&str; 2] = ["check", "--staged"];
/// What a memo says once it is marked, and a run that looks again never does.
const MARK: &str = "as remembered";

impl Sandbox {
    fn memos(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.root().join(".git/nixfix")).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.to_string_lossy().contains("plan-"));
        files
    }

    /// Marks what is remembered, so that it can be told from what is made out anew.
    fn mark(&self) {
        self.mark_words("nothing to do");
    }

    /// The same of words that are remembered.
    fn mark_words(&self, words: &str) {
        let memos = self.memos();
        assert_eq!(memos.len(), 1, "{memos:?}");
        let text = fs::read_to_string(&memos[0]).unwrap();
        assert!(text.contains(words), "{text}");
        fs::write(&memos[0], text.replace(words, MARK)).unwrap();
    }
}

#[test]
fn what_is_staged_is_looked_at_again_only_after_a_change_that_counts() {
    let sandbox = Sandbox::new();
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.mark();
    sandbox.nixfix(&CHECK).expect(0, &[MARK]);
    // A file that is not read, of a name that was there before: nobody's business.
    sandbox.write("README.md", "one\n");
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.mark();
    sandbox.write("README.md", "two\n");
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(0, &[MARK]);
    // What is not staged is not looked at.
    sandbox.write("machines/carbon.nix", "{ }\n");
    sandbox.nixfix(&CHECK).expect(0, &[MARK]);
    sandbox.git(&["restore", "machines/carbon.nix"]);
    // A file that is read, another name, another command line, another recipe.
    let machine = sandbox.read("machines/carbon.nix");
    sandbox.write("machines/carbon.nix", &format!("{machine}# a comment\n"));
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.mark();
    sandbox.write("new.nix", "{ }\n");
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.mark();
    sandbox
        .nixfix(&["check", "--staged", "--skip", "remove-overlay"])
        .expect(0, &["nothing to do"]);
    fs::remove_file(sandbox.memos().pop().unwrap()).unwrap();
    fs::remove_file(sandbox.memos().pop().unwrap()).unwrap();
    sandbox.write("nixfix.toml", "version = 1\n");
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    sandbox.mark();
    sandbox.write("nixfix.toml", "version = 1 # the first\n");
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
}

#[test]
fn what_is_pending_is_remembered_with_its_diff_and_never_written() {
    let sandbox = Sandbox::new();
    sandbox.add_host();
    sandbox.git(&["add", "--all"]);
    sandbox
        .nixfix(&CHECK)
        .expect(1, &["boron", "+++ b/flake.nix"]);
    sandbox.mark_words("+++ b/flake.nix");
    sandbox.nixfix(&CHECK).expect(1, &["boron", MARK]);
    // Only what people read is remembered.
    let patch = sandbox.nixfix(&["check", "--staged", "--format", "patch"]);
    patch.expect(1, &["+++ b/flake.nix"]);
    sandbox.commit_all("a host");
    sandbox.nixfix(&CHECK).expect(1, &["boron", MARK]);
    sandbox.nixfix(&["apply"]).expect(0, &["+++ b/flake.nix"]);
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
}

#[test]
fn a_dry_run_and_check_say_the_same_of_the_same_files() {
    let sandbox = Sandbox::old();
    sleep(Duration::from_millis(2100));
    let dry_run = ["apply", "--dry-run"];
    let first = sandbox.nixfix(&dry_run);
    first.expect(0, &["+++ b/flake.nix"]);
    assert_eq!(sandbox.nixfix(&dry_run).text, first.text);
    sandbox.mark_words("+++ b/flake.nix");
    sandbox.nixfix(&dry_run).expect(0, &[MARK]);
    sandbox.nixfix(&["check"]).expect(1, &[MARK]);
    let quiet = sandbox.nixfix(&["apply", "--dry-run", "--quiet"]);
    quiet.expect(0, &[MARK]);
    assert!(quiet.text.starts_with("diff "), "{}", quiet.text);
    // Colours are another thing to say, and so is more of it.
    let colored = sandbox.nixfix(&["--color", "always", "apply", "--dry-run"]);
    assert!(!colored.text.contains(MARK) && colored.text.contains('\x1b'));
    let verbose = sandbox.nixfix(&["apply", "--dry-run", "-v"]);
    assert!(!verbose.text.contains(MARK), "{}", verbose.text);
    sandbox.nixfix(&["apply"]).expect(0, &["+++ b/flake.nix"]);
    sandbox.nixfix(&dry_run).expect(0, &["nothing to do"]);
}

#[test]
fn a_refusal_is_remembered_as_one() {
    let sandbox = Sandbox::old();
    sandbox.write("machines/carbon.nix", "{ pkgs }: if\n");
    sandbox.git(&["add", "--all"]);
    let first = sandbox.nixfix(&CHECK);
    first.expect(2, &["refused"]);
    sandbox.mark_words("refused");
    sandbox.nixfix(&CHECK).expect(2, &[MARK]);
    sandbox.write("machines/carbon.nix", MACHINE);
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(1, &["+++ b/flake.nix"]);
}

#[test]
fn a_file_that_was_only_searched_counts_as_well() {
    let sandbox = Sandbox::old();
    sandbox.write("shell.nix", "{ pkgs }: pkgs.hello\n");
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(1, &["+++ b/flake.nix"]);
    sandbox.mark_words("+++ b/flake.nix");
    sandbox.nixfix(&CHECK).expect(1, &[MARK]);
    let other = "{ pkgs }: pkgs.llama-cpp-rocm\n";
    sandbox.write("shell.nix", other);
    sandbox.git(&["add", "--all"]);
    let anew = sandbox.nixfix(&CHECK);
    anew.expect(1, &["+++ b/flake.nix"]);
    assert!(!anew.text.contains(MARK), "{}", anew.text);
}

#[test]
fn a_path_on_the_command_line_is_one_from_here() {
    let sandbox = Sandbox::old();
    for file in ["old.nix", "machines/old.nix"] {
        sandbox.write(file, "_: _: { }\n");
    }
    sandbox.git(&["add", "--all"]);
    let remove = ["check", "--staged", "--remove", "old.nix"];
    let at_root = sandbox.nixfix(&remove);
    at_root.expect(1, &["--- a/old.nix"]);
    let below = sandbox.nixfix_in(&sandbox.root().join("machines"), &remove);
    below.expect(1, &["--- a/machines/old.nix"]);
}

#[test]
fn a_file_on_the_disk_is_trusted_once_it_was_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.nixfix(&["check"]).expect(0, &["nothing to do"]);
    assert_eq!(sandbox.memos(), Vec::<PathBuf>::new(), "all is too young");
    sleep(Duration::from_millis(2100));
    sandbox.nixfix(&["check"]).expect(0, &["nothing to do"]);
    sandbox.mark();
    sandbox.nixfix(&["check"]).expect(0, &[MARK]);
    // Neither the size nor the time of the text gives it away.
    let file = sandbox.root().join("flake.nix");
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    let text = sandbox.read("flake.nix");
    let other = text.replace("carbon = ", "carbon= ");
    assert_eq!(other.len() + 1, text.len());
    fs::write(&file, other + " ").unwrap();
    let opened = fs::File::options().write(true).open(&file).unwrap();
    opened.set_modified(time).unwrap();
    sandbox.nixfix(&["check"]).expect(0, &["nothing to do"]);
}

#[test]
fn a_memo_that_cannot_be_kept_or_read_costs_nothing_but_time() {
    let sandbox = Sandbox::new();
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    let memo = sandbox.memos().pop().unwrap();
    for damaged in ["", "{}", "{\"key\":1}", "\0"] {
        fs::write(&memo, damaged).unwrap();
        sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    }
    fs::remove_file(&memo).unwrap();
    fs::create_dir(&memo).unwrap();
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
    fs::remove_dir(&memo).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&memo).status();
    assert!(made.unwrap().success());
    sandbox.nixfix(&CHECK).expect(0, &["nothing to do"]);
}
