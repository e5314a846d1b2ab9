//! Functions that ask the tree: `import`, `readDir`, `pathExists`, `readFile` and what is built on them.

use super::value::{Call, Kind, Name, Origin, PrimopEntry, Root, Text, TextPart, Thunk, Value};
use super::{Evaluator, InputKind, ListingDepth, frameworks, top};
use crate::expr::Span;
use crate::path::RepoPath;
use crate::tree::{EntryKind, ReadProblem};

/// The attribute that stands for "the function that `import nixpkgs` gives"; no attribute can be called so.
pub(super) const IMPORTED: &str = "<import>";

const fn primop(
    name: &'static str,
    arity: usize,
    run: fn(&Evaluator, &[Thunk]) -> Value,
) -> PrimopEntry {
    PrimopEntry { name, arity, run }
}

pub(super) const TABLE: &[PrimopEntry] = &[
    primop("import", 1, |ev, args| {
        ev.each(&ev.force(&args[0]), |value| ev.import_value(value))
    }),
    primop("readDir", 1, |ev, args| {
        ev.with_path(&args[0], |path| read_dir(ev, path))
    }),
    primop("pathExists", 1, |ev, args| {
        ev.with_path(&args[0], |path| Value::bool(ev.tree().kind(path).is_some()))
    }),
    primop("readFileType", 1, |ev, args| {
        ev.with_path(&args[0], |path| match ev.tree().kind(path) {
            Some(kind) => kind_name(kind),
            None => Value::unknown(format!("there is no `{path}`")),
        })
    }),
    primop("readFile", 1, |ev, args| {
        ev.with_path(&args[0], |path| read_file(ev, path))
    }),
    primop("fromJSON", 1, |ev, args| {
        ev.with_text_of(&args[0], |text| {
            match serde_json::from_str::<serde_json::Value>(text) {
                Ok(data) => from_data(data),
                Err(error) => Value::unknown(format!("the JSON is broken: {error}")),
            }
        })
    }),
    primop("fromTOML", 1, |ev, args| {
        ev.with_text_of(&args[0], |text| {
            match toml::from_str::<serde_json::Value>(text) {
                Ok(data) => from_data(data),
                Err(error) => Value::unknown(format!("the TOML is broken: {}", error.message())),
            }
        })
    }),
    primop("listsDirectories", 2, frameworks::lists_directories),
    primop("pathBelow", 2, frameworks::path_below),
    primop("toPath", 1, |ev, args| ev.force(&args[0])),
    primop("path", 1, |ev, args| {
        copy(ev, &ev.select(&ev.force(&args[0]), "path"))
    }),
    primop("filterSource", 2, |ev, args| copy(ev, &ev.force(&args[1]))),
    primop("storePath", 1, |ev, args| ev.force(&args[0])),
    primop("listFilesRecursive", 1, |ev, args| {
        ev.with_path(&args[0], |path| {
            ev.note_listing(path, ListingDepth::Everything);
            let item = |path: &RepoPath| Thunk::done(Value::of(Kind::Path(path.clone())));
            Value::list(ev.tree().below(path).map(item).collect::<Vec<_>>())
        })
    }),
];

impl Evaluator {
    fn import_value(&self, value: &Value) -> Value {
        if let Some(path) = self.path_to_import(value) {
            return self.import(&path);
        }
        if let Kind::Symbol(symbol) = &value.kind
            && let Some(imported) = self.framework_import(symbol)
        {
            return imported;
        }
        if let Some(input) = value.as_input() {
            return Value::symbol(Root::Input(input), vec![IMPORTED.into()]);
        }
        if let Some(known) = self.in_nixpkgs(value) {
            return known;
        }
        value.obscures(|what| format!("the import of {what} cannot be followed"))
    }

    /// What the file of a nixpkgs at this path gives: its `lib`, the `eval-config.nix` that `lib.nixosSystem` calls, or the
    /// flake, whose outputs are its own whatever they are given.
    fn in_nixpkgs(&self, value: &Value) -> Option<Value> {
        let Kind::Text(text) = &value.kind else {
            return None;
        };
        let [TextPart::Unknown(source), TextPart::Known(rest)] = text.parts.as_slice() else {
            return None;
        };
        let of = |input, path: &[&str]| {
            let path = path.iter().map(|name| (*name).into()).collect();
            Value::symbol(Root::Input(input), path)
        };
        match rest.trim_start_matches('/') {
            "lib" | "lib/default.nix" => Some(of(self.nixpkgs_at(source)?, &["lib"])),
            // Only a nixpkgs has that file: a patched copy is one of the flake's own.
            "nixos/lib/eval-config.nix" => {
                let input = self.nixpkgs_at(source).or_else(|| self.main_nixpkgs())?;
                Some(of(input, &["lib", "nixosSystem"]))
            }
            "flake.nix" => {
                let flake = Thunk::done(of(self.nixpkgs_at(source)?, &[]));
                let outputs = self.apply(&self.written("const")?, &flake);
                Some(Value::attrs([("outputs".into(), Thunk::done(outputs))]))
            }
            _ => None,
        }
    }

    /// The nixpkgs that is the source, or that `applyPatches` made it of.
    fn nixpkgs_at(&self, source: &Value) -> Option<Name> {
        match &source.kind {
            Kind::Symbol(symbol) => match &symbol.root {
                Root::Input(input) if self.input_kind(*input) == InputKind::Nixpkgs => Some(*input),
                Root::Call(call) => self.patched(call),
                Root::Pkgs(pkgs) if matches!(symbol.path.as_slice(), [name] if &**name == "path") => {
                    Some(pkgs.input)
                }
                _ => None,
            },
            Kind::Call(call) => self.patched(call),
            _ => None,
        }
    }

    fn patched(&self, call: &Call) -> Option<Name> {
        match &call.function.kind {
            Kind::Symbol(symbol)
                if symbol
                    .path
                    .last()
                    .is_some_and(|name| &**name == "applyPatches") =>
            {
                self.nixpkgs_at(&self.get(&self.force(&call.argument), "src")?)
            }
            _ => None,
        }
    }

    /// Whether something imported the file at `path`.
    pub fn has_imported(&self, path: &RepoPath) -> bool {
        self.imports.borrow().contains_key(path)
    }

    /// The value of the file at `path`, or of the `default.nix` of the directory at `path`.
    pub fn import(&self, path: &RepoPath) -> Value {
        let path = self.module_file(path);
        if let Some(thunk) = self.imports.borrow().get(&path) {
            let thunk = thunk.clone();
            return self.force(&thunk);
        }
        let read = path.clone();
        let thunk = Thunk::native(move |ev| ev.read_expr(&read));
        self.imports.borrow_mut().insert(path, thunk.clone());
        self.force(&thunk)
    }

    /// The file that importing `path` reads.
    pub fn module_file(&self, path: &RepoPath) -> RepoPath {
        // Many hosts import the same file.
        if let Some(known) = self.module_files.borrow().get(path) {
            return known.clone();
        }
        let resolved = self.tree.resolve(path);
        let file = match self.tree.kind(&resolved) {
            Some(EntryKind::Directory) => {
                let default = resolved.join("default.nix");
                self.tree.resolve(&default.unwrap_or(resolved))
            }
            _ => resolved,
        };
        let mut known = self.module_files.borrow_mut();
        known.insert(path.clone(), file.clone());
        file
    }

    fn read_expr(&self, path: &RepoPath) -> Value {
        let file = match self.tree.file(path) {
            Ok(file) => file,
            Err(ReadProblem::Missing) => {
                return Value::unknown(format!("git tracks no file `{path}`"));
            }
            Err(ReadProblem::Unreadable(why)) => {
                return Value::unknown(format!("`{path}` cannot be read: {why}"));
            }
        };
        match file.exprs() {
            Some(exprs) => self.eval(exprs.root(), &top(&file)),
            None => Value::unknown(format!("`{path}` is not valid Nix")),
        }
    }

    fn with_path(&self, value: &Thunk, f: impl Fn(&RepoPath) -> Value) -> Value {
        self.each(&self.force(value), |value| {
            match self.coerced(value.clone()).as_path() {
                Some(path) => f(&path),
                None => value.obscures(|what| format!("{what} is no path in the repository")),
            }
        })
    }

    fn with_text_of(&self, value: &Thunk, f: impl Fn(&str) -> Value) -> Value {
        self.each(&self.force(value), |value| match value.as_text() {
            Some(text) => f(&text),
            None => value.obscures(|what| format!("{what} is not known")),
        })
    }
}

/// What names the copy of a path in the store; of what is no path in the repository, itself.
fn copy(ev: &Evaluator, value: &Value) -> Value {
    ev.each(value, |value| match ev.coerced(value.clone()).as_path() {
        Some(path) => Value::from(Text::of(TextPart::Copy(path))),
        None => value.clone(),
    })
}

fn read_dir(ev: &Evaluator, path: &RepoPath) -> Value {
    ev.note_listing(path, ListingDepth::Names);
    let value = |kind| Thunk::done(kind_name(kind));
    let (file, directory, link) = (
        value(EntryKind::File),
        value(EntryKind::Directory),
        value(EntryKind::Symlink),
    );
    let of_kind = |kind| match kind {
        EntryKind::File => file.clone(),
        EntryKind::Directory => directory.clone(),
        EntryKind::Symlink => link.clone(),
    };
    match ev.tree().list(path) {
        Some(names) => Value::attrs(
            names
                .into_iter()
                .map(|(name, kind)| (name.into(), of_kind(kind))),
        ),
        None => Value::unknown(format!("git tracks no directory `{path}`")),
    }
}

fn kind_name(kind: EntryKind) -> Value {
    Value::text(match kind {
        EntryKind::File => "regular",
        EntryKind::Directory => "directory",
        EntryKind::Symlink => "symlink",
    })
}

fn read_file(ev: &Evaluator, path: &RepoPath) -> Value {
    match ev.tree().file(path) {
        Ok(file) => Value::from(Text::of(TextPart::Known(file.text.clone()))).at(Origin {
            span: Span::whole(&file.text),
            file,
        }),
        Err(ReadProblem::Missing) => Value::unknown(format!("git tracks no file `{path}`")),
        Err(ReadProblem::Unreadable(why)) => {
            Value::unknown(format!("`{path}` cannot be read: {why}"))
        }
    }
}

/// JSON or TOML as Nix sees it.
fn from_data(data: serde_json::Value) -> Value {
    use serde_json::Value as Data;
    match data {
        Data::Null => Value::of(Kind::Null),
        Data::Bool(value) => Value::bool(value),
        Data::Number(number) => match number.as_i64() {
            Some(number) => Value::of(Kind::Int(number)),
            None => Value::of(Kind::Float(number.as_f64().unwrap_or(f64::NAN))),
        },
        Data::String(text) => Value::text(text),
        Data::Array(items) => {
            Value::list(items.into_iter().map(|item| Thunk::done(from_data(item))))
        }
        Data::Object(map) => Value::attrs(
            map.into_iter()
                .map(|(name, value)| ((&*name).into(), Thunk::done(from_data(value)))),
        ),
    }
}
