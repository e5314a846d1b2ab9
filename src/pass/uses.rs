//! Where the files use a package by its name.

mod fate;

use std::ops::Range;

use rnix::SyntaxKind::{NODE_APPLY, NODE_INHERIT, NODE_LIST, NODE_PATTERN, NODE_SELECT};
use rnix::{SyntaxNode, ast};
use rowan::ast::AstNode;

pub(super) use self::fate::{CHANGING, Fate, fate, is_of_host};
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

/// A package that is looked for.
pub(super) struct Wanted<'n> {
    /// Its name.
    pub name: &'n str,
    /// Whether the flake has an input of that name, which functions take as an argument.
    pub is_input: bool,
}

impl Wanted<'_> {
    /// Where it may be used in the files of `tree`, those in `going` aside.
    pub(super) fn uses(&self, tree: &Tree, going: &[RepoPath]) -> Vec<(RepoPath, Range<usize>)> {
        let mut found = Vec::new();
        for path in tree.nix_files().filter(|path| !going.contains(path)) {
            let Ok(file) = tree.file(path) else { continue };
            if file.text.contains(self.name) {
                let ranges = self.uses_in(&file).into_iter();
                found.extend(ranges.map(|range| (path.clone(), range)));
            }
        }
        found
    }

    /// Where it may be used in `file`.
    pub(super) fn uses_in(&self, file: &File) -> Vec<Range<usize>> {
        let name = self.name;
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
            .flat_map(|node| uses_at(node, self))
            .chain(from_with)
            .collect();
        all.sort_by_key(|range| range.start);
        all
    }
}

/// What `node` itself takes from a set under that name.
fn uses_at(node: SyntaxNode, wanted: &Wanted) -> Vec<Range<usize>> {
    let name = wanted.name;
    match node.kind() {
        NODE_SELECT => each(node, |select| selected(&select, name)),
        NODE_INHERIT => each(node, |inherit| inherited(&inherit, name)),
        NODE_LIST => each(node, |list| listed(&list, name)),
        NODE_APPLY => each(node, |apply| got(&apply, name).into_iter().collect()),
        NODE_PATTERN if !wanted.is_input => {
            each(node, |pattern| taken(&pattern, name).into_iter().collect())
        }
        _ => Vec::new(),
    }
}

fn each<T>(node: SyntaxNode, uses: impl Fn(T) -> Vec<Range<usize>>) -> Vec<Range<usize>>
where
    T: AstNode<Language = rnix::NixLanguage>,
{
    T::cast(node).map(uses).unwrap_or_default()
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

/// `{ stdenv, name }: ...`, for `callPackage`. What takes `config` is a module, whose arguments are no packages.
fn taken(pattern: &ast::Pattern, name: &str) -> Option<Range<usize>> {
    let of = |name: &str| {
        let idents = pattern.pat_entries().filter_map(|formal| formal.ident());
        let mut named = idents.filter(|ident| ident_name(ident).as_deref() == Some(name));
        named.next()
    };
    of(name)
        .filter(|_| of("config").is_none())
        .map(|ident| range_of(&ident))
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
        let wanted = Wanted {
            name: "tool",
            is_input: text.contains("inputs"),
        };
        let uses = wanted.uses(&tree, &going).into_iter();
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
            ("{ stdenv, tool }: stdenv", vec![10]),
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
            "{ tool, ... }@inputs: tool.overlays.default",
            "{ config, tool, ... }: { }",
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
