//! What a profile's text says: the package it installs, where that is plain to see.

use rnix::ast::{self, HasEntry};

use super::nix_text::{Unusable, attr_name, ident_name, is_ident, parse, peel};

/// The package of a module of the form `{ pkgs, ... }: { environment.systemPackages = with pkgs; [ X ]; }` or
/// `[ pkgs.X ]`; `None` for any other module.
pub(super) fn installed_package(text: &str) -> Result<Option<String>, Unusable> {
    let root = parse(text)?;
    Ok(root.expr().and_then(system_packages).and_then(only_package))
}

/// The value of `environment.systemPackages`.
fn system_packages(module: ast::Expr) -> Option<ast::Expr> {
    let body = match module {
        ast::Expr::Lambda(lambda) => lambda.body()?,
        other => other,
    };
    let ast::Expr::AttrSet(set) = peel(body)? else {
        return None;
    };
    set.attrpath_values().find_map(|binding| {
        let attrs = binding.attrpath()?.attrs();
        let path: Option<Vec<String>> = attrs.map(|attr| attr_name(&attr)).collect();
        (path? == ["environment", "systemPackages"]).then(|| binding.value())?
    })
}

/// The one package of a list, from `pkgs`.
fn only_package(packages: ast::Expr) -> Option<String> {
    let (list, in_pkgs) = match packages {
        ast::Expr::With(with) if is_ident(&with.namespace()?, "pkgs") => (with.body()?, true),
        other => (other, false),
    };
    let ast::Expr::List(list) = list else {
        return None;
    };
    match only(list.items())? {
        ast::Expr::Ident(ident) if in_pkgs => ident_name(&ident),
        ast::Expr::Select(select)
            if is_ident(&select.expr()?, "pkgs") && select.default_expr().is_none() =>
        {
            attr_name(&only(select.attrpath()?.attrs())?)
        }
        _ => None,
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next();
    items.next().is_none().then_some(first)?
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
