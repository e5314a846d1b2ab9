//! The patch: the exact bytes that `git apply` takes, for other programs. Never coloured, never made safe for the eye.

use crate::plan::FileChange;
use crate::report::header::header_lines;
use crate::report::hunks::{Hunk, hunks};

/// What git says below a last line that has no line feed.
pub(super) const NO_FINAL_NEWLINE: &str = "\\ No newline at end of file";

/// All of `changes` as one patch, to be applied at the root of the repository.
pub fn patch(changes: &[FileChange]) -> String {
    let mut out = String::new();
    for change in changes
        .iter()
        .filter(|change| change.before != change.after)
    {
        let hunks = hunks(change);
        for line in header_lines(change, !hunks.is_empty()) {
            out.push_str(&line);
            out.push('\n');
        }
        for hunk in &hunks {
            add_hunk(&mut out, hunk);
        }
    }
    out
}

fn add_hunk(out: &mut String, hunk: &Hunk<'_>) {
    out.push_str(&hunk.place());
    if let Some(heading) = &hunk.heading {
        out.push(' ');
        out.push_str(heading);
    }
    out.push('\n');
    for line in &hunk.lines {
        out.push(line.sign.symbol());
        out.push_str(line.text);
        if !line.text.ends_with('\n') {
            out.push('\n');
            out.push_str(NO_FINAL_NEWLINE);
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;
    use std::process::Command;
    use std::rc::Rc;

    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::path::RepoPath;

    fn change(path: &str, before: Option<&str>, after: Option<&str>) -> FileChange {
        FileChange {
            path: RepoPath::new(path).unwrap(),
            before: before.map(Rc::from),
            after: after.map(Rc::from),
        }
    }

    type Files = BTreeMap<String, String>;

    fn files(changes: &[FileChange], side: fn(&FileChange) -> &Option<Rc<str>>) -> Files {
        let texts = changes.iter().filter_map(|change| {
            Some((change.path.to_string(), side(change).as_ref()?.to_string()))
        });
        texts.collect()
    }

    /// The files below `dir`, in which the real git applied `patch` to the files of `before`.
    fn apply(before: &Files, patch: &str) -> Files {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in before {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let patch_file = tempfile::NamedTempFile::new().unwrap();
        fs::write(patch_file.path(), patch).unwrap();
        let git = Command::new("git")
            .arg("apply")
            .arg(patch_file.path())
            .current_dir(dir.path())
            // Outside of any repository, so that no configuration has a say.
            .env("GIT_CEILING_DIRECTORIES", dir.path().parent().unwrap())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(
            git.status.success(),
            "{}\n{patch}",
            String::from_utf8_lossy(&git.stderr)
        );
        let mut after = Files::new();
        read_into(&mut after, dir.path(), dir.path());
        after
    }

    fn read_into(files: &mut Files, root: &Path, dir: &Path) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read_into(files, root, &path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_string();
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }

    fn check(changes: &[FileChange]) {
        let applied = apply(&files(changes, |change| &change.before), &patch(changes));
        assert_eq!(applied, files(changes, |change| &change.after));
    }

    #[test]
    fn git_applies_every_kind_of_change() {
        check(&[
            change("changed", Some("a\nb\nc\n"), Some("a\nB\nc\n")),
            change("created/deep/down", None, Some("new\n")),
            change("created-empty", None, Some("")),
            change("created-unended", None, Some("new")),
            change("crlf", Some("a\r\nb\r\n"), Some("a\r\nx\r\nb\r\n")),
            change("crlf-to-lf", Some("a\r\nb\r\n"), Some("a\nb\r\n")),
            change("deleted", Some("old\n"), None),
            change("deleted-empty", Some(""), None),
            change("deleted-unended", Some("old"), None),
            change("emptied", Some("old\n"), Some("")),
            change("ended", Some("a\nb"), Some("a\nb\n")),
            change("filled", Some(""), Some("a\n")),
            change("lone-cr", Some("a\rb\n"), Some("a\rc\n")),
            change("unchanged", Some("a\n"), Some("a\n")),
            change("unended", Some("a\nb\n"), Some("a\nb")),
            change("unended-both", Some("a\nb"), Some("x\nb")),
        ]);
    }

    #[test]
    fn git_applies_to_files_of_any_name() {
        for name in [
            "with blank",
            " lead",
            "trail ",
            "say \"hi\"",
            "back\\slash",
            "tab\there",
            "line\nfeed",
            "naïve/漢",
            "\x1b[31m",
            "a b/b a",
        ] {
            check(&[
                change(&format!("{name}1"), Some("a\n"), Some("b\n")),
                change(&format!("{name}2"), None, Some("a\n")),
                change(&format!("{name}3"), Some("a\n"), None),
                change(&format!("{name}4"), None, Some("")),
                change(&format!("{name}5"), Some(""), None),
            ]);
        }
    }

    /// A text whose lines repeat often, so that changes can be cut in many places.
    fn text() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec![
            "{\n",
            "};\n",
            "\n",
            "  a\n",
            "  b = {\n",
            "c\r\n",
            "\r",
            "é\n",
        ]);
        let lines = prop::collection::vec(line, 0..24).prop_map(|lines| lines.concat());
        (lines, prop::sample::select(vec!["", "", "end"])).prop_map(|(lines, end)| lines + end)
    }

    #[test]
    fn git_applies_any_change_of_text() {
        let mut runner = TestRunner::deterministic();
        for _ in 0..4 {
            let pairs = prop::collection::vec((text(), text()), 60)
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let named = pairs.iter().enumerate();
            let changes = named.map(|(nth, (before, after))| {
                change(&format!("{nth:02}"), Some(before), Some(after))
            });
            check(&changes.collect::<Vec<_>>());
        }
    }
}
