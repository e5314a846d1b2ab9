//! Finds what a repository's text selects from its package sets and inputs, so that stubs can offer it.
//!
//! Nix cannot make up attributes on demand; a name nobody scanned is missing, as it should be. Names that an overlay of the
//! repository defines are never offered: using one without its overlay must fail.

use std::collections::{BTreeMap, BTreeSet};

use rnix::ast::{self, HasEntry};
use rowan::ast::AstNode;

use super::tree::Files;

type AttrPath = Vec<String>;

/// What stubs must offer to one repository.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Attribute paths in package sets.
    pub packages: BTreeSet<AttrPath>,
    /// Attribute paths in `config`: options that are read, whether or not somebody sets them.
    pub options: BTreeSet<AttrPath>,
    /// Attribute paths by what might be an input's name; `*` stands for a system.
    pub inputs: BTreeMap<String, BTreeSet<AttrPath>>,
}

const MODULE_ARGUMENTS: [&str; 8] = [
    "config",
    "inputs",
    "lib",
    "modulesPath",
    "options",
    "outputs",
    "pkgs",
    "self",
];
const PACKAGE_SETS: [&str; 5] = ["pkgs", "prev", "super", "final", "pkgs-unstable"];

/// Reads the Nix files of `files`.
pub fn read(files: &Files) -> Wanted {
    let roots: Vec<ast::Root> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".nix"))
        .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
        .map(|text| rnix::Root::parse(text).tree())
        .collect();
    let mut wanted = Wanted::default();
    let mut defined = BTreeSet::new();
    for root in &roots {
        for node in root.syntax().descendants() {
            read_node(&node, &mut wanted);
        }
        if is_overlay(root) {
            defined.extend(bound_names(root));
        }
    }
    wanted.packages = wanted
        .packages
        .into_iter()
        // `pkgs.unstable.git`, where an overlay defines `unstable` as a package set of its own.
        .map(|path| {
            path.into_iter()
                .skip_while(|name| defined.contains(name))
                .collect::<AttrPath>()
        })
        .filter(|path| {
            path.first()
                .is_some_and(|name| !name.starts_with("llama-cpp"))
        })
        .collect();
    wanted
}

fn read_node(node: &rnix::SyntaxNode, wanted: &mut Wanted) {
    if let Some(select) = ast::Select::cast(node.clone()) {
        let has_default = select.default_expr().is_some();
        let Some(path) = path_of(&ast::Expr::Select(select)) else {
            return;
        };
        let [base, option @ ..] = path.as_slice() else {
            return;
        };
        if base.ends_with("onfig") && !has_default && !option.iter().any(|part| part == "*") {
            wanted.options.insert(option.to_vec());
        }
        wanted.add(path);
    } else if let Some(with) = ast::With::cast(node.clone()) {
        read_with(&with, wanted);
    } else if let Some(formal) = ast::PatEntry::cast(node.clone()) {
        let name = formal.ident().and_then(|name| name.ident_token());
        // `callPackage` fills formals with packages.
        if let Some(name) = name.filter(|name| !MODULE_ARGUMENTS.contains(&name.text())) {
            wanted.packages.insert(vec![name.text().to_string()]);
        }
    } else if let Some(inherit) = ast::Inherit::cast(node.clone()) {
        let from = inherit.from().and_then(|from| from.expr());
        let Some(from) = from.and_then(|expr| path_of(&expr)) else {
            return;
        };
        for name in inherit.attrs().filter_map(|attr| attr_name(&attr)) {
            wanted.add([from.as_slice(), &[name]].concat());
        }
    }
}

fn read_with(with: &ast::With, wanted: &mut Wanted) {
    let Some(body) = with.body() else { return };
    let namespaces = namespaces_of(with);
    for node in body.syntax().descendants() {
        // A name inside an attribute path is an identifier too, and costs one stub more.
        let Some(path) = ast::Expr::cast(node).and_then(|expr| path_of(&expr)) else {
            continue;
        };
        for namespace in &namespaces {
            wanted.add([namespace.as_slice(), &path].concat());
        }
    }
}

/// What a `with` may mean: `with a;` inside of `with pkgs;` is `a` or `pkgs.a`.
fn namespaces_of(with: &ast::With) -> Vec<AttrPath> {
    let namespace = |with: &ast::With| path_of(&with.namespace()?);
    let Some(own) = namespace(with) else {
        return Vec::new();
    };
    let outer = with
        .syntax()
        .ancestors()
        .skip(1)
        .filter_map(ast::With::cast);
    let joined = outer
        .filter_map(|outer| namespace(&outer))
        .map(|outer| [outer, own.clone()].concat());
    joined.chain([own.clone()]).collect()
}

impl Wanted {
    /// Notes `base.rest...`: the base may be a package set, an input, or what holds the inputs.
    fn add(&mut self, path: AttrPath) {
        let [base, rest @ ..] = path.as_slice() else {
            return;
        };
        if rest.is_empty() {
            return;
        }
        if PACKAGE_SETS.contains(&base.as_str()) && rest[0] != "*" {
            let known = rest.iter().take_while(|part| *part != "*");
            self.packages.insert(known.cloned().collect());
        }
        if let Some(kernel) = path.iter().position(|part| part == "kernelPackages") {
            let module = path[kernel + 1..].to_vec();
            self.packages
                .insert([vec!["linuxPackages".to_string()], module].concat());
        }
        for start in 0..path.len().min(3) {
            let (name, rest) = (&path[start], &path[start + 1..]);
            if !rest.is_empty() {
                let paths = self.inputs.entry(name.clone()).or_default();
                paths.insert(rest.to_vec());
            }
        }
    }
}

/// `a.b.${x}.c` as its names, `*` for a computed one.
fn path_of(expr: &ast::Expr) -> Option<AttrPath> {
    match expr {
        ast::Expr::Ident(ident) => Some(vec![ident.ident_token()?.text().to_string()]),
        ast::Expr::Paren(paren) => path_of(&paren.expr()?),
        ast::Expr::Select(select) => {
            let mut path = path_of(&select.expr()?)?;
            for attr in select.attrpath()?.attrs() {
                path.push(attr_name(&attr).unwrap_or_else(|| "*".to_string()));
            }
            Some(path)
        }
        _ => None,
    }
}

fn attr_name(attr: &ast::Attr) -> Option<String> {
    match attr {
        ast::Attr::Ident(ident) => Some(ident.ident_token()?.text().to_string()),
        ast::Attr::Str(text) => match text.normalized_parts().as_slice() {
            [ast::InterpolPart::Literal(text)] => Some(text.clone()),
            _ => None,
        },
        ast::Attr::Dynamic(_) => None,
    }
}

/// Whether a function in `root` has the second parameter of an overlay.
fn is_overlay(root: &ast::Root) -> bool {
    root.syntax()
        .descendants()
        .filter_map(ast::IdentParam::cast)
        .filter_map(|param| param.ident()?.ident_token())
        .any(|name| matches!(name.text(), "prev" | "super" | "prevPkgs" | "_prev"))
}

fn bound_names(root: &ast::Root) -> impl Iterator<Item = String> {
    root.syntax()
        .descendants()
        .filter_map(ast::AttrSet::cast)
        .flat_map(|set| set.attrpath_values())
        .filter_map(|binding| attr_name(&binding.attrpath()?.attrs().next()?))
}
