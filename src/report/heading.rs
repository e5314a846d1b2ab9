//! The heading of a hunk: the attribute path of the bindings that enclose it, as far as they are too far above to be seen
//! in the hunk. It names the host that a hunk is about.

/// Longest heading in characters, as git has it.
const LONGEST: usize = 80;

/// The path to line `changed_at` of the bindings above line `hunk_start` that enclose `changed`, a line to be found there:
/// `nixosConfigurations.carbon.modules`.
///
/// A line encloses another if it stands above and is indented less than everything between the two.
pub(super) fn heading(
    lines: &[&str],
    hunk_start: usize,
    changed_at: usize,
    changed: &str,
) -> Option<String> {
    let mut limit = indentation(changed);
    let mut path: Vec<&str> = Vec::new();
    for at in (0..changed_at).rev() {
        let line = lines[at];
        if line.trim().is_empty() || indentation(line) >= limit {
            continue;
        }
        limit = indentation(line) + usize::from(continues(line));
        if at < hunk_start {
            path.extend(opened_binding(line));
        }
    }
    path.reverse();
    // Everything but the inputs is an output, and git would have said nothing of it.
    if let ["outputs", _, ..] = path[..] {
        path.remove(0);
    }
    (!path.is_empty()).then(|| shorten(&path.join(".")))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Whether `line` belongs to a binding that began above it at the same indentation, as `in {` and `} @ inputs: let` do.
fn continues(line: &str) -> bool {
    let line = line.trim();
    line == "in" || line.starts_with("in ") || line.starts_with(['}', ']', ')'])
}

/// The attribute path of the binding that `line` begins and that goes on below it: `inputs` of `inputs = {`.
fn opened_binding(line: &str) -> Option<&str> {
    let (attrpath, value) = line.split_once('=')?;
    let attrpath = attrpath.trim();
    let named = !attrpath.is_empty()
        && attrpath
            .chars()
            .all(|c| c.is_alphanumeric() || "_-'.\"${}/@:".contains(c));
    let goes_on = !value.starts_with('=') && !value.trim_end().ends_with(';');
    (named && goes_on).then_some(attrpath)
}

/// The end of a long path tells more than its beginning.
fn shorten(path: &str) -> String {
    let count = path.chars().count();
    if count <= LONGEST {
        return path.to_string();
    }
    let end: String = path.chars().skip(count + 3 - LONGEST).collect();
    format!("...{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAKE: &str = "{
  inputs = {
    a.url = 1;
    nixpkgs.url = 2;
  };
  outputs = { self, ... }@inputs: let
    x = 1;
  in {
    nixosConfigurations.carbon = lib.nixosSystem {
      system = 3;
      # half = {
      modules = [ ];
    };
  };
}";

    #[test]
    fn names_the_nearest_enclosing_binding_above_the_hunk() {
        let lines: Vec<_> = FLAKE.split_inclusive('\n').collect();
        let inputs = Some("inputs");
        let outputs = Some("outputs");
        let carbon = Some("nixosConfigurations.carbon");
        for (hunk_start, changed_at, expected) in [
            (3, 3, inputs),
            (1, 3, None), // the binding is in the hunk
            (4, 5, None), // a sibling is no heading
            (6, 6, outputs),
            (7, 8, outputs),  // through its `in`
            (11, 11, carbon), // neither the comment nor the sibling
            (9, 11, carbon),
            (0, 0, None),
        ] {
            let found = heading(&lines, hunk_start, changed_at, lines[changed_at]);
            assert_eq!(
                found.as_deref(),
                expected,
                "hunk at {hunk_start}, change at {changed_at}"
            );
        }
    }

    #[test]
    fn a_long_path_keeps_its_end() {
        let path = format!("{}.modules", "x".repeat(90));
        let short = shorten(&path);
        assert_eq!(short.chars().count(), LONGEST);
        assert!(
            short.starts_with("...x") && short.ends_with("x.modules"),
            "{short}"
        );
    }
}
