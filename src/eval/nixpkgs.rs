//! What nixfix knows of nixpkgs: its `lib`, package sets, and the few attributes that lead to them.

use std::rc::Rc;

use super::files::IMPORTED;
use super::operators::update_by_library;
use super::value::{Attr, Call, Kind, Name, Pkgs, Primop, PrimopEntry, Root, Symbol, Thunk, Value};
use super::{Evaluator, InputKind, builtins, names::Found};

/// Parts of `lib` whose names are in `lib` as well.
const NAMESPACES: &[&str] = &[
    "attrsets",
    "strings",
    "lists",
    "trivial",
    "modules",
    "options",
    "fixedPoints",
    "customisation",
    "filesystem",
    "sources",
    "debug",
    "versions",
];

/// Builtins that `lib` does not have.
const BUILTIN_ONLY: &[&str] = &[
    "path",
    "import",
    "fromTOML",
    "toPath",
    "storePath",
    "filterSource",
    "getEnv",
    "abort",
    "mul",
    "div",
    "isNull",
    "traceVerbose",
    "addErrorContext",
];

/// Every name that nixpkgs' `lib` has had at the top since April 2021, and those that its flake adds, one to a line.
const NAMES: &str = include_str!("lib/names");

/// Arguments that are packages of nixpkgs: that of a module, and those of an overlay.
const PACKAGES: &[&str] = &["pkgs", "final", "prev"];

impl Evaluator {
    /// An attribute of a symbol that nixfix understands.
    pub(super) fn known_attribute(&self, symbol: &Symbol, name: &str) -> Option<Value> {
        if let Some(namespace) = self.in_lib(symbol) {
            return self.library(namespace, name);
        }
        if let Some(value) = self.framework_attribute(symbol, name) {
            return Some(value);
        }
        match (&symbol.root, symbol.path.as_slice()) {
            (Root::Input(input), []) if name == "lib" => match self.input_kind(*input) {
                InputKind::Library(names) => Some(other_library(*input, names)),
                _ => None,
            },
            (Root::Input(input), [inputs]) if &**inputs == "inputs" => self.input_of(*input, name),
            (Root::Input(input), [set])
                if &**set == "legacyPackages" && self.is_nixpkgs(*input) =>
            {
                let system = Thunk::done(Value::attrs([(
                    "system".into(),
                    Thunk::done(Value::text(name)),
                )]));
                Some(package_set(*input, Some(system)))
            }
            (Root::Config(config), path) => {
                let path: Vec<Name> = path.iter().cloned().chain([name.into()]).collect();
                config.read(self, &path)
            }
            _ => None,
        }
    }

    /// Whether the call gives a host: that of some nixpkgs' `lib.nixosSystem`, or of the `extendModules` of such a one.
    pub(super) fn makes_host(&self, call: &Call) -> bool {
        let Kind::Symbol(symbol) = &call.function.kind else {
            return false;
        };
        let path: Vec<&str> = symbol.path.iter().map(|name| &**name).collect();
        match (&symbol.root, path.as_slice()) {
            (Root::Input(input), ["lib", "nixosSystem"]) => self.is_nixpkgs(*input),
            (Root::Call(base), ["extendModules"]) => self.makes_host(base),
            _ => false,
        }
    }

    fn is_nixpkgs(&self, input: Name) -> bool {
        self.input_kind(input) == InputKind::Nixpkgs
    }

    /// The path below `lib`, where the symbol is nixpkgs' `lib` or a part of it.
    fn in_lib<'s>(&self, symbol: &'s Symbol) -> Option<&'s [Name]> {
        let below_lib = || {
            symbol
                .path
                .split_first()
                .filter(|(first, _)| &***first == "lib")
                .map(|(_, rest)| rest)
        };
        match &symbol.root {
            Root::Input(input) if self.is_nixpkgs(*input) => below_lib(),
            Root::Pkgs(_) => below_lib(),
            Root::Argument(name) if &**name == "lib" => Some(&symbol.path),
            Root::Argument(name) if PACKAGES.contains(&&**name) => below_lib(),
            _ => None,
        }
    }

    /// The function `name` of `lib`, or of a part of it.
    fn library(&self, namespace: &[Name], name: &str) -> Option<Value> {
        if !namespace.iter().all(|part| NAMESPACES.contains(&&**part)) {
            return None;
        }
        let native = || (!BUILTIN_ONLY.contains(&name)).then(|| builtins::native(name))?;
        self.written(name).or_else(native)
    }

    /// `lhs // rhs`, where `rhs` is the `lib` of an input whose names are known.
    pub(super) fn below_library(&self, lhs: &Value, rhs: &Value) -> Option<Value> {
        let (Kind::Attrs(own), Kind::Symbol(symbol)) = (&lhs.kind, &rhs.kind) else {
            return None;
        };
        let (Root::Input(input), [lib]) = (&symbol.root, symbol.path.as_slice()) else {
            return None;
        };
        match self.input_kind(*input) {
            _ if &**lib != "lib" => None,
            InputKind::Nixpkgs => Some(update_by_library(own, rhs, may_be_in_library)),
            InputKind::Framework(framework) => {
                let names = framework.library()?;
                Some(self.update(lhs, &other_library(*input, names)))
            }
            InputKind::Library(_) | InputKind::Other => None,
        }
    }

    pub(super) fn find_in_pkgs(&self, pkgs: &Rc<Pkgs>, name: &str) -> Found {
        if name == "lib" {
            return Found::Here(Value::symbol(Root::Input(pkgs.input), vec!["lib".into()]));
        }
        let system = || self.get(&self.force(pkgs.arguments.as_ref()?), "system");
        if name == "system"
            && let Some(system) = system()
        {
            return Found::Here(system);
        }
        Found::Perhaps(Value::symbol(Root::Pkgs(pkgs.clone()), vec![name.into()]))
    }

    /// What a symbol that nixfix understands gives for an argument.
    pub(super) fn apply_symbol(&self, symbol: &Symbol, argument: &Thunk) -> Option<Value> {
        let path: Vec<&str> = symbol.path.iter().map(|name| &**name).collect();
        if self.in_lib(symbol).is_some() && path.last() == Some(&"extend") {
            let mut library = symbol.clone();
            library.path.pop();
            let extended = extended_library(Value::of(Kind::Symbol(Rc::new(library))), argument);
            return Some(self.force(&extended));
        }
        if let Some(value) = self.framework_call(symbol, argument) {
            return Some(value);
        }
        match (&symbol.root, path.as_slice()) {
            (Root::Input(input), [imported])
                if *imported == IMPORTED && self.is_nixpkgs(*input) =>
            {
                Some(package_set(*input, Some(argument.clone())))
            }
            (Root::Pkgs(pkgs), ["extend"]) => Some(extended_packages(pkgs, argument.clone())),
            (Root::Pkgs(pkgs), ["appendOverlays"]) => {
                let Kind::List(list) = self.force(argument).kind else {
                    return None;
                };
                let overlays = list.known_items()?;
                let extended = pkgs.extended.iter().cloned().chain(overlays).collect();
                let (input, arguments) = (pkgs.input, pkgs.arguments.clone());
                Some(Value::of(Kind::Pkgs(Rc::new(Pkgs {
                    input,
                    arguments,
                    extended,
                }))))
            }
            _ => None,
        }
    }
}

fn may_be_in_library(name: Name) -> bool {
    NAMES.lines().any(|known| known == &*name)
}

/// The `lib` of a flake, of which the names are known and nothing else.
fn other_library(input: Name, names: &[&str]) -> Value {
    Value::attrs(names.iter().map(|name| {
        let path = vec!["lib".into(), (*name).into()];
        let value = Value::symbol(Root::Input(input), path);
        ((*name).into(), Thunk::done(value))
    }))
}

fn package_set(input: Name, arguments: Option<Thunk>) -> Value {
    Value::of(Kind::Pkgs(Rc::new(Pkgs {
        input,
        arguments,
        extended: Vec::new(),
    })))
}

fn extended_packages(pkgs: &Pkgs, overlay: Thunk) -> Value {
    let extended = pkgs.extended.iter().cloned().chain([overlay]).collect();
    Value::of(Kind::Pkgs(Rc::new(Pkgs {
        input: pkgs.input,
        arguments: pkgs.arguments.clone(),
        extended,
    })))
}

/// `lib.extend (final: prev: { ... })`: the new names over the old ones.
fn extended_library(library: Value, overlay: &Thunk) -> Thunk {
    let overlay = overlay.clone();
    let old = library;
    let itself: Rc<std::cell::OnceCell<Thunk>> = Rc::default();
    let knot = itself.clone();
    let new = Thunk::native(move |ev| {
        let Some(itself) = knot.get() else {
            return Value::unknown("`lib` depends on itself");
        };
        let added = ev.apply_all(
            &ev.force(&overlay),
            &[itself.clone(), Thunk::done(old.clone())],
        );
        let hides = |added: &Value| added.obscures(|what| format!("`lib` is extended with {what}"));
        let Kind::Attrs(known) = &added.kind else {
            return hides(&added);
        };
        let mut known = (**known).clone();
        let rest = match &known.rest {
            Some(rest) => hides(rest),
            None => {
                let system = || system_of_library(&old, itself);
                (known.map.entry("nixosSystem".into())).or_insert_with(system);
                old
            }
        };
        known.rest = Some(rest.into());
        Value::of(Kind::Attrs(Rc::new(known)))
    });
    itself.get_or_init(|| new.clone());
    new
}

/// The `nixosSystem` of an extended library, which gives the modules that library as `lib`.
///
/// From the `flake.nix` of nixpkgs, where it takes `lib = final`.
fn system_of_library(old: &Value, library: &Thunk) -> Attr {
    let old = Thunk::select(&Thunk::done(old.clone()), "nixosSystem".into());
    let primop = Primop {
        function: &SYSTEM,
        args: vec![old, library.clone()],
    };
    Attr {
        value: Thunk::done(Value::of(Kind::Primop(Rc::new(primop)))),
        binding: None,
    }
}

static SYSTEM: PrimopEntry = PrimopEntry {
    name: "nixosSystem",
    arity: 3,
    run: |ev, args| {
        let library = Value::attrs([("lib".into(), args[1].clone())]);
        let given = ev.force(&args[2]);
        let arguments = Value {
            origin: given.origin.clone(),
            ..ev.update(&library, &given)
        };
        ev.apply(&ev.force(&args[0]), &Thunk::done(arguments))
    },
};
