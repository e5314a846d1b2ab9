//! `config` as one host has it: options read lazily from what its modules set, for conditions such as
//! `mkIf config.my.gpu.enable`. Used to judge a host's hardware only; edits never rest on it.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use rustc_hash::FxHashMap;

use super::options::Options;
use super::presence;
use super::settings::{Setting, strongest};
use crate::eval::Evaluator;
use crate::eval::value::{Configuration, Kind, Name, Part, Root, Value};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::modules::given::Given;

/// The options of a host, where `config` can be read.
pub(super) fn configured(flake: &Flake, built: &Built) -> Rc<Options> {
    let config = Rc::new(Config::default());
    let symbol = Value::symbol(Root::Config(config.clone()), Vec::new());
    let arguments = built
        .modules
        .arguments_with_config(flake, &built.system, symbol);
    let options = Rc::new(Options::of(
        flake,
        Given::new(built.modules.clone(), arguments),
    ));
    config.host.get_or_init(|| Rc::downgrade(&options));
    options
}

#[derive(Default)]
struct Config {
    /// What the modules set, and they hold this in turn: holding them here would keep all of it for ever.
    host: OnceCell<Weak<Options>>,
    known: RefCell<FxHashMap<Vec<Name>, Known>>,
}

/// What is known of an option.
enum Known {
    /// It is being read.
    Reading,
    /// It was read.
    Read(Option<Value>),
}

impl Configuration for Config {
    fn read(&self, ev: &Evaluator, path: &[Name]) -> Option<Value> {
        let host = self.host.get()?.upgrade()?;
        match self.known.borrow().get(path) {
            Some(Known::Read(known)) => return known.clone(),
            Some(Known::Reading) => {
                ev.note_circle();
                return None;
            }
            None => {}
        }
        let reading = Known::Reading;
        self.known.borrow_mut().insert(path.to_vec(), reading);
        let value = merged(ev, &host, path);
        let read = Known::Read(value.clone());
        self.known.borrow_mut().insert(path.to_vec(), read);
        value
    }

    fn has(&self, ev: &Evaluator, path: &[Name]) -> Option<bool> {
        let host = self.host.get()?.upgrade()?;
        presence::has(ev, &host, path)
    }
}

/// The value of the option at `path`.
fn merged(ev: &Evaluator, options: &Options, path: &[Name]) -> Option<Value> {
    let branches = options.branches(ev, path);
    if branches.iter().any(|branch| branch.is_set()) {
        return None;
    }
    let declared = declaration(ev, options, path);
    if let Declared::Converted = declared {
        return None;
    }
    let decided = branches.iter().filter_map(|branch| branch.decided(ev));
    let settings = strongest(decided.collect());
    if settings.is_empty() {
        return match declared {
            Declared::Default(value) => Some(value),
            _ => None,
        };
    }
    let is_list = |setting: &Setting| matches!(setting.value.kind, Kind::List(_));
    if settings
        .iter()
        .any(|setting| setting.certain && is_list(setting))
    {
        return Some(joined(&settings, &declared));
    }
    agreed(&settings)
}

/// Lists of one priority are put together; what is not certain, or nixpkgs adds, is a stretch.
fn joined(settings: &[Setting], declared: &Declared) -> Value {
    let mut parts = Vec::new();
    for setting in settings {
        match &setting.value.kind {
            Kind::List(list) if setting.certain => parts.extend(list.parts.iter().cloned()),
            _ => parts.push(Part::Stretch(Value::unknown("it depends on a condition"))),
        }
    }
    if let Declared::Elsewhere = declared {
        parts.push(Part::Stretch(Value::unknown("nixpkgs may add to it")));
    }
    Value::of(Kind::List(Rc::new(crate::eval::value::List::of(parts))))
}

/// The one value that all settings give.
fn agreed(settings: &[Setting]) -> Option<Value> {
    let first = settings.iter().find(|setting| setting.certain)?;
    let alike = |other: &Setting| {
        let truth = (first.value.as_bool(), other.value.as_bool());
        matches!(truth, (Some(a), Some(b)) if a == b)
    };
    let alone = settings.len() == 1 && is_plain(&first.value);
    (alone || settings.iter().all(alike)).then(|| first.value.clone())
}

fn is_plain(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) | Kind::Path(_) => true,
        Kind::Text(_) => value.as_text().is_some() || value.as_path().is_some(),
        Kind::Symbol(_) | Kind::Call(_) => true,
        _ => false,
    }
}

/// How an option is declared.
enum Declared {
    /// Not in the repository.
    Elsewhere,
    /// With this default.
    Default(Value),
    /// Without a default.
    Bare,
    /// With an `apply` function, so that it is not what it is set to.
    Converted,
}

fn declaration(ev: &Evaluator, options: &Options, path: &[Name]) -> Declared {
    let found = options.declaration(ev, path);
    found.map_or(Declared::Elsewhere, |option| read_option(ev, &option))
}

/// The default of `mkOption { ... }` or `mkEnableOption "..."`, also with `// { default = ...; }`.
fn read_option(ev: &Evaluator, option: &Value) -> Declared {
    match &option.kind {
        Kind::Call(call) => {
            let Kind::Symbol(function) = &call.function.kind else {
                return Declared::Bare;
            };
            match function.path.last().map(|name| &**name) {
                Some("mkEnableOption") => Declared::Default(Value::bool(false)),
                Some("mkOption") => of_attributes(ev, &ev.force(&call.argument)),
                _ => Declared::Bare,
            }
        }
        Kind::Attrs(attrs) => match (of_attributes(ev, option), &attrs.rest) {
            (Declared::Bare, Some(rest)) => read_option(ev, rest),
            (declared, _) => declared,
        },
        _ => Declared::Bare,
    }
}

fn of_attributes(ev: &Evaluator, option: &Value) -> Declared {
    let Some(attrs) = option.as_attrs() else {
        return Declared::Bare;
    };
    let attribute = |name: &str| attrs.map.get(name).map(|attr| ev.force(&attr.value));
    match (attribute("apply"), attribute("default")) {
        (Some(_), _) => Declared::Converted,
        (None, Some(default)) => Declared::Default(default),
        (None, None) => Declared::Bare,
    }
}
