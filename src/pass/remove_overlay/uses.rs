//! Where the files use a package by its name.

use std::ops::Range;

use rnix::SyntaxNode;
use rnix::ast;
use rowan::ast::AstNode;

use crate::expr::Binder;
use crate::path::RepoPath;
use crate::syntax::{attr_name, ident_name, range_of, str_name, unwrap_parens};
use crate::tree::{File, Tree};

/// Sets that hold no packages, though what is in them may have the name of one: `inputs.llama-cpp` is a flake,
/// `config.services.llama-cpp` are options.
const NO_PACKAGES: &[&str] = &[
    "homeManagerModules",
    "homeModules",
    "inputs",
    "modules",
    "nixosModules",
    "overlays",
    "programs",
    "services",
];

/// Functions that take the name of an attribute as a string.
const GETTERS: &[&str] = &["getAttr", "hasAttr"];

/// Where `name` may be a package in the files of `tree`, those in `going` aside.
pub(super) fn uses(tree: &Tree, name: &str, going: &[RepoPath]) -> Vec<(RepoPath, Range<usize>)> {
    let mut found = Vec::new();
    for path in tree.nix_files().filter(|path| !going.contains(path)) {
        let Ok(file) = tree.file(path) else { continue };
        if file.text.contains(name) {
            let ranges = uses_in(&file, name).into_iter();
            found.extend(ranges.map(|range| (path.clone(), range)));
        }
    }
    found
}

fn uses_in(file: &File, name: &str) -> Vec<Range<usize>> {
    let (Ok(root), Some(exprs)) = (file.root(), file.exprs()) else {
        return Vec::new();
    };
    let from_with = exprs
        .uses(&file.text)
        .into_iter()
        .filter(|used| *used.name == *name && matches!(used.binder, Binder::With(_)))
        .map(|used| used.range);
    let nodes = root.syntax().descendants();
    let mut all: Vec<_> = nodes
        .flat_map(|node| uses_at(node, name))
        .chain(from_with)
        .collect();
    all.sort_by_key(|range| range.start);
    all
}

/// What `node` itself takes from a set under `name`.
fn uses_at(node: SyntaxNode, name: &str) -> Vec<Range<usize>> {
    if let Some(select) = ast::Select::cast(node.clone()) {
        selected(&select, name)
    } else if let Some(inherit) = ast::Inherit::cast(node.clone()) {
        inherited(&inherit, name)
    } else if let Some(list) = ast::List::cast(node.clone()) {
        listed(&list, name)
    } else {
        let apply = ast::Apply::cast(node);
        apply
            .and_then(|apply| got(&apply, name))
            .into_iter()
            .collect()
    }
}

/// `pkgs.name`
fn selected(select: &ast::Select, name: &str) -> Vec<Range<usize>> {
    let mut holder = select.expr().and_then(|set| last_name(&set));
    let mut found = Vec::new();
    for attr in select.attrpath().into_iter().flat_map(|path| path.attrs()) {
        let own = attr_name(&attr);
        if own.as_deref() == Some(name) && holds_packages(holder.as_deref()) {
            found.push(range_of(&attr));
        }
        holder = own;
    }
    found
}

/// `inherit (pkgs) name;`
fn inherited(inherit: &ast::Inherit, name: &str) -> Vec<Range<usize>> {
    let from = inherit.from().and_then(|from| from.expr());
    let from = from.filter(|set| holds_packages(last_name(set).as_deref()));
    let attrs = from.into_iter().flat_map(|_| inherit.attrs());
    attrs
        .filter(|attr| attr_name(attr).as_deref() == Some(name))
        .map(|attr| range_of(&attr))
        .collect()
}

/// `map (name: pkgs.${name}) [ "name" ]`, and any other list with the name in it.
fn listed(list: &ast::List, name: &str) -> Vec<Range<usize>> {
    let mut before = None;
    let mut found = Vec::new();
    for item in list.items() {
        let own = string(&item);
        if own.as_deref() == Some(name) && holds_packages(before.as_deref()) {
            found.push(range_of(&item));
        }
        before = own;
    }
    found
}

/// `builtins.getAttr "name" pkgs`
fn got(apply: &ast::Apply, name: &str) -> Option<Range<usize>> {
    let function = last_name(&apply.lambda()?)?;
    let argument = apply.argument()?;
    let is_use = GETTERS.contains(&&*function) && string(&argument).as_deref() == Some(name);
    is_use.then(|| range_of(&argument))
}

fn holds_packages(set: Option<&str>) -> bool {
    set.is_none_or(|set| !NO_PACKAGES.contains(&set))
}

/// The name by which a set is at hand: `inputs` in `inputs` and in `self.inputs`.
fn last_name(expr: &ast::Expr) -> Option<String> {
    match unwrap_parens(expr.clone()) {
        ast::Expr::Ident(ident) => ident_name(&ident),
        ast::Expr::Select(select) => attr_name(&select.attrpath()?.attrs().last()?),
        _ => None,
    }
}

fn string(expr: &ast::Expr) -> Option<String> {
    match unwrap_parens(expr.clone()) {
        ast::Expr::Str(text) => str_name(&text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

    use super::*;
    use crate::tree::fixture;

    fn found(text: &str) -> Vec<usize> {
        let tree = fixture(&format!("#- /a.nix\n{text}\n#- /old.nix\npkgs.tool\n"));
        let going = [RepoPath::new("old.nix").unwrap()];
        let uses = uses(&tree, "tool", &going).into_iter();
        uses.map(|(_, range)| range.start).collect()
    }

    #[test]
    fn a_package_is_selected_inherited_or_got_by_its_name() {
        for (text, expected) in [
            ("pkgs.tool", vec![5]),
            ("pkgs.tool.override { }", vec![5]),
            ("final.\"tool\"", vec![6]),
            ("(import nixpkgs { }).tool or null", vec![21]),
            ("with pkgs; [ tool ]", vec![13]),
            ("with pkgs; { inherit tool; }", vec![21]),
            ("{ inherit (pkgs) vim tool; }", vec![21]),
            ("map (name: pkgs.${name}) [ \"vim\" \"tool\" ]", vec![33]),
            ("builtins.getAttr \"tool\" pkgs", vec![17]),
            ("inputs.nixpkgs.legacyPackages.${system}.tool", vec![40]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_has_the_name_of_a_package_need_not_be_one() {
        for text in [
            "tool: tool.overlays.default",
            "{ tool = 1; services.tool.enable = true; }",
            "inputs.tool.overlays.default",
            "self.inputs.tool",
            "{ inherit (inputs) tool; }",
            "config.services.tool.enable",
            "lib.mkRenamedOptionModule [ \"services\" \"tool\" ]",
            "lib.mkEnableOption \"tool\"",
            "{ pname = \"tool\"; }",
            "pkgs.toolbox",
        ] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
    }
}
