//! A random rewrite at a random place of any text, held to what must be true of every rewrite: the result is Nix, nothing
//! but the change is different, and no comment is lost by an addition.

use nixfix::edit::{Edit, FileEdits};
use nixfix::expr::{Expr, ExprId, Exprs};
use nixfix::rewrite::{
    Bindings, Position, add_at_name, add_attribute, add_binding, add_formal, append_item,
    append_list_item, append_to_list_expr, remove_binding, remove_let, remove_list_item,
    remove_operand,
};
use nixfix::syntax::{parse, range_of};
use rnix::{NixLanguage, SyntaxKind, ast};
use rowan::ast::AstNode;

use super::tape::Tape;

/// What must be true of the text after a rewrite.
enum Must {
    /// The old tokens in the old order, and these among them, side by side.
    Gain(&'static str),
    /// The old tokens in the old order, and among them such as these alone.
    GainOnly(&'static str),
    /// The old tokens in the old order, less those of this text, side by side.
    Lose(String),
    /// Some of the old tokens, in the old order.
    Shrink,
}

const ITEMS: [&str; 4] = [
    "./x.nix",
    "(f x)",
    "{ a = 1; }",
    "{\n  a = ''\n    b\n  '';\n}",
];
const BINDINGS: [&str; 3] = ["x9 = 1;", "inherit x9;", "x9.y = {\n  z = [ ];\n};"];
const FORMALS: [&str; 2] = ["x9", "x9 ? 1"];

/// Rewrites `text`, if it is Nix and has a place for the rewrite that is on the tape.
///
/// # Errors
/// What does not hold afterwards. Otherwise whether there was anything to rewrite.
pub fn check(tape: &mut Tape, text: &str) -> Result<bool, String> {
    let Ok(root) = parse(text) else {
        return Ok(false);
    };
    let Some((edits, must)) = rewrite(tape, text, &root) else {
        return Ok(false);
    };
    let after = applied(text, &edits)?;
    let told = |what: &str| format!("{what}\nbefore: {text:?}\nafter: {after:?}");
    parse(&after).map_err(|errors| told(&format!("it does not parse: {errors:?}")))?;
    let (old, new) = (tokens(text), tokens(&after));
    let holds = match &must {
        Must::Gain(gained) => has_grown_by(&old, &new, &tokens(gained)),
        Must::GainOnly(gained) => grown_of(&old, &new, &tokens(gained)),
        Must::Lose(lost) => has_grown_by(&new, &old, &tokens(lost)),
        Must::Shrink => is_within(&new, &old),
    };
    if !holds {
        return Err(told("more than the change is different"));
    }
    let adds = matches!(must, Must::Gain(_) | Must::GainOnly(_));
    if adds && !is_within(&comments(text), &comments(&after)) {
        return Err(told("a comment is lost"));
    }
    Ok(true)
}

fn rewrite(tape: &mut Tape, text: &str, root: &ast::Root) -> Option<(Vec<Edit>, Must)> {
    Some(match tape.below(10) {
        0 => {
            let item = tape.one(&ITEMS);
            let list = node::<ast::List>(tape, root)?;
            let edits = append_list_item(text, &list, item);
            let read = as_read(text, &list, |exprs, id| append_item(text, exprs, id, item));
            (agreed(edits, read), Must::Gain(item))
        }
        1 => {
            let list = node::<ast::List>(tape, root)?;
            let item = pick(tape, list.items().collect())?;
            let lost = item.to_string();
            (remove_list_item(text, &list, &item), Must::Lose(lost))
        }
        2 => {
            let set = node::<ast::AttrSet>(tape, root)?;
            let (position, binding) = addition(tape, &set);
            let edits = add_binding(text, &set, &position, binding);
            let read = as_read(text, &set, |exprs, id| {
                add_attribute(text, exprs, id, &position, binding)
            });
            (agreed(edits, read), Must::Gain(binding))
        }
        3 => {
            let bindings = node::<ast::LetIn>(tape, root)?;
            let (position, binding) = addition(tape, &bindings);
            let edits = add_binding(text, &bindings, &position, binding);
            (edits, Must::Gain(binding))
        }
        4 | 5 => {
            let entry = node::<ast::Entry>(tape, root)?;
            let lost = entry.to_string();
            (remove_binding(text, &entry), Must::Lose(lost))
        }
        6 => {
            let formal = tape.one(&FORMALS);
            let pattern = node::<ast::Pattern>(tape, root)?;
            (
                add_formal(text, &pattern, formal),
                Must::GainOnly(", x9 ? 1"),
            )
        }
        7 => {
            let pattern = node::<ast::Pattern>(tape, root)?;
            (add_at_name(text, &pattern, "x9"), Must::GainOnly("@ x9"))
        }
        8 => {
            let value = node::<ast::AttrpathValue>(tape, root)?.value()?;
            let edits = append_to_list_expr(text, &value, "x9");
            (edits, Must::GainOnly("( ) ++ [ x9 ]"))
        }
        _ if tape.flag() => (remove_operand(text, &node(tape, root)?)?, Must::Shrink),
        _ => (remove_let(&node(tape, root)?)?, Must::Shrink),
    })
}

/// What is added to the set, and where.
fn addition(tape: &mut Tape, set: &impl Bindings) -> (Position, &'static str) {
    let binding = tape.one(&BINDINGS);
    let entry = pick(tape, set.entries().collect());
    let position = match (tape.below(4), entry) {
        (0, _) | (_, None) => Position::Last,
        (1, _) => Position::First,
        (2, Some(entry)) => Position::After(range_of(&entry)),
        (_, Some(entry)) => Position::Before(range_of(&entry)),
    };
    (position, binding)
}

/// The edits of the same literal as the evaluator reads it; `None` where it reads no such text.
fn as_read(
    text: &str,
    node: &impl AstNode<Language = NixLanguage>,
    edit: impl Fn(&Exprs, ExprId) -> Vec<Edit>,
) -> Option<Vec<Edit>> {
    let exprs = Exprs::parse(text).ok()?;
    let is_literal = |expr: &Expr| matches!(expr, Expr::List(_) | Expr::AttrSet(_));
    let id = exprs.find(&range_of(node), is_literal)?;
    Some(edit(&exprs, id))
}

/// The edits of the tree, which are those of the evaluator.
fn agreed(edits: Vec<Edit>, read: Option<Vec<Edit>>) -> Vec<Edit> {
    assert!(
        read.as_ref().is_none_or(|read| *read == edits),
        "the evaluator reads another literal: {read:?} for {edits:?}"
    );
    edits
}

/// One of the nodes of a type.
fn node<T: AstNode<Language = NixLanguage>>(tape: &mut Tape, root: &ast::Root) -> Option<T> {
    pick(
        tape,
        root.syntax().descendants().filter_map(T::cast).collect(),
    )
}

fn pick<T>(tape: &mut Tape, mut all: Vec<T>) -> Option<T> {
    let at = tape.place(all.len().checked_sub(1)?);
    Some(all.swap_remove(at))
}

fn applied(text: &str, edits: &[Edit]) -> Result<String, String> {
    let mut all = FileEdits::default();
    for edit in edits {
        all.add(edit.clone())
            .map_err(|overlap| format!("edits overlap: {overlap:?}\nin: {text:?}"))?;
    }
    Ok(all.apply(text))
}

/// The tokens that mean something.
fn tokens(text: &str) -> Vec<String> {
    let all = rnix::tokenize(text).filter(|(kind, _)| !is_trivia(*kind));
    all.map(|(kind, token)| significant(kind, token)).collect()
}

/// A string keeps its value when its lines are moved together, so their indentation is no part of it.
fn significant(kind: SyntaxKind, token: &str) -> String {
    match kind {
        SyntaxKind::TOKEN_STRING_CONTENT => token.split_whitespace().collect(),
        _ => token.to_string(),
    }
}

fn is_trivia(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        SyntaxKind::TOKEN_WHITESPACE | SyntaxKind::TOKEN_COMMENT
    )
}

fn comments(text: &str) -> Vec<String> {
    let all = rnix::tokenize(text).filter(|(kind, _)| *kind == SyntaxKind::TOKEN_COMMENT);
    all.map(|(_, comment)| comment.trim_end().to_string())
        .collect()
}

/// Whether `new` is `old` with `gained` put in at one place.
fn has_grown_by(old: &[String], new: &[String], gained: &[String]) -> bool {
    if new.len() != old.len() + gained.len() {
        return false;
    }
    let shared = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    (0..=shared)
        .any(|at| new[at..at + gained.len()] == *gained && new[at + gained.len()..] == old[at..])
}

/// Whether `new` is `old` with nothing but tokens of `gained` put in, at least one.
fn grown_of(old: &[String], new: &[String], gained: &[String]) -> bool {
    let mut rest = old.iter().peekable();
    let others = new.iter().filter(|token| rest.next_if_eq(token).is_none());
    let others: Vec<&String> = others.collect();
    rest.peek().is_none() && others.iter().all(|token| gained.contains(token))
}

fn is_within(part: &[String], whole: &[String]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|token| rest.any(|other| other == token))
}
