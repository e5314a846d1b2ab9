//! The body of a list or set as the evaluator has read it, for which no syntax tree is needed: between the items of a body
//! there is nothing but blanks and comments.

use std::ops::Range;

use rnix::SyntaxKind::TOKEN_L_BRACE;

use super::super::lines::trimmed;
use super::{Body, Kind};
use crate::expr::{Bindings, Expr, ExprId, Exprs};
use crate::syntax::{comments, first_token};

impl<'t> Body<'t> {
    /// The body of the list or set `id` of `exprs`, which were read from `text`; `None` if it is neither.
    pub fn of_literal(text: &'t str, exprs: &Exprs, id: ExprId) -> Option<Body<'t>> {
        let whole = exprs.range(id);
        let (kind, start, items) = match &exprs[id] {
            Expr::List(items) => {
                let items = exprs.items(*items).iter();
                let items = items.map(|item| exprs.range(*item)).collect();
                (Kind::List, whole.start, items)
            }
            Expr::AttrSet(set) => {
                // Behind `rec`.
                let start = first_token(text, whole.clone(), TOKEN_L_BRACE)?;
                (Kind::Set, start, entries(exprs, set))
            }
            _ => return None,
        };
        let (open, close) = (start..start + 1, whole.end - 1);
        let comments = gaps(&items, open.end..close)
            .flat_map(|gap| comments(text, gap))
            .map(|comment| trimmed(text, comment));
        Some(Body {
            text,
            kind,
            comments: comments.collect(),
            open,
            close,
            items,
        })
    }
}

/// The entries of a set in the order of the text.
fn entries(exprs: &Exprs, set: &Bindings) -> Vec<Range<usize>> {
    let bindings = exprs.bindings(set.bindings).iter();
    let inherits = set.inherits.iter().map(|inherit| inherit.span);
    let spans = bindings.map(|binding| binding.span).chain(inherits);
    let mut entries: Vec<Range<usize>> = spans.map(|span| span.range()).collect();
    entries.sort_unstable_by_key(|entry| entry.start);
    entries
}

/// What lies between the items, before them and behind them.
fn gaps(items: &[Range<usize>], inside: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let starts = std::iter::once(inside.start).chain(items.iter().map(|item| item.end));
    let ends = items.iter().map(|item| item.start);
    starts
        .zip(ends.chain([inside.end]))
        .map(|(start, end)| start..end)
}

#[cfg(test)]
mod tests {
    use rnix::ast;
    use rowan::ast::AstNode;

    use super::*;
    use crate::syntax::{parse, range_of};

    /// Every list and set of the text has the body that its syntax tree shows.
    #[track_caller]
    fn assert_same(text: &str) {
        let tree = parse(text).unwrap_or_else(|errors| panic!("{text:?}: {errors:?}"));
        let exprs = Exprs::parse(text).expect("what is Nix to both");
        let literal = |range: Range<usize>, is_it: fn(&Expr) -> bool| {
            let id = exprs.find(&range, is_it).expect("the same literal");
            Body::of_literal(text, &exprs, id)
        };
        for node in tree.syntax().descendants() {
            if let Some(list) = ast::List::cast(node.clone()) {
                let read = literal(range_of(&list), |expr| matches!(expr, Expr::List(_)));
                assert_eq!(read, Some(Body::of_list(text, &list)), "{text:?}");
            }
            if let Some(set) = ast::AttrSet::cast(node) {
                let read = literal(range_of(&set), |expr| matches!(expr, Expr::AttrSet(_)));
                assert_eq!(read, Some(Body::of_bindings(text, &set)), "{text:?}");
            }
        }
    }

    #[test]
    fn a_body_is_the_same_whether_it_comes_from_a_tree_or_not() {
        for text in [
            "[ ] ++ [ /* a */ ] ++ [ a # b\r\n (c [ d ]) \"${[ e ]}\" ]",
            "{ } // { # a\n } // rec { } // rec /* { */ { b = 1; }",
            "{ z = 1; /* a */ inherit (b) c; # d\n y.x = { }; inherit; ${f} = [ ]; \"g h\" = ''[ ]''; }",
            "{ a ? { b = [ ]; } }: {\n  # c\n\n  d = a; # e\n}",
        ] {
            assert_same(text);
        }
    }

    #[test]
    fn so_is_every_body_of_the_corpus() {
        let mut directories =
            vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")];
        while let Some(directory) = directories.pop() {
            for entry in std::fs::read_dir(directory).expect("a directory of the corpus") {
                let path = entry.expect("an entry of it").path();
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                if path.is_dir() {
                    directories.push(path);
                } else if path.extension().is_some_and(|end| end == "nix") && parse(&text).is_ok() {
                    assert_same(&text);
                }
            }
        }
    }
}
