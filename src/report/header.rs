//! The header lines of a file in a diff, and file names as git writes them.

use crate::plan::FileChange;

/// What a change does to its file, with git's words for the two that need some.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Create,
    Delete,
    Modify,
}

impl Kind {
    pub(super) fn of(change: &FileChange) -> Kind {
        match (&change.before, &change.after) {
            (None, _) => Kind::Create,
            (_, None) => Kind::Delete,
            _ => Kind::Modify,
        }
    }

    /// The word for people and scripts.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Create => "create",
            Kind::Delete => "delete",
            Kind::Modify => "modify",
        }
    }
}

/// The header lines of `change`, without line feeds.
pub(super) fn header_lines(change: &FileChange, has_hunks: bool) -> Vec<String> {
    let kind = Kind::of(change);
    let (old, new) = (
        quote("a/", change.path.as_str()),
        quote("b/", change.path.as_str()),
    );
    let mut lines = vec![format!("diff --git {old} {new}")];
    match kind {
        // Nix sources are plain files; git only warns when a deleted one was executable.
        Kind::Create => lines.push("new file mode 100644".to_string()),
        Kind::Delete => lines.push("deleted file mode 100644".to_string()),
        Kind::Modify => {}
    }
    if has_hunks {
        lines.push(if kind == Kind::Create {
            "--- /dev/null".to_string()
        } else {
            format!("--- {}", end_name(old))
        });
        lines.push(if kind == Kind::Delete {
            "+++ /dev/null".to_string()
        } else {
            format!("+++ {}", end_name(new))
        });
    }
    lines
}

/// `path` after `prefix`, in C's quotes if git would quote it under its default `core.quotePath`.
pub(super) fn quote(prefix: &str, path: &str) -> String {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if path.as_bytes().iter().all(is_plain) {
        return format!("{prefix}{path}");
    }
    let mut out = format!("\"{prefix}");
    for byte in path.bytes() {
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\x07' => out.push_str("\\a"),
            b'\x08' => out.push_str("\\b"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\x0b' => out.push_str("\\v"),
            b'\x0c' => out.push_str("\\f"),
            b'\r' => out.push_str("\\r"),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push('"');
    out
}

/// A name with a blank is ended by a tab, else whoever applies the patch would look for a date after the blank.
fn end_name(name: String) -> String {
    if name.contains(' ') {
        name + "\t"
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_git_quotes_them() {
        for (path, quoted) in [
            ("x/y.nix", "a/x/y.nix"),
            ("a b.nix", "a/a b.nix"),
            ("say \"hi\"", "\"a/say \\\"hi\\\"\""),
            ("back\\slash", "\"a/back\\\\slash\""),
            ("é", "\"a/\\303\\251\""),
            ("\x1b\n", "\"a/\\033\\n\""),
        ] {
            assert_eq!(quote("a/", path), quoted);
        }
    }
}
