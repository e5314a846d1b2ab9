//! Finding every place of the repository that names a file.

use std::ops::Range;
use std::rc::Rc;

use rnix::ast::{self, InterpolPart};
use rowan::ast::AstNode;

use crate::path::RepoPath;
use crate::syntax::range_of;
use crate::tree::{File, Tree};

/// A place that names a file.
pub struct Reference {
    /// The file it stands in.
    pub file: Rc<File>,
    /// Where.
    pub range: Range<usize>,
    /// The path literal; `None` where the name stands in a string or is put together.
    pub path: Option<ast::Expr>,
}

/// Every place in the repository's Nix files that names `target`, other than in comments. A file that is no valid Nix
/// but contains the name counts as one place.
pub fn references(tree: &Tree, target: &RepoPath) -> Vec<Reference> {
    let mut found = Vec::new();
    let name = if target.name() == "default.nix" {
        target.parent()
    } else {
        Some(target.clone())
    };
    let Some(name) = name.filter(|name| !name.is_root()) else {
        return found;
    };
    for path in tree.nix_files().filter(|path| *path != target) {
        let Ok(file) = tree.file(path) else { continue };
        if file.text.contains(name.stem()) {
            references_in(&file, target, &name, &mut found);
        }
    }
    found
}

fn references_in(file: &Rc<File>, target: &RepoPath, name: &RepoPath, found: &mut Vec<Reference>) {
    let Ok(root) = file.root() else {
        found.push(Reference {
            file: file.clone(),
            range: 0..0,
            path: None,
        });
        return;
    };
    for expr in root.syntax().descendants().filter_map(ast::Expr::cast) {
        let range = range_of(&expr);
        match &expr {
            ast::Expr::PathRel(path) => match literal(path) {
                Some(text) if resolves_to(file, &text, target) => {
                    found.push(Reference {
                        file: file.clone(),
                        range,
                        path: Some(expr),
                    });
                }
                Some(_) => {}
                None if path.to_string().contains(name.stem()) => {
                    found.push(Reference {
                        file: file.clone(),
                        range,
                        path: None,
                    });
                }
                None => {}
            },
            ast::Expr::Str(text) if is_named(text, name) => {
                found.push(Reference {
                    file: file.clone(),
                    range,
                    path: None,
                });
            }
            _ => {}
        }
    }
}

/// The text of a path without interpolation.
fn literal(path: &ast::PathRel) -> Option<String> {
    path.parts()
        .iter()
        .map(|part| match part {
            InterpolPart::Literal(text) => Some(ast::AstToken::syntax(text).text().to_string()),
            InterpolPart::Interpolation(_) => None,
        })
        .collect()
}

fn resolves_to(file: &File, text: &str, target: &RepoPath) -> bool {
    let directory = file.path.parent().unwrap_or_else(RepoPath::root);
    let Some(path) = directory.join(text) else {
        return false;
    };
    path == *target || path.join("default.nix").as_ref() == Some(target)
}

/// Whether a part of the string ends in the name: `"${self}/nixos/pkgs/old.nix"`.
fn is_named(text: &ast::Str, name: &RepoPath) -> bool {
    text.parts().any(|part| match part {
        InterpolPart::Literal(text) => {
            let text = ast::AstToken::syntax(&text).text().to_string();
            text.split_whitespace()
                .any(|word| word.ends_with(name.name()) && word.contains('/'))
        }
        InterpolPart::Interpolation(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(fixture: &str) -> Vec<String> {
        let tree = crate::tree::fixture(fixture);
        let target = RepoPath::new("pkgs/old.nix").unwrap();
        let text = |reference: &Reference| {
            let kind = if reference.path.is_some() { "" } else { "? " };
            format!(
                "{kind}{}: {}",
                reference.file.path,
                &reference.file.text[reference.range.clone()]
            )
        };
        references(&tree, &target).iter().map(text).collect()
    }

    #[test]
    fn a_file_is_found_from_wherever_it_is_named() {
        let fixture = "
#- /flake.nix
{ a = import ./pkgs/old.nix; b = \"${self}/pkgs/old.nix\"; } # ./pkgs/old.nix
#- /nixos/default.nix
import ../pkgs/old.nix
#- /pkgs/old.nix
./old.nix
#- /pkgs/older.nix
[ ./old.nix ./older.nix ./old-too.nix ../old.nix ]
";
        assert_eq!(
            found(fixture),
            [
                "flake.nix: ./pkgs/old.nix",
                "? flake.nix: \"${self}/pkgs/old.nix\"",
                "nixos/default.nix: ../pkgs/old.nix",
                "pkgs/older.nix: ./old.nix",
            ]
        );
    }
}
