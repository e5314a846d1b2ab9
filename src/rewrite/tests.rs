//! What the tables of all rewrites share, and properties that hold for all of them.

use rowan::ast::AstNode;

use crate::edit::{Edit, FileEdits};
use crate::syntax::parse;

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
