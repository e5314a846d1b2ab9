//! The model of a flake: its inputs, its hosts, and for each host the modules, overlays and machine file, as values that
//! know where they were written.
//!
//! Answers questions and keeps its values; never edits.

mod attributes;
pub mod describe;
pub mod generated;
pub mod hardware;
pub mod hosts;
pub mod inputs;
pub mod inside;
pub mod listing;
pub mod machine;
pub mod model;
pub mod modules;
pub mod options;
pub mod others;
pub mod outline;
pub mod overlays;
pub mod platform;
pub mod repository;
pub mod scope;

use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::eval::value::{Attr, Attrs, Kind, Name, NameMap, Origin, Root, Thunk, Value};
use crate::eval::{Evaluator, InputKind, ListingDepth};
use crate::expr::{Binding, Expr, Pattern};
use crate::path::RepoPath;
use crate::tree::{File, ReadProblem, Tree};

use self::generated::Generated;
use self::hosts::Host;
use self::inputs::Input;
use self::options::Contents;

/// A flake, read from one tree.
pub struct Flake {
    /// The evaluator that read it: values of the model are forced with it.
    pub ev: Evaluator,
    /// The flake.nix.
    pub file: Rc<File>,
    /// The declared inputs, in source order.
    pub inputs: Vec<Input>,
    /// What the flake.nix is made from, where a tool writes it.
    pub generated: Option<Generated>,
    /// The value of the `outputs` function.
    pub outputs: Value,
    /// The sets that have every input: the argument of `outputs`, and what `self.inputs` is.
    sets_of_inputs: [Thunk; 2],
    contents: Contents,
    /// The hosts, in Nix's order.
    pub hosts: Vec<Host>,
    /// What keeps some hosts out of sight.
    pub hidden_hosts: Option<Value>,
}

impl Flake {
    /// Reads the flake at `path`.
    ///
    /// # Errors
    /// Why it is no flake that nixfix can work on, with the place.
    pub fn read(tree: &Tree, path: &RepoPath) -> Result<Flake, Vec<Diagnostic>> {
        let file = read_file(tree, path)?;
        let ev = Evaluator::new(tree.clone());
        let root = ev.import(path);
        let Kind::Attrs(root) = &root.kind else {
            return Err(vec![not_a_flake(
                &file,
                "`flake.nix` is not an attribute set",
            )]);
        };
        let Some(outputs) = root.map.get("outputs") else {
            return Err(vec![not_a_flake(&file, "`flake.nix` has no `outputs`")]);
        };
        let function = ev.force(&outputs.value);
        let Kind::Lambda(lambda) = &function.kind else {
            return Err(vec![not_a_flake(&file, "`outputs` is not a function")]);
        };
        let inputs = inputs::read(&ev, root, &lambda.function().param);
        ev.set_inputs(inputs::known(&inputs));
        let (outputs, sets_of_inputs) = call_outputs(&ev, &function, &inputs, path);
        let generated = match generated::is_marked(&file) {
            true => match generated::source(&file, &ev) {
                Some(source) => Some(source),
                None => return Err(vec![generated::refusal(&file)]),
            },
            false => None,
        };
        let mut flake = Flake {
            ev,
            file,
            inputs,
            generated,
            outputs,
            sets_of_inputs,
            contents: Contents::default(),
            hosts: Vec::new(),
            hidden_hosts: None,
        };
        (flake.hosts, flake.hidden_hosts) = hosts::read(&flake);
        Ok(flake)
    }

    /// The files as this model saw them.
    pub fn tree(&self) -> &Tree {
        self.ev.tree()
    }

    /// The directory of the flake.nix.
    pub fn directory(&self) -> RepoPath {
        self.file.path.parent().unwrap_or_else(RepoPath::root)
    }

    /// The declared input of that name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| &*input.name == name)
    }

    /// Whether `value` is the flake input `name` itself.
    pub fn is_input(value: &Value, name: &str) -> bool {
        value.as_input().is_some_and(|input| &*input == name)
    }

    /// Whether the set is one that has every input, whatever their number.
    pub fn is_set_of_inputs(&self, set: &Rc<Attrs>) -> bool {
        let mut known = self.sets_of_inputs.iter();
        known.any(|known| {
            let known = self.ev.force(known);
            known.as_attrs().is_some_and(|known| Rc::ptr_eq(known, set))
        })
    }

    /// What the `outputs` function of the flake.nix takes, if it is written there and takes a set.
    pub fn outputs_pattern(&self) -> Option<&Pattern> {
        let exprs = self.file.exprs()?;
        let Expr::AttrSet(top) = &exprs[exprs.root()] else {
            return None;
        };
        let is_whole = |binding: &&Binding| exprs.names(binding.path).len() == 1;
        let outputs = exprs.bindings_of(top, "outputs").find(is_whole)?;
        match &exprs[exprs.unwrap_parens(outputs.value)] {
            Expr::Lambda(function) => function.param.pattern(),
            _ => None,
        }
    }

    /// Whether a new file at `path` would be seen by something that lists a directory.
    pub fn is_listed(&self, path: &RepoPath) -> bool {
        self.ev.listed().iter().any(|(directory, depth)| {
            let new_entry = || {
                let entry = path.components().nth(directory.components().count());
                entry
                    .and_then(|entry| directory.join(entry))
                    .is_some_and(|entry| self.tree().kind(&entry).is_none())
            };
            path.is_within(directory) && (*depth == ListingDepth::Everything || new_entry())
        })
    }

    /// Whether a relative path in `file` to `target` leads out of what Nix copies to the store by itself.
    pub fn leaves_copy(&self, file: &RepoPath, target: &RepoPath) -> bool {
        self.left_copy(file, target).is_some()
    }

    /// What Nix copies to the store by itself and a relative path in `file` to `target` leads out of.
    pub fn left_copy(&self, file: &RepoPath, target: &RepoPath) -> Option<RepoPath> {
        // A copy of the whole flake has everything.
        let whole = self.directory();
        let copied = self.ev.copied();
        let mut parts = copied.iter().filter(|copied| !whole.is_within(copied));
        parts
            .find(|copied| file.is_within(copied) && !target.is_within(copied))
            .cloned()
    }

    /// Whether a file of the user's stands at the origin, as opposed to a function of nixfix's own library.
    pub fn is_users(&self, origin: &Origin) -> bool {
        !crate::eval::is_own(&origin.file.path)
    }
}

fn read_file(tree: &Tree, path: &RepoPath) -> Result<Rc<File>, Vec<Diagnostic>> {
    let file = tree.file(path).map_err(|problem| {
        let why = match problem {
            ReadProblem::Missing => "git does not track it".to_string(),
            ReadProblem::Unreadable(why) => why,
        };
        vec![
            Diagnostic::error("flake-unreadable", format!("cannot read `{path}`: {why}"))
                .in_file(path.clone()),
        ]
    })?;
    syntax_errors(&file)?;
    Ok(file)
}

/// The syntax errors of a file as diagnostics.
///
/// # Errors
/// If there are any.
pub fn syntax_errors(file: &File) -> Result<(), Vec<Diagnostic>> {
    // What the evaluator can read has none, and needs no tree to tell.
    if file.exprs().is_some() {
        return Ok(());
    }
    let Err(errors) = file.root() else {
        return Ok(());
    };
    // The parser stumbles on after the first error, and what it says then is seldom true.
    Err(errors
        .iter()
        .take(1)
        .map(|error| {
            let message = format!("`{}` is not valid Nix: {}", file.path, error.message);
            let diagnostic = Diagnostic::error("syntax-error", message);
            match &error.range {
                Some(range) => diagnostic.at(file.path.clone(), range.clone()),
                None => diagnostic.in_file(file.path.clone()),
            }
        })
        .collect())
}

fn not_a_flake(file: &File, message: &str) -> Diagnostic {
    Diagnostic::error("not-a-flake", message).in_file(file.path.clone())
}

/// The value of `outputs`, applied to the inputs and to itself, and the sets that have every input.
fn call_outputs(
    ev: &Evaluator,
    function: &Value,
    inputs: &[Input],
    flake: &RepoPath,
) -> (Value, [Thunk; 2]) {
    let knot: Rc<std::cell::OnceCell<Thunk>> = Rc::default();
    let mut arguments: NameMap<Attr> = NameMap::new();
    for input in inputs {
        let value = Thunk::done(Value::symbol(Root::Input(input.name), Vec::new()));
        arguments.insert(
            input.name,
            Attr {
                value,
                binding: input.binding.clone(),
            },
        );
    }
    let itself = knot.clone();
    let own = Thunk::native(move |ev| {
        itself
            .get()
            .map_or_else(|| Value::unknown("self"), |itself| ev.force(itself))
    });
    arguments.insert(
        "self".into(),
        Attr {
            value: own,
            binding: None,
        },
    );
    let arguments = Thunk::done(Value::of(Kind::Attrs(Rc::new(Attrs {
        map: arguments,
        ..Attrs::default()
    }))));

    let result = Thunk::apply(&Thunk::done(function.clone()), &arguments);
    let directory = flake.parent().unwrap_or_else(RepoPath::root);
    let (outputs, own_inputs) = (result.clone(), inputs_of_self(&arguments));
    let sets = [arguments, own_inputs.clone()];
    let itself =
        Thunk::native(move |ev| self_of(&ev.force(&outputs), outputs, own_inputs, directory));
    knot.get_or_init(|| itself);
    (ev.force(&result), sets)
}

/// `self.inputs`: the argument of `outputs` but for `self`.
fn inputs_of_self(arguments: &Thunk) -> Thunk {
    let arguments = arguments.clone();
    Thunk::native(move |ev| {
        let all = ev.force(&arguments);
        let mut attrs = all
            .as_attrs()
            .map(|attrs| (**attrs).clone())
            .unwrap_or_default();
        attrs.map.remove("self");
        Value::of(Kind::Attrs(Rc::new(attrs)))
    })
}

/// `self`: the outputs, and what Nix adds to them.
fn self_of(value: &Value, outputs: Thunk, inputs: Thunk, directory: RepoPath) -> Value {
    let path = Thunk::done(Value::of(Kind::Path(directory)));
    let unknown = |what: &str| {
        Thunk::done(Value::unknown(format!(
            "`self.{what}` depends on the commit"
        )))
    };
    let added = [
        ("inputs", inputs),
        ("outputs", outputs),
        ("outPath", path.clone()),
        (
            "sourceInfo",
            Thunk::done(Value::attrs([("outPath".into(), path)])),
        ),
        ("_type", Thunk::done(Value::text("flake"))),
        ("rev", unknown("rev")),
        ("shortRev", unknown("shortRev")),
        ("dirtyRev", unknown("dirtyRev")),
        ("dirtyShortRev", unknown("dirtyShortRev")),
        ("lastModified", unknown("lastModified")),
        ("lastModifiedDate", unknown("lastModifiedDate")),
        ("narHash", unknown("narHash")),
    ];
    let mut attrs = match &value.kind {
        Kind::Attrs(attrs) => (**attrs).clone(),
        _ => Attrs {
            rest: Some(value.clone().into()),
            ..Attrs::default()
        },
    };
    for (name, value) in added {
        attrs.map.insert(
            name.into(),
            Attr {
                value,
                binding: None,
            },
        );
    }
    Value::of(Kind::Attrs(Rc::new(attrs)))
}

/// Whether nixpkgs is what the input is.
pub(crate) fn is_nixpkgs(flake: &Flake, input: Name) -> bool {
    flake.ev.input_kind(input) == InputKind::Nixpkgs
}
