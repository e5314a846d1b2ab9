//! What the tables of all rewrites share, and properties that hold for all of them.

use rowan::ast::AstNode;

use crate::edit::{Edit, FileEdits};
use crate::expr::{ExprId, Exprs};
use crate::syntax::{self, parse};

pub(super) fn first<T: AstNode<Language = rnix::NixLanguage>>(text: &str) -> T {
    let root = parse(text).unwrap_or_else(|errors| panic!("{text:?}: {errors:?}"));
    root.syntax().descendants().find_map(T::cast).unwrap()
}

#[track_caller]
pub(super) fn applied(text: &str, edits: Vec<Edit>) -> String {
    let mut all = FileEdits::default();
    for edit in edits {
        all.add(edit).unwrap();
    }
    let after = all.apply(text);
    assert!(parse(&after).is_ok(), "{text:?} became {after:?}");
    after
}

use proptest::prelude::*;
use rnix::ast;

use super::*;

/// White space and comments as people and accidents put them between tokens.
fn trivia() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        " ",
        "\n",
        "\n\n",
        "\n  ",
        "\r\n\t",
        " # c\n",
        "\n  # c\r\n  ",
        " /* c */ ",
        "\n/* c\n d */ ",
    ])
    .prop_map(String::from)
}

/// The same, after checking that the edits replace nothing but white space.
fn added(text: &str, edits: Vec<Edit>) -> String {
    assert!(
        edits
            .iter()
            .all(|edit| text[edit.range.clone()].trim().is_empty()),
        "{text:?}: {edits:?}"
    );
    applied(text, edits)
}

/// How many lines end in white space or are the second of two blank ones.
fn untidy_lines(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let trailing = lines
        .iter()
        .filter(|line| line.trim_end() != **line)
        .count();
    trailing
        + lines
            .windows(2)
            .filter(|pair| pair.iter().all(|line| line.trim().is_empty()))
            .count()
}

/// A set, list or function with arbitrary trivia around each of its tokens.
fn valid_text() -> impl Strategy<Value = String> {
    let texts: Vec<&[&str]> = vec![
        &["[", "]"],
        &["[", "a", "(b c)", "]"],
        &["[", "{\n  a = 1;\n}", "''\n  a\n''", "]"],
        &["{", "}"],
        &["{", "a = 1;", "inherit b;", "c.d = {\n  e = 1;\n};", "}"],
        &["{", "}", ": 1"],
        &["{", "a", ",", "b ? 1", "}", ": 1"],
        &["{", "a", ",", "...", "}", ": 1"],
        &["{", "a", ",", "}", ": 1"],
        &["{", "...", "}", "@ b", ": 1"],
        &["let", "a = 1;", "b = 2;", "in", "a"],
    ];
    let parts = prop::sample::select(texts);
    (parts, prop::collection::vec(trivia(), 8)).prop_map(|(parts, gaps)| {
        let spaced: Vec<String> = parts
            .iter()
            .zip(gaps)
            .map(|(part, gap)| format!("{part}{gap}"))
            .collect();
        spaced.concat()
    })
}

/// The text without white space, where only additions may show.
fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

/// `after` is `before` with `new` put in somewhere, white space apart.
fn only_adds(before: &str, after: &str, new: &str) -> bool {
    let (before, after, new) = (solid(before), solid(after), solid(new));
    after.match_indices(&new).any(|(at, _)| {
        let without = format!("{}{}", &after[..at], &after[at + new.len()..]);
        // A formal brings its comma, on either side and perhaps before a comment.
        without.replacen(',', "", without.matches(',').count()) == before.replace(',', "")
    })
}

fn find<T: AstNode<Language = rnix::NixLanguage>>(text: &str) -> Option<T> {
    parse(text)
        .unwrap()
        .syntax()
        .descendants()
        .find_map(T::cast)
}

/// The edits of the expression that the text is.
fn to_root(text: &str, edit: impl Fn(&Exprs, ExprId) -> Vec<Edit>) -> Vec<Edit> {
    let exprs = Exprs::parse(text).unwrap();
    edit(&exprs, exprs.root())
}

proptest! {
    #[test]
    fn additions_parse_and_only_add(text in valid_text(), long in any::<bool>()) {
        let (item, binding) = if long { ("{\n  x = 1;\n}", "x = {\n  y = 1;\n};") } else { ("x", "x = 1;") };
        if let Some(list) = find::<ast::List>(&text) {
            let after = added(&text, append_list_item(&text, &list, item));
            prop_assert!(only_adds(&text, &after, item), "{text:?} became {after:?}");
            prop_assert_eq!(&after, &added(&text, to_root(&text, |exprs, root| append_item(&text, exprs, root, item))));
            prop_assert_eq!(find::<ast::List>(&after).unwrap().items().count(), list.items().count() + 1);
        }
        if let Some(pattern) = find::<ast::Pattern>(&text) {
            let after = added(&text, add_formal(&text, &pattern, "x"));
            prop_assert!(only_adds(&text, &after, "x"), "{text:?} became {after:?}");
            let formals = find::<ast::Pattern>(&after).unwrap().pat_entries().count();
            prop_assert_eq!(formals, pattern.pat_entries().count() + 1);
        } else if let Some(set) = find::<ast::AttrSet>(&text) {
            check_bindings(&text, &set, binding)?;
            let is_root = parse(&text).unwrap().expr() == Some(set.clone().into());
            for position in [Position::First, Position::Last].iter().filter(|_| is_root) {
                let read = to_root(&text, |exprs, root| add_attribute(&text, exprs, root, position, binding));
                prop_assert_eq!(read, add_binding(&text, &set, position, binding));
            }
        } else if let Some(set) = find::<ast::LetIn>(&text) {
            check_bindings(&text, &set, binding)?;
        }
    }

    #[test]
    fn what_was_added_can_be_removed_again(text in valid_text()) {
        if let Some(list) = find::<ast::List>(&text) {
            let after = applied(&text, append_list_item(&text, &list, "x"));
            let list: ast::List = find(&after).unwrap();
            let item = list.items().last().unwrap();
            prop_assert_eq!(solid(&applied(&after, remove_list_item(&after, &list, &item))), solid(&text));
        }
    }

    #[test]
    fn removals_take_one_item_and_leave_no_trailing_blanks(text in valid_text(), index in 0_usize..2) {
        if let Some(list) = find::<ast::List>(&text)
            && let Some(item) = list.items().nth(index)
        {
            let after = applied(&text, remove_list_item(&text, &list, &item));
            prop_assert_eq!(find::<ast::List>(&after).unwrap().items().count(), list.items().count() - 1);
            prop_assert!(untidy_lines(&after) <= untidy_lines(&text), "{text:?} became {after:?}");
        }
    }
}

fn check_bindings<S: Bindings>(text: &str, set: &S, binding: &str) -> Result<(), TestCaseError> {
    let mut positions = vec![Position::First, Position::Last];
    for entry in set.entries() {
        let range = syntax::range_of(&entry);
        positions.extend([Position::Before(range.clone()), Position::After(range)]);
    }
    for position in positions {
        let after = added(text, add_binding(text, set, &position, binding));
        prop_assert!(
            only_adds(text, &after, binding),
            "{text:?} became {after:?}"
        );
        prop_assert_eq!(
            find::<S>(&after).unwrap().entries().count(),
            set.entries().count() + 1
        );
    }
    for entry in set.entries() {
        let after = applied(text, remove_binding(text, &entry));
        prop_assert_eq!(
            find::<S>(&after).unwrap().entries().count(),
            set.entries().count() - 1
        );
        prop_assert!(
            untidy_lines(&after) <= untidy_lines(text),
            "{text:?} became {after:?}"
        );
    }
    Ok(())
}
