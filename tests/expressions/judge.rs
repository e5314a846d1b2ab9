//! What the real Nix says of expressions, and whether the evaluator says the same.

use std::path::{Path, PathBuf};

use nixfix::eval::value::{Kind, Root, TextPart, Thunk, Value};
use nixfix::eval::{Evaluator, InputKind, Inputs};
use nixfix::path::RepoPath;
use nixfix::tree::Tree;
use serde_json::{Value as Json, json};

use crate::expression::{Expression, FILES, MAIN};
use crate::nix::Nix;

/// What a flake's own store path may be called.
const SOURCE: &str = "0c1d2f3g4h5i6j7k8l9m0n1p2q3r4s5v-source";

/// What is said of an expression.
#[derive(Clone, PartialEq)]
pub enum Verdict {
    /// Nix and the evaluator agree on the whole value.
    Known,
    /// Nix fails, or the evaluator does not know all of it; what it knows is right.
    Unknown,
    /// The evaluator says something else than Nix.
    Wrong(String),
}

/// Judges each expression.
pub fn judge(all: &[Expression]) -> Vec<Verdict> {
    let nix = Nix::new().expect("nix can be run");
    let roots: Vec<PathBuf> = (0..all.len())
        .map(|index| nix.directory().join(index.to_string()).join(SOURCE))
        .collect();
    for (root, expression) in roots.iter().zip(all) {
        lay_out(root, expression).expect("a file can be written");
    }
    let answers = answers(&nix, &roots);
    let triples = all.iter().zip(&roots).zip(&answers);
    triples
        .map(|((expression, root), answer)| match answer {
            Some(answer) => compare(expression, root, answer),
            None => Verdict::Unknown,
        })
        .collect()
}

fn lay_out(root: &Path, expression: &Expression) -> std::io::Result<()> {
    let main = (MAIN, expression.text.as_str());
    for (path, text) in FILES.iter().copied().chain([main]) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(root))?;
        std::fs::write(path, text)?;
    }
    Ok(())
}

/// What Nix says of each; nothing of those where it fails.
fn answers(nix: &Nix, roots: &[PathBuf]) -> Vec<Option<Json>> {
    let lib = std::env::var_os("NIXFIX_LIB").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nix/nixpkgs/lib"),
        PathBuf::from,
    );
    let mut all = Vec::new();
    while all.len() < roots.len() {
        let spec = json!({ "lib": lib, "main": MAIN, "roots": roots[all.len()..] });
        let found = nix.eval("expressions.nix", &spec).expect("nix can be run");
        all.extend(found.values.into_iter().map(Some));
        // Nix stops at the first error.
        if all.len() < roots.len() {
            all.push(None);
        }
    }
    all
}

fn compare(expression: &Expression, root: &Path, answer: &Json) -> Verdict {
    let path = |path: &str| RepoPath::new(path).expect("a path in the repository");
    let evaluate = || {
        let files = FILES
            .iter()
            .copied()
            .chain([(MAIN, expression.text.as_str())]);
        let tree = Tree::in_memory(files.map(|(file, text)| (path(file), text.into())));
        let ev = Evaluator::new(tree);
        ev.set_inputs(Inputs {
            kinds: FromIterator::from_iter([("nixpkgs".into(), InputKind::Nixpkgs)]),
            ..Inputs::default()
        });
        let nixpkgs = Value::symbol(Root::Input("nixpkgs".into()), Vec::new());
        let lib = ("lib".into(), Thunk::done(ev.select(&nixpkgs, "lib")));
        let arguments = Thunk::done(Value::attrs([lib]));
        let value = ev.apply(&ev.import(&path(MAIN)), &arguments);
        let says = Says { ev: &ev, root };
        let mut is_known = true;
        match says.differs(&value, answer, &mut is_known) {
            Some(how) => Verdict::Wrong(how),
            None if is_known => Verdict::Known,
            None => Verdict::Unknown,
        }
    };
    nixfix::stack::run_deep(evaluate).expect("there is room for a stack")
}

/// What the evaluator says, against what Nix does.
struct Says<'e> {
    ev: &'e Evaluator,
    root: &'e Path,
}

impl Says<'_> {
    /// How the value is another than Nix's; `is_known` becomes false where a part of it is not known.
    fn differs(&self, value: &Value, nix: &Json, is_known: &mut bool) -> Option<String> {
        let plain = match &value.kind {
            Kind::Null => Json::Null,
            Kind::Bool(value) => json!(value),
            Kind::Int(value) => json!(value),
            Kind::Text(text) => {
                let parts = text.parts.iter().map(|part| self.text(part));
                match parts.collect::<Option<String>>() {
                    Some(text) => json!(text),
                    None => {
                        *is_known = false;
                        return None;
                    }
                }
            }
            Kind::Path(path) => json!({ "_path": self.place(path) }),
            Kind::Lambda(_) | Kind::Primop(_) => json!({ "_function": true }),
            Kind::List(list) => {
                return self.list_differs(&list.items().collect::<Vec<_>>(), nix, is_known);
            }
            Kind::Attrs(attrs) => {
                let Some(map) = nix.as_object().filter(|map| !map.contains_key("_path")) else {
                    return Some(format!("a set, and not {nix}"));
                };
                for (name, attr) in &attrs.map {
                    let value = self.ev.force(&attr.value);
                    let Some(nix) = map.get(&**name) else {
                        // Set under a condition that is not known.
                        if is_open(&value) {
                            *is_known = false;
                            continue;
                        }
                        return Some(format!("`{name}` is not in {nix}"));
                    };
                    let differs = self.differs(&value, nix, is_known);
                    if let Some(how) = differs {
                        return Some(format!("{name}: {how}"));
                    }
                }
                *is_known &= attrs.rest.is_none();
                let missing = map
                    .keys()
                    .find(|name| !attrs.map.contains_key(name.as_str()));
                return missing
                    .filter(|_| attrs.rest.is_none())
                    .map(|name| format!("`{name}` is missing"));
            }
            Kind::Choice(values) => {
                *is_known = false;
                let one = values
                    .iter()
                    .any(|value| self.differs(value, nix, &mut true).is_none());
                return (!one).then(|| format!("none of several values is {nix}"));
            }
            _ => {
                *is_known = false;
                return None;
            }
        };
        (plain != *nix).then(|| format!("{plain}, and not {nix}"))
    }

    /// A list whose stretches may be unknown: what stands before the first of them, and behind the last.
    fn list_differs(
        &self,
        items: &[Option<&Thunk>],
        nix: &Json,
        is_known: &mut bool,
    ) -> Option<String> {
        let Some(all) = nix.as_array() else {
            return Some(format!("a list, and not {nix}"));
        };
        let certain = items.iter().filter(|item| item.is_some()).count();
        let is_whole = certain == items.len();
        *is_known &= is_whole;
        if certain > all.len() || is_whole && certain < all.len() {
            return Some(format!("{certain} items, and not {nix}"));
        }
        let before = items
            .iter()
            .zip(all)
            .map_while(|(item, nix)| Some((item.as_ref()?, nix)));
        let behind = items
            .iter()
            .rev()
            .zip(all.iter().rev())
            .map_while(|(item, nix)| Some((item.as_ref()?, nix)));
        let mut pairs = before.chain(behind);
        pairs.find_map(|(item, nix)| self.differs(&self.ev.force(item), nix, is_known))
    }

    fn text(&self, part: &TextPart) -> Option<String> {
        match part {
            TextPart::Known(text) => Some(text.to_string()),
            TextPart::Store(path) => Some(self.place(path)),
            TextPart::Copy(_) | TextPart::Unknown(_) => None,
        }
    }

    fn place(&self, path: &RepoPath) -> String {
        let root = self.root.display();
        if path.is_root() {
            root.to_string()
        } else {
            format!("{root}/{path}")
        }
    }
}

/// Whether the value may be anything.
fn is_open(value: &Value) -> bool {
    let is_unknown = |one: &Value| matches!(one.kind, Kind::Unknown(_));
    value.alternatives().iter().any(is_unknown)
}
