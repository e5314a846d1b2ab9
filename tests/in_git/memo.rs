//! `check` remembers what it said of a clean flake, and says it again only while nothing has changed that it looked at.

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
        files.retain(|file| file.to_string_lossy().contains("check-"));
        files
    }

    /// Marks what is remembered, so that it can be told from what is made out anew.
    fn mark(&self) {
        let memos = self.memos();
        assert_eq!(memos.len(), 1, "{memos:?}");
        let text = fs::read_to_string(&memos[0]).unwrap();
        assert!(text.contains("nothing to do"), "{text}");
        fs::write(&memos[0], text.replace("nothing to do", MARK)).unwrap();
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
    // What is pending is never remembered.
    sandbox.add_host();
    sandbox.git(&["add", "--all"]);
    sandbox.nixfix(&CHECK).expect(1, &["boron"]);
    sandbox.nixfix(&CHECK).expect(1, &["boron"]);
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
}
