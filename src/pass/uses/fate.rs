//! What becomes of a package where it is used, and whose package it is.

use std::ops::Range;

use rnix::SyntaxKind::{
    NODE_ASSERT, NODE_ATTRPATH, NODE_ATTRPATH_VALUE, NODE_IF_ELSE, NODE_INHERIT, NODE_LET_IN,
    NODE_LIST, NODE_PAREN, NODE_PAT_ENTRY, NODE_SELECT, NODE_WITH,
};
use rnix::{NodeOrToken, SyntaxNode, TextRange, TextSize, ast};
use rowan::ast::AstNode;

use super::last_name;
use crate::syntax::{attr_name, range_of};
use crate::tree::File;

/// What the package set of a host is called where it is used.
const PACKAGES: &[&str] = &["pkgs", "final", "prev", "self", "super"];

/// What the names of all functions that change a package begin with.
pub(in crate::pass) const CHANGING: &str = "override";

/// What becomes of a package where it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pass) enum Fate {
    /// It is changed by the function of this name, such as `override`, at this place.
    Changed(String, Range<usize>),
    /// It is an item of a list.
    Listed,
    /// Anything else.
    Used,
}

/// What becomes of the package that the use at `range` takes from a set.
pub(in crate::pass) fn fate(file: &File, range: &Range<usize>) -> Fate {
    let Ok(root) = file.root() else {
        return Fate::Used;
    };
    let root = root.syntax();
    name_at(root, range).map_or(Fate::Used, |name| fate_of_name(root, &name))
}

/// Whether the set that the use at `range` takes a package from is called as the packages of a host are; those of another
/// channel have another name.
pub(in crate::pass) fn is_of_host(file: &File, range: &Range<usize>) -> bool {
    let Ok(root) = file.root() else {
        return false;
    };
    let Some(name) = name_at(root.syntax(), range) else {
        return false;
    };
    let parent = name.parent();
    let is_packages = |set: Option<String>| set.is_some_and(|set| PACKAGES.contains(&&*set));
    let of_path = |path: SyntaxNode| match name.prev_sibling() {
        Some(holder) => ast::Attr::cast(holder).and_then(|holder| attr_name(&holder)),
        None => ast::Select::cast(path.parent()?).and_then(|select| last_name(&select.expr()?)),
    };
    let of_inherit = |inherit: SyntaxNode| last_name(&ast::Inherit::cast(inherit)?.from()?.expr()?);
    let of_with = |with: SyntaxNode| last_name(&ast::With::cast(with)?.namespace()?);
    match parent.as_ref().map(SyntaxNode::kind) {
        Some(NODE_ATTRPATH) => is_packages(parent.and_then(of_path)),
        Some(NODE_INHERIT) if is_packages(parent.clone().and_then(of_inherit)) => true,
        Some(NODE_PAT_ENTRY) => true,
        _ => name.ancestors().any(|with| is_packages(of_with(with))),
    }
}

/// The name at `range`.
fn name_at(root: &SyntaxNode, range: &Range<usize>) -> Option<SyntaxNode> {
    let text = |offset: usize| TextSize::try_from(offset).unwrap_or_default();
    let place = TextRange::new(text(range.start), text(range.end));
    match root.covering_element(place) {
        NodeOrToken::Node(node) => Some(node),
        NodeOrToken::Token(token) => token.parent(),
    }
}

/// The same of the package that is taken by this name, which stands in a path, in an `inherit` or for itself.
fn fate_of_name(root: &SyntaxNode, name: &SyntaxNode) -> Fate {
    let parent = name.parent();
    let kind = parent.as_ref().map(SyntaxNode::kind);
    match (kind, parent) {
        (Some(NODE_ATTRPATH), Some(path)) => match (name.next_sibling(), path.parent()) {
            (Some(next), _) => changed_by(&next).unwrap_or(Fate::Used),
            (None, Some(select)) => fate_of_value(root, select),
            (None, None) => Fate::Used,
        },
        (Some(NODE_INHERIT | NODE_PAT_ENTRY), _) => fate_of_alias(root, &name.text().to_string()),
        _ => fate_of_value(root, name.clone()),
    }
}

/// The same of the package that is the value of this expression.
fn fate_of_value(root: &SyntaxNode, value: SyntaxNode) -> Fate {
    let is_wrapped = |node: &SyntaxNode| node.kind() == NODE_PAREN;
    let wrapped = std::iter::successors(Some(value), |node| node.parent().filter(is_wrapped));
    let Some(value) = wrapped.last() else {
        return Fate::Used;
    };
    let Some(parent) = value.parent() else {
        return Fate::Used;
    };
    match parent.kind() {
        NODE_LIST => Fate::Listed,
        // What these come to is what is in them; no package is a condition.
        NODE_ASSERT | NODE_IF_ELSE | NODE_LET_IN | NODE_WITH => fate_of_value(root, parent),
        NODE_SELECT => {
            let select = ast::Select::cast(parent.clone());
            let path = select.as_ref().and_then(ast::Select::attrpath);
            let is_set = select
                .and_then(|select| select.expr())
                .is_some_and(|set| *set.syntax() == value);
            let first = path.and_then(|path| path.attrs().next());
            match (is_set, first) {
                (true, Some(attr)) => changed_by(attr.syntax()).unwrap_or(Fate::Used),
                // What stands behind `or`.
                _ => fate_of_value(root, parent),
            }
        }
        NODE_ATTRPATH_VALUE => {
            let bound = ast::AttrpathValue::cast(parent);
            let path = bound.and_then(|bound| bound.attrpath());
            let key = path.and_then(|path| path.attrs().last());
            let key = key.and_then(|key| attr_name(&key));
            key.map_or(Fate::Used, |key| fate_of_alias(root, &key))
        }
        _ => Fate::Used,
    }
}

/// Whether something of that name is changed anywhere in the file; which scope a name is of is not asked. What has the name
/// among the packages themselves is another one.
fn fate_of_alias(root: &SyntaxNode, alias: &str) -> Fate {
    let selects = root.descendants().filter_map(ast::Select::cast);
    let mut changed = selects.flat_map(|select| {
        let base = select.expr().and_then(|base| last_name(&base));
        let attrs = select.attrpath().into_iter().flat_map(|path| path.attrs());
        let names: Vec<_> = attrs.map(|attr| (attr_name(&attr), attr)).collect();
        let path = std::iter::once(&base).chain(names.iter().map(|(name, _)| name));
        let path: Vec<Option<&str>> = path.map(Option::as_deref).collect();
        let is_alias = |index: usize| {
            let set = index.checked_sub(1).and_then(|set| path[set]);
            path[index] == Some(alias) && !set.is_some_and(|set| PACKAGES.contains(&set))
        };
        let of_alias = names
            .iter()
            .enumerate()
            .filter(|(index, _)| is_alias(*index));
        let found = of_alias.filter_map(|(_, (_, attr))| changed_by(attr.syntax()));
        found.collect::<Vec<_>>()
    });
    changed.next().unwrap_or(Fate::Used)
}

/// Whether selecting this attribute of a package changes it.
fn changed_by(attr: &SyntaxNode) -> Option<Fate> {
    let attr = ast::Attr::cast(attr.clone())?;
    let name = attr_name(&attr).filter(|name| name.starts_with(CHANGING))?;
    Some(Fate::Changed(name, range_of(&attr)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

    use super::*;
    use crate::pass::uses::Wanted;
    use crate::tree::fixture;

    /// The first use of `tool` in `text`.
    fn first_use(text: &str) -> (std::rc::Rc<File>, Range<usize>) {
        let tree = fixture(&format!("#- /a.nix\n{text}\n"));
        let wanted = Wanted {
            name: "tool",
            is_input: false,
        };
        let (path, range) = wanted.uses(&tree, &[]).remove(0);
        (tree.file(&path).unwrap(), range)
    }

    #[test]
    fn a_package_may_be_changed_where_it_is_used() {
        let fate = |text: &str| {
            let (file, range) = first_use(text);
            match fate(&file, &range) {
                Fate::Changed(by, place) => format!("{by} at {}", place.start),
                Fate::Listed => "listed".to_string(),
                Fate::Used => "used".to_string(),
            }
        };
        for (text, expected) in [
            ("pkgs.tool.override { }", "override at 10"),
            ("(pkgs.tool).overrideAttrs f", "overrideAttrs at 12"),
            ("with pkgs; [ (tool.override { }) ]", "override at 19"),
            ("let t = pkgs.tool; in t.override { }", "override at 24"),
            (
                "let inherit (pkgs) tool; in tool.override { }",
                "override at 33",
            ),
            ("{ tool }: tool.override { }", "override at 15"),
            (
                "{ cfg.tool = pkgs.tool; x = self.cfg.tool.override; }",
                "override at 42",
            ),
            ("(pkgs.x or pkgs.tool).override { }", "override at 22"),
            (
                "(if gpu then pkgs.tool else pkgs.x).override { }",
                "override at 36",
            ),
            ("(with pkgs; tool).override { }", "override at 18"),
            (
                "let t = let p = pkgs; in p.tool; in t.override",
                "override at 38",
            ),
            ("with pkgs; [ tool ]", "listed"),
            ("[ (pkgs.tool) ]", "listed"),
            ("pkgs.tool.version", "used"),
            ("{ t = pkgs.tool; x = pkgs.t.override { }; }", "used"),
            ("\"${pkgs.tool}/bin\"", "used"),
            (
                "let t = pkgs.tool; in pkgs.other.override { x = t; }",
                "used",
            ),
        ] {
            assert_eq!(fate(text), expected, "{text}");
        }
    }

    #[test]
    fn the_packages_of_a_host_are_told_by_the_name_of_their_set() {
        for (text, expected) in [
            ("pkgs.tool", true),
            ("(final).tool.version", true),
            ("args.pkgs.tool", true),
            ("{ inherit (pkgs) tool; }", true),
            ("with lib; with pkgs; { inherit tool; }", true),
            ("{ tool }: tool", true),
            ("unstable.tool", false),
            ("pkgs.unstable.tool", false),
            ("{ inherit (unstable) tool; }", false),
            ("with unstable; [ tool ]", false),
        ] {
            let (file, range) = first_use(text);
            assert_eq!(is_of_host(&file, &range), expected, "{text}");
        }
    }
}
