//! Adds a package to `home.packages` of a Home Manager file.
//!
//! ```nix
//! home.packages = with pkgs; [ ripgrep ];
//! ```
//! ->
//! ```nix
//! home.packages = with pkgs; [ ripgrep llama-cpp-cuda ];
//! ```

use rnix::ast;
use rowan::ast::AstNode;

use super::module_body::body_of;
use super::{Changes, Context, Pass, Subject};
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::plan::StepKind;
use crate::recipe::HomePackage;
use crate::rewrite::{self, Position, Style};
use crate::syntax::{self, attr_name, node_at, unwrap_parens};
use crate::tree::File;

pub(super) const PASS: Pass = Pass {
    name: "home-packages",
    subject: Subject::Files,
    wanted: |recipe| !recipe.home.is_empty(),
    by_earlier: false,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    for wanted in &context.recipe.home {
        match changes.tree.file(&wanted.file) {
            Ok(file) => add(changes, &file, wanted),
            Err(_) => refuse(changes, wanted, "git tracks no such file"),
        }
    }
}

fn refuse(changes: &mut Changes, wanted: &HomePackage, why: &str) {
    let message = format!(
        "cannot add `{}` to `{}`: {why}",
        wanted.package, wanted.file
    );
    let help = format!("add this to its `home.packages`:\npkgs.{}", wanted.package);
    changes.say(
        Diagnostic::error("home-packages", message)
            .in_file(wanted.file.clone())
            .help(help),
    );
}

fn add(changes: &mut Changes, file: &File, wanted: &HomePackage) {
    if let Err(diagnostics) = crate::flake::syntax_errors(file) {
        return diagnostics
            .into_iter()
            .for_each(|diagnostic| changes.say(diagnostic));
    }
    let root = file.root().ok();
    let body = root.and_then(|root| node_at::<ast::AttrSet>(&root, body_of(file)?));
    let Some(body) = body else {
        return refuse(changes, wanted, "it does not end in an attribute set");
    };
    let edits = match syntax::find_binding(&body, &["home", "packages"]) {
        Some(binding) if mentions(&binding.value, &wanted.package) => return,
        Some(binding) => append(file, &binding.value, &wanted.package),
        None => new_binding(file, &body, &wanted.package),
    };
    match edits {
        Some(edits) => {
            changes.edit(&file.path, edits);
            let sentence = format!("Add `{}` to `{}`", wanted.package, wanted.file);
            changes.done(sentence.clone());
            let kind = StepKind::AddHomePackage {
                file: wanted.file.clone(),
                package: wanted.package.clone(),
            };
            changes.step(kind, sentence);
        }
        None => refuse(
            changes,
            wanted,
            "`pkgs` is not among the arguments of its function",
        ),
    }
}

/// Whether the expression names the package already.
fn mentions(expr: &ast::Expr, package: &str) -> bool {
    let ident = |node| ast::Ident::cast(node).is_some_and(|ident| ident.to_string() == package);
    expr.syntax().descendants().any(ident)
}

fn append(file: &File, value: &ast::Expr, package: &str) -> Option<Vec<Edit>> {
    let of_pkgs =
        |expr: &ast::Expr| matches!(expr, ast::Expr::Ident(ident) if ident.to_string() == "pkgs");
    let mut expr = unwrap_parens(value.clone());
    let mut in_scope = false;
    while let ast::Expr::With(with) = &expr {
        in_scope |= with
            .namespace()
            .is_some_and(|namespace| of_pkgs(&namespace));
        expr = unwrap_parens(with.body()?);
    }
    let item = if in_scope {
        package.to_string()
    } else {
        format!("pkgs.{package}")
    };
    match &expr {
        ast::Expr::List(list) if in_scope || has_pkgs(file) => {
            Some(rewrite::append_list_item(&file.text, list, &item))
        }
        _ if has_pkgs(file) => Some(rewrite::append_to_list_expr(
            &file.text,
            value,
            &format!("pkgs.{package}"),
        )),
        _ => None,
    }
}

fn new_binding(file: &File, body: &ast::AttrSet, package: &str) -> Option<Vec<Edit>> {
    let list = Style::of(&file.text).brackets(&format!("pkgs.{package}"));
    let home = syntax::find_binding(body, &["home"]).map(|binding| unwrap_parens(binding.value));
    let edits = match home {
        Some(ast::Expr::AttrSet(home)) => rewrite::add_binding(
            &file.text,
            &home,
            &Position::Last,
            &format!("packages = {list};"),
        ),
        _ => rewrite::add_binding(
            &file.text,
            body,
            &Position::Last,
            &format!("home.packages = {list};"),
        ),
    };
    has_pkgs(file).then_some(edits)
}

/// Whether the file is a function that takes `pkgs`.
fn has_pkgs(file: &File) -> bool {
    let root = file
        .root()
        .ok()
        .and_then(|root| root.expr())
        .map(unwrap_parens);
    let Some(ast::Expr::Lambda(lambda)) = root else {
        return false;
    };
    let Some(ast::Param::Pattern(pattern)) = lambda.param() else {
        return false;
    };
    let is_pkgs = |entry: ast::PatEntry| {
        entry
            .ident()
            .and_then(|ident| attr_name(&ast::Attr::Ident(ident)))
            .is_some_and(|name| name == "pkgs")
    };
    pattern.pat_entries().any(is_pkgs)
}
