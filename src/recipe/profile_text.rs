//! What a profile's text says: the package it installs, where that is plain to see.

use super::nix_text::{Unusable, attr_name, is_ident, parse, peel};
use crate::expr::{AttrName, Binding, Expr, ExprId, Exprs};

/// The package of a module of the form `{ pkgs, ... }: { environment.systemPackages = with pkgs; [ X ]; }` or
/// `[ pkgs.X ]`; `None` for any other module.
pub(super) fn installed_package(text: &str) -> Result<Option<String>, Unusable> {
    let exprs = parse(text)?;
    let packages = system_packages(&exprs, exprs.root());
    Ok(packages.and_then(|packages| only_package(&exprs, packages)))
}

/// The value of `environment.systemPackages`.
fn system_packages(exprs: &Exprs, module: ExprId) -> Option<ExprId> {
    let body = match &exprs[module] {
        Expr::Lambda(function) => function.body,
        _ => module,
    };
    let Expr::AttrSet(set) = &exprs[peel(exprs, body)] else {
        return None;
    };
    let is_named =
        |attr: &AttrName, wanted: &str| attr_name(attr).is_some_and(|name| &*name == wanted);
    let is_it = |binding: &&Binding| match exprs.names(binding.path) {
        [first, second] => is_named(first, "environment") && is_named(second, "systemPackages"),
        _ => false,
    };
    let binding = exprs.bindings(set.bindings).iter().find(is_it)?;
    Some(binding.value)
}

/// The one package of a list, from `pkgs`.
fn only_package(exprs: &Exprs, packages: ExprId) -> Option<String> {
    let (list, in_pkgs) = match exprs[packages] {
        Expr::With(set, body) if is_ident(exprs, set, "pkgs") => (body, true),
        _ => (packages, false),
    };
    let Expr::List(items) = exprs[list] else {
        return None;
    };
    let &[item] = exprs.items(items) else {
        return None;
    };
    match &exprs[item] {
        Expr::Ident(name) if in_pkgs => Some(name.to_string()),
        Expr::Select(select) if is_ident(exprs, select.base, "pkgs") => {
            match (exprs.names(select.path), select.default) {
                ([name], None) => Some(attr_name(name)?.to_string()),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_read_where_it_is_plain() {
        for (packages, expected) in [
            ("with pkgs; [ a ]", Some("a")),
            ("[ pkgs.a ]", Some("a")),
            ("with pkgs; [ pkgs.a ]", Some("a")),
            ("with pkgs; [ a b ]", None),
            ("with lib; [ a ]", None),
            ("[ a ]", None),
            ("[ pkgs.a.b ]", None),
            ("[ (pkgs.a or b) ]", None),
            ("[ ]", None),
        ] {
            let text = format!("{{ pkgs, ... }}: {{ environment.systemPackages = {packages}; }}");
            assert_eq!(
                installed_package(&text).unwrap().as_deref(),
                expected,
                "{packages}"
            );
        }
    }

    #[test]
    fn another_module_says_no_package() {
        for text in [
            "{ }",
            "{ environment.packages = [ pkgs.a ]; }",
            "{ environment.systemPackages.x = [ pkgs.a ]; }",
        ] {
            assert_eq!(installed_package(text).unwrap(), None, "{text}");
        }
    }
}
