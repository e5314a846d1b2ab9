//! The same text, read by rnix's parser and by ours, has to say the same at the same places.

use proptest::prelude::*;
use rnix::SyntaxKind::TOKEN_L_BRACK;
use rnix::ast::{HasEntry, LiteralKind};

use super::*;
use crate::syntax::{self, range_of};

/// What a text says, as far as both readings know of it: every expression with its place.
struct Ours<'t> {
    text: &'t str,
    exprs: Exprs,
}

impl Ours<'_> {
    fn show(&self, id: ExprId) -> String {
        let range = self.exprs.range(id);
        let say = |id: &ExprId| self.show(*id);
        let what = match &self.exprs[id] {
            Expr::Ident(name) => format!("ident {name}"),
            Expr::Int(number) => format!("int {number}"),
            Expr::Float(number) => format!("float {number}"),
            Expr::Overflow => "overflow".to_string(),
            Expr::Uri => format!("uri {}", &self.text[range.clone()]),
            Expr::Plain | Expr::Str(_) => self.string(id),
            Expr::PathRel(parts) => format!("relative {}", self.path(*parts)),
            Expr::PathAbs(parts) => format!("absolute {}", self.path(*parts)),
            Expr::PathElsewhere(_) => "elsewhere".to_string(),
            Expr::List(items) => format!("list {}", all(self.exprs.items(*items).iter().map(say))),
            Expr::AttrSet(bindings) => format!("set {}", self.bindings(bindings)),
            Expr::LetIn(bindings, body) => format!("let {} {}", self.bindings(bindings), say(body)),
            Expr::With(set, body) => format!("with {} {}", say(set), say(body)),
            Expr::Lambda(function) => {
                format!(
                    "lambda {} {}",
                    self.param(&function.param),
                    say(&function.body)
                )
            }
            Expr::Apply(function, argument) => format!("apply {} {}", say(function), say(argument)),
            Expr::Select(select) => {
                let default = select.default.as_ref().map(say);
                let path = self.attrs(select.path);
                format!("select {} {path} {default:?}", say(&select.base))
            }
            Expr::HasAttr(set, path) => format!("has {} {}", say(set), self.attrs(*path)),
            Expr::IfElse(condition, then, otherwise) => {
                format!(
                    "if {}",
                    all([condition, then, otherwise].into_iter().map(say))
                )
            }
            Expr::Assert(condition, body) => format!("assert {} {}", say(condition), say(body)),
            Expr::Binary(operator, lhs, rhs) => {
                format!("{operator:?} {} {}", say(lhs), say(rhs))
            }
            Expr::Unary(operator, operand) => format!("{operator:?} {}", say(operand)),
            Expr::Paren(inner) => format!("paren {}", say(inner)),
            Expr::LegacyLet(bindings) => format!("legacy let {}", self.bindings(bindings)),
            Expr::CurPos => "place".to_string(),
        };
        at(range, what)
    }

    fn string(&self, id: ExprId) -> String {
        let source = &self.text[self.exprs.range(id)];
        let part = |part: &StrPart| match part {
            StrPart::Known(text) => format!("{text:?}"),
            StrPart::Hole(expr) => self.show(*expr),
        };
        match &self.exprs[id] {
            Expr::Str(string) => format!("string {}", all(string.parts(source).iter().map(part))),
            _ => format!("string [{:?}]", &source[1..source.len() - 1]),
        }
    }

    fn path(&self, parts: Run<PathPart>) -> String {
        all(self.exprs.parts(parts).iter().map(|part| match part {
            PathPart::Known(span) => self.text[span.range()].to_string(),
            PathPart::Hole(expr) => self.show(*expr),
        }))
    }

    fn bindings(&self, bindings: &Bindings) -> String {
        let inherits = all(bindings.inherits.iter().map(|inherit| {
            let from = inherit.from.map(|from| self.show(from));
            let attr = |attr: &InheritedAttr| {
                let variable = attr.variable.map(|variable| self.show(variable));
                at(
                    attr.span.range(),
                    format!("{} {variable:?}", self.attr(&attr.name)),
                )
            };
            format!("inherit {from:?} {}", all(inherit.attrs.iter().map(attr)))
        }));
        let mut in_order: Vec<&Binding> = self.exprs.bindings(bindings.bindings).iter().collect();
        in_order.sort_by_key(|binding| binding.span.start);
        let others = all(in_order.iter().map(|binding| {
            let (path, value) = (self.attrs(binding.path), self.show(binding.value));
            at(binding.span.range(), format!("{path} {value}"))
        }));
        format!("{} {inherits} {others}", bindings.is_recursive)
    }

    fn attrs(&self, path: Run<AttrName>) -> String {
        all(self.exprs.names(path).iter().map(|attr| self.attr(attr)))
    }

    fn attr(&self, attr: &AttrName) -> String {
        match attr {
            AttrName::Written(name, _) => at(attr.range(self.text), format!("name {name:?}")),
            AttrName::Computed(expr, span) => {
                at(span.range(), format!("computed {}", self.show(*expr)))
            }
        }
    }

    fn param(&self, param: &Param) -> String {
        match param {
            Param::Name(name) => name.to_string(),
            Param::Pattern(pattern) => {
                let formal = |formal: &Formal| {
                    let default = formal.default.map(|default| self.show(default));
                    at(formal.range(), format!("{} {default:?}", formal.name))
                };
                let formals = all(pattern.formals.iter().map(formal));
                let at_name = pattern
                    .at_name
                    .map(|name| at(pattern.range_of(name, self.text), name.to_string()));
                let is_open = pattern.is_open;
                at(
                    pattern.span.range(),
                    format!("{formals} {at_name:?} {is_open}"),
                )
            }
        }
    }
}

fn theirs(expr: &ast::Expr) -> String {
    let say = |expr: Option<ast::Expr>| theirs(&expr.expect("a whole tree"));
    let what = match expr {
        ast::Expr::Ident(ident) => format!("ident {ident}"),
        ast::Expr::Literal(literal) => match literal.kind() {
            LiteralKind::Integer(token) => token
                .value()
                .map_or("overflow".to_string(), |number| format!("int {number}")),
            LiteralKind::Float(token) => token
                .value()
                .map_or("overflow".to_string(), |number| format!("float {number}")),
            LiteralKind::Uri(_) => format!("uri {literal}"),
        },
        ast::Expr::Str(string) => their_string(string),
        ast::Expr::PathRel(path) => format!("relative {}", their_path(&path.parts())),
        ast::Expr::PathAbs(path) => format!("absolute {}", their_path(&path.parts())),
        ast::Expr::PathHome(_) | ast::Expr::PathSearch(_) => "elsewhere".to_string(),
        ast::Expr::List(list) => format!("list {}", all(list.items().map(|item| theirs(&item)))),
        ast::Expr::AttrSet(set) => {
            format!("set {} {}", syntax::is_recursive(set), their_entries(set))
        }
        ast::Expr::LetIn(let_in) => {
            format!("let false {} {}", their_entries(let_in), say(let_in.body()))
        }
        ast::Expr::With(with) => format!("with {} {}", say(with.namespace()), say(with.body())),
        ast::Expr::Lambda(lambda) => {
            let param = their_param(&lambda.param().unwrap());
            format!("lambda {param} {}", say(lambda.body()))
        }
        ast::Expr::Apply(apply) => {
            format!("apply {} {}", say(apply.lambda()), say(apply.argument()))
        }
        ast::Expr::Select(select) => {
            let default = select.default_expr().map(|default| theirs(&default));
            let path = their_attrs(select.attrpath().unwrap().attrs());
            format!("select {} {path} {default:?}", say(select.expr()))
        }
        ast::Expr::HasAttr(has) => {
            let path = their_attrs(has.attrpath().unwrap().attrs());
            format!("has {} {path}", say(has.expr()))
        }
        ast::Expr::IfElse(branches) => {
            let parts = [branches.condition(), branches.body(), branches.else_body()];
            format!("if {}", all(parts.into_iter().map(say)))
        }
        ast::Expr::Assert(assert) => {
            format!("assert {} {}", say(assert.condition()), say(assert.body()))
        }
        ast::Expr::BinOp(operation) => {
            let operator = operation.operator().unwrap();
            format!(
                "{operator:?} {} {}",
                say(operation.lhs()),
                say(operation.rhs())
            )
        }
        ast::Expr::UnaryOp(operation) => {
            format!(
                "{:?} {}",
                operation.operator().unwrap(),
                say(operation.expr())
            )
        }
        ast::Expr::Paren(paren) => format!("paren {}", say(paren.expr())),
        ast::Expr::LegacyLet(set) => format!("legacy let false {}", their_entries(set)),
        ast::Expr::CurPos(_) => "place".to_string(),
        ast::Expr::Root(root) => return say(root.expr()),
        ast::Expr::Error(_) => unreachable!("a tree without errors"),
    };
    at(range_of(expr), what)
}

fn their_string(string: &ast::Str) -> String {
    let part = |part| match part {
        InterpolPart::Literal(text) => format!("{text:?}"),
        InterpolPart::Interpolation(hole) => theirs(&hole.expr().unwrap()),
    };
    format!(
        "string {}",
        all(string.normalized_parts().into_iter().map(part))
    )
}

fn their_path(parts: &[InterpolPart<ast::PathContent>]) -> String {
    all(parts.iter().map(|part| match part {
        InterpolPart::Literal(text) => ast::AstToken::syntax(text).text().to_string(),
        InterpolPart::Interpolation(hole) => theirs(&hole.expr().unwrap()),
    }))
}

fn their_entries(node: &impl HasEntry) -> String {
    let inherits = all(node.inherits().map(|inherit| {
        let from = inherit.from().map(|from| theirs(&from.expr().unwrap()));
        let attr = |attr: ast::Attr| {
            let variable = match &attr {
                ast::Attr::Ident(ident) => Some(theirs(&ident.clone().into())),
                _ => None,
            };
            at(
                range_of(&attr),
                format!("{} {variable:?}", their_attr(&attr)),
            )
        };
        format!("inherit {from:?} {}", all(inherit.attrs().map(attr)))
    }));
    let others = all(node.attrpath_values().map(|binding| {
        let path = their_attrs(binding.attrpath().unwrap().attrs());
        let value = theirs(&binding.value().unwrap());
        at(range_of(&binding), format!("{path} {value}"))
    }));
    format!("{inherits} {others}")
}

fn their_attrs(attrs: impl Iterator<Item = ast::Attr>) -> String {
    all(attrs.map(|attr| their_attr(&attr)))
}

fn their_attr(attr: &ast::Attr) -> String {
    match attr {
        ast::Attr::Ident(ident) => at(range_of(ident), format!("name {:?}", ident.to_string())),
        ast::Attr::Str(string) => {
            let quoted = string.to_string();
            let is_plain = quoted.len() > 2 && quoted.starts_with('"');
            match is_plain && !quoted.contains(['\\', '$', '\r']) {
                true => at(
                    range_of(string),
                    format!("name {:?}", &quoted[1..quoted.len() - 1]),
                ),
                false => {
                    let said = at(range_of(string), their_string(string));
                    at(range_of(attr), format!("computed {said}"))
                }
            }
        }
        ast::Attr::Dynamic(dynamic) => {
            let said = theirs(&dynamic.expr().unwrap());
            at(range_of(attr), format!("computed {said}"))
        }
    }
}

fn their_param(param: &ast::Param) -> String {
    match param {
        ast::Param::IdentParam(param) => param.ident().unwrap().to_string(),
        ast::Param::Pattern(pattern) => {
            let formal = |entry: ast::PatEntry| {
                let default = entry.default().map(|default| theirs(&default));
                let name = entry.ident().unwrap();
                at(range_of(&name), format!("{name} {default:?}"))
            };
            let formals = all(pattern.pat_entries().map(formal));
            let at_name = pattern
                .pat_bind()
                .map(|bind| bind.ident().unwrap())
                .map(|name| at(range_of(&name), name.to_string()));
            let is_open = pattern.ellipsis_token().is_some();
            at(
                range_of(pattern),
                format!("{formals} {at_name:?} {is_open}"),
            )
        }
    }
}

fn at(range: Range<usize>, what: String) -> String {
    format!("({}..{} {what})", range.start, range.end)
}

fn all(parts: impl Iterator<Item = String>) -> String {
    format!("[{}]", parts.collect::<Vec<_>>().join(" "))
}

/// What the tokens of a text open, in the order of [`Opening`].
fn openings_of(text: &str) -> Vec<Opening> {
    let mut at = 0;
    let openings = rnix::tokenize(text).filter_map(|(kind, token)| {
        let start = at;
        at += token.len();
        match kind {
            TOKEN_L_BRACE => Some(Opening::Brace(start)),
            TOKEN_L_BRACK => Some(Opening::Bracket(start)),
            _ => None,
        }
    });
    let mut openings: Vec<Opening> = openings.collect();
    openings.sort();
    openings
}

/// Both readings of a text; `None` where it is no Nix.
fn readings(text: &str) -> (Option<String>, Option<String>) {
    let ours = Exprs::parse(text).ok().map(|exprs| {
        let root = exprs.root();
        let mut openings: Vec<Opening> = exprs.openings(text).collect();
        openings.sort();
        assert_eq!(openings, openings_of(text), "{text}");
        Ours { text, exprs }.show(root)
    });
    let theirs = syntax::parse(text)
        .ok()
        .map(|root| theirs(&root.expr().unwrap()));
    (ours, theirs)
}

#[track_caller]
fn assert_agree(text: &str) {
    let (ours, theirs) = readings(text);
    assert!(theirs.is_some(), "rnix refuses {text}");
    assert_eq!(ours, theirs, "{text}");
}

#[test]
fn bindings_that_begin_alike_stand_together() {
    let text = "{ b = 1; a.c = 2; ${x}.y = 3; a = 4; b.d = 5; a.${x} = 6; a.b.c = 7; a.c = 8; }";
    let exprs = Exprs::parse(text).unwrap();
    let Expr::AttrSet(set) = &exprs[exprs.root()] else {
        panic!("a set");
    };
    let in_order = exprs.bindings(set.bindings).iter();
    let texts: Vec<&str> = in_order.map(|one| &text[one.span.range()]).collect();
    let expected = [
        "a = 4;",
        "a.b.c = 7;",
        "a.c = 2;",
        "a.c = 8;",
        "a.${x} = 6;",
        "b = 1;",
        "b.d = 5;",
        "${x}.y = 3;",
    ];
    assert_eq!(texts, expected);
}

#[test]
fn every_form_is_read_as_rnix_reads_it() {
    for text in [
        "x",
        "1",
        "99999999999999999999",
        "1.5",
        "https://example.org/a",
        r#""""#,
        r#""a""#,
        r#""a\n$b""#,
        r#""a${b}c${"d${e}"}""#,
        "''\n    a\n      ${b}\n    ''${c} ''\\n '''\n  ''",
        "./a",
        "../a/${b}/c.nix",
        "/a/${b}c",
        "~/a",
        "<nixpkgs/lib>",
        "[ a (b c) ./d ]",
        "{ }",
        "rec { a = 1; b.c.\"d e\".${f} = a; }",
        "{ inherit; inherit a \"b\" ${\"c\"} or; inherit (d) e; or = 1; \"\" = 2; '' x'' = 3; }",
        "let a = 1; inherit b; in a",
        "let { body = 1; }",
        "with a; b",
        "a: b: c",
        "{ }: a",
        "{ a, b ? 1, ... }@all: a",
        "all@{ a, }: a",
        "{ ... }: a",
        "{ a }@b: a",
        "f a b.c [ d ] { e = f; } (g h)",
        "a.b.c or d.e or f g",
        "a or b",
        "a b or c",
        "a ? b.\"c\".${d} ? e",
        "if a then b else c",
        "assert a; b",
        "__curPos",
        "!a && !b || c -> d -> e",
        "!a + b",
        "-a + -b * c / d - e",
        "a ++ b ++ c // d // e",
        "a == b && c != d || e < f && g >= h",
        "a < b == c > d",
        "a |> b |> c <| d <| e",
        "- - a",
        "! ! a ? b",
        "f x: y",
        "[ x: y ]",
        "a + x: y + z",
        "((a))",
        " # before\n{ /* inside */ a = 1; # after\n}\n",
    ] {
        assert_agree(text);
    }
}

#[test]
fn what_is_no_nix_is_refused() {
    for text in [
        "",
        "{",
        "}",
        "(a",
        "(a]",
        "[ a",
        "{ a }",
        "{ a = 1 }",
        "{ a, b }",
        "a b;",
        "a < b < c",
        "a == b == c",
        "a + !b",
        "1 - ",
        "let a = 1; a",
        "if a then b",
        "with a b",
        "{ a ? }: b",
        "x@{ a }@y: a",
        "{ ..., a }: a",
        "a.",
        "\"a",
        "''a",
        "${a}",
        "inherit a;",
        "a = 1",
        "{ a.b }",
        "./a ${b}",
        "a.b or",
        "assert a",
        "\u{a0}a",
        "@",
        "a\u{0}",
    ] {
        assert!(Exprs::parse(text).is_err(), "{text}");
    }
}

/// As long as the guard lets pass, on the small stack of a test's thread; as deep as a build without optimisation can
/// go there.
#[test]
fn long_and_deep_texts_are_read_on_a_small_stack() {
    for (piece, times, end) in [
        ("a -> ", 1000, "a".to_string()),
        ("a ++ ", 1000, "a".to_string()),
        ("a + ", 1000, "a".to_string()),
        ("- ", 2000, "a".to_string()),
        ("! ", 2000, "a".to_string()),
        ("a ", 2000, "a".to_string()),
        ("[", 500, "]".repeat(500)),
        ("(", 100, format!("a{}", ")".repeat(100))),
        ("{ a = ", 100, format!("a{}", ";}".repeat(100))),
        ("x: ", 100, "a".to_string()),
    ] {
        let text = format!("{}{end}", piece.repeat(times));
        assert!(Exprs::parse(&text).is_ok(), "{piece}");
    }
}

/// The Nix files that come with nixfix: its library and adapters, and its corpus.
#[test]
fn every_file_of_the_corpus_is_read_as_rnix_reads_it() {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut directories = vec![own.join("corpus"), own.join("src"), own.join("docs")];
    let mut files = 0;
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "nix")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let (ours, theirs) = readings(&text);
                assert!(ours == theirs, "{} is read in two ways", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 500, "{files} files");
}

/// Pieces of Nix that make a text when they stand side by side; now and then a whole one.
const PIECES: &[&str] = &[
    "a",
    "b",
    "x:",
    "{ a, b ? c, ... }:",
    "{ }:",
    "e@{ a }:",
    "{",
    "}",
    "rec {",
    "(",
    ")",
    "[",
    "]",
    "a =",
    "a.b =",
    "\"c\" =",
    "${a} =",
    "or",
    ";",
    "inherit",
    "inherit (a)",
    ".",
    "?",
    "!",
    "-",
    "+",
    "*",
    "/",
    "++",
    "//",
    "==",
    "!=",
    "<",
    ">=",
    "&&",
    "||",
    "->",
    "|>",
    "<|",
    "let",
    "in",
    "with",
    "if",
    "then",
    "else",
    "assert",
    "@",
    ",",
    "...",
    "1",
    "1.5",
    "\"s\"",
    "\"${",
    "''",
    "${",
    "./p",
    "./p/${",
    "/q",
    "~/r",
    "<n>",
    "u://v",
    "__curPos",
    "# c\n",
    "/* c */",
];

/// Whole expressions, nested at random.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "b.c",
        "1",
        "\"s\"",
        "./p",
        "x: x",
        "{ }",
        "[ ]",
        "''t ${a}''",
        "a or b",
        "{ a }: a",
    ]);
    leaf.prop_map(String::from)
        .prop_recursive(5, 48, 4, |inner| {
            let two = (inner.clone(), inner.clone());
            let operator = prop::sample::select(vec![
                "+", "-", "*", "/", "++", "//", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "->",
                "|>", "<|", " ",
            ]);
            prop_oneof![
                (two.clone(), operator)
                    .prop_map(|((a, b), operator)| format!("{a} {operator} {b}")),
                inner.clone().prop_map(|a| format!("({a})")),
                inner.clone().prop_map(|a| format!("-{a}")),
                inner.clone().prop_map(|a| format!("!{a}")),
                inner.clone().prop_map(|a| format!("{a} ? b.c")),
                inner.clone().prop_map(|a| format!("\"${{{a}}}\"")),
                two.clone().prop_map(|(a, b)| format!("({a}).b or {b}")),
                two.clone()
                    .prop_map(|(a, b)| format!("{{ a = {a}; b.\"c\" = {b}; }}")),
                two.clone()
                    .prop_map(|(a, b)| format!("let a = {a}; in {b}")),
                two.clone().prop_map(|(a, b)| format!("with {a}; {b}")),
                two.clone()
                    .prop_map(|(a, b)| format!("if {a} then {b} else {a}")),
                two.prop_map(|(a, b)| format!("{{ a ? {a}, ... }}: {b}")),
                prop::collection::vec(inner, 0..4)
                    .prop_map(|items| format!("[ {} ]", items.join(" "))),
            ]
        })
}

proptest! {
    /// What rnix lets pass, such as `(a =`, may be refused; what it refuses must be.
    #[test]
    fn what_is_accepted_is_read_as_rnix_reads_it(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14),
    ) {
        let text = pieces.join(" ");
        let (ours, theirs) = readings(&text);
        if ours.is_some() {
            prop_assert_eq!(ours, theirs, "{}", text);
        }
    }

    #[test]
    fn random_expressions_are_read_as_rnix_reads_them(text in expression()) {
        let (ours, theirs) = readings(&text);
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}
