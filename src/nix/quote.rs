//! Names as Nix reads them: in a string of an expression, and in the fragment of a flake reference.

use std::fmt::Write;

/// `text` as a Nix string.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' | '$' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out + "\""
}

/// `texts` as a Nix list of strings.
pub(super) fn list(texts: &[String]) -> String {
    let strings: Vec<String> = texts.iter().map(|text| string(text)).collect();
    format!("[ {} ]", strings.join(" "))
}

/// The attribute path of `parts` for the fragment of a flake reference; `None` where Nix has no way to write it.
///
/// There, a name in quotes knows no escapes, and all that is not plain is percent-encoded.
pub(super) fn fragment(parts: &[&str]) -> Option<String> {
    if parts.iter().any(|part| part.contains(['"', '\0'])) {
        return None;
    }
    let mut out = String::new();
    for (nth, part) in parts.iter().enumerate() {
        if nth > 0 {
            out.push('.');
        }
        if is_plain(part) {
            out.push_str(part);
        } else {
            out.push_str("%22");
            part.bytes()
                .for_each(|byte| write!(out, "%{byte:02X}").expect("a String takes every write"));
            out.push_str("%22");
        }
    }
    Some(out)
}

fn is_plain(part: &str) -> bool {
    !part.is_empty()
        && part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_escape_what_nix_would_read_otherwise() {
        assert_eq!(string("carbon"), r#""carbon""#);
        assert_eq!(string("a\"b\\c${d}\n"), r#""a\"b\\c\${d}\n""#);
        assert_eq!(list(&["a".to_string(), "b".to_string()]), r#"[ "a" "b" ]"#);
    }

    #[test]
    fn fragments_quote_and_encode_what_is_not_plain() {
        for (parts, expected) in [
            (
                &["nixosConfigurations", "carbon", "pkgs"][..],
                Some("nixosConfigurations.carbon.pkgs"),
            ),
            (
                &["a", "web.example"],
                Some("a.%22%77%65%62%2E%65%78%61%6D%70%6C%65%22"),
            ),
            (&["é"], Some("%22%C3%A9%22")),
            (&["a\"b"], None),
        ] {
            assert_eq!(fragment(parts).as_deref(), expected);
        }
    }
}
