//! The heading of a hunk: the binding that encloses it, where that is too far above to be seen in the hunk.

/// Longest heading in characters, as git has it.
const LONGEST: usize = 80;

/// The nearest binding above line `hunk_start` that encloses `changed`, a line to be found at `changed_at`.
///
/// A line encloses another if it stands above and is indented less than everything between the two.
pub(super) fn heading<'a>(
    lines: &[&'a str],
    hunk_start: usize,
    changed_at: usize,
    changed: &str,
) -> Option<&'a str> {
    let mut limit = indentation(changed);
    for at in (0..changed_at).rev() {
        let line = lines[at];
        if line.trim().is_empty() || indentation(line) >= limit {
            continue;
        }
        limit = indentation(line) + usize::from(continues(line));
        if at < hunk_start && opens_binding(line) {
            return Some(shorten(line.trim_end()));
        }
    }
    None
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Whether `line` belongs to a binding that began above it at the same indentation, as `in {` and `} @ inputs: let` do.
fn continues(line: &str) -> bool {
    let line = line.trim();
    line == "in" || line.starts_with("in ") || line.starts_with(['}', ']', ')'])
}

/// Whether `line` begins a binding that goes on below it, such as `inputs = {`.
fn opens_binding(line: &str) -> bool {
    let Some((attrpath, value)) = line.split_once('=') else {
        return false;
    };
    let attrpath = attrpath.trim();
    let named = !attrpath.is_empty()
        && attrpath
            .chars()
            .all(|c| c.is_alphanumeric() || "_-'.\"${}/@:".contains(c));
    named && !value.starts_with('=') && !value.trim_end().ends_with(';')
}

fn shorten(line: &str) -> &str {
    line.char_indices()
        .nth(LONGEST)
        .map_or(line, |(end, _)| line[..end].trim_end())
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
        let inputs = Some("  inputs = {");
        let outputs = Some("  outputs = { self, ... }@inputs: let");
        let carbon = Some("    nixosConfigurations.carbon = lib.nixosSystem {");
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
                found, expected,
                "hunk at {hunk_start}, change at {changed_at}"
            );
        }
    }
}
