//! What the modules of a host set and declare, to be looked up by the path of an option. Which of them say anything of an
//! option is told from the modules as all hosts have them; only these are given the host's own `config`.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::possible::{Possible, at};
use super::settings::{Branch, Setting, unwrapped};
use crate::eval::Evaluator;
use crate::eval::value::{Kind, Name, Value};
use crate::flake::Flake;
use crate::flake::modules::Modules;
use crate::flake::modules::given::Given;
use crate::flake::options::{each_content, parts_of_module};

/// What the modules of a host set and declare.
pub(super) struct Options {
    given: Given,
    /// What they may set.
    set: Possible,
    /// What they may declare in `options`.
    declared: OnceCell<Possible>,
    /// What each module sets.
    contents: RefCell<FxHashMap<usize, Known>>,
}

/// What is known of what a module sets.
enum Known {
    /// It is being read.
    Reading,
    /// It was read.
    Read(Rc<Contents>),
}

/// What a module sets.
struct Contents {
    /// The sets that it ends in, and what may be one, without anything wrapped around them.
    all: Vec<Rc<Branch>>,
    /// What was found in them.
    first: RefCell<FxHashMap<Name, Rc<[Rc<Branch>]>>>,
}

impl Options {
    /// What the modules that are given `config` set.
    pub(super) fn of(flake: &Flake, given: Given) -> Options {
        let mut set = Possible::default();
        each_content(flake, &given.modules, |index, value| {
            set.add(Branch::new(index, value.clone(), true));
        });
        Options {
            given,
            set,
            declared: OnceCell::new(),
            contents: RefCell::default(),
        }
    }

    /// The modules, as they are without the host's `config`.
    pub(super) fn modules(&self) -> &Modules {
        &self.given.modules
    }

    /// The settings of the option at `path`, in the order of the modules.
    pub(super) fn settings(&self, ev: &Evaluator, path: &[Name]) -> Vec<Setting> {
        let branches = self.branches(ev, path).into_iter();
        branches.filter_map(|branch| branch.decided(ev)).collect()
    }

    /// Everything that may set the option at `path`.
    pub(super) fn branches(&self, ev: &Evaluator, path: &[Name]) -> Vec<Rc<Branch>> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for index in self.set.modules(ev, path) {
            let branches = self.contents(ev, index).at(ev, *first);
            // What hides everything does so all the way down.
            if branches.iter().all(|branch| branch.hides()) {
                found.extend(branches.iter().cloned());
            } else {
                let all = branches.to_vec();
                let below = |branches: Vec<_>, name: &Name| at(ev, &branches, *name);
                found.append(&mut rest.iter().fold(all, below));
            }
        }
        found
    }

    /// The declaration at `path`.
    pub(super) fn declaration(&self, ev: &Evaluator, path: &[Name]) -> Option<Value> {
        self.declarations(ev, path).next()
    }

    /// What the modules that declare something at `path` have there: an option, or a set of options.
    pub(super) fn declarations(
        &self,
        ev: &Evaluator,
        path: &[Name],
    ) -> impl Iterator<Item = Value> {
        let declaring = self.declared(ev).modules(ev, path).into_iter();
        declaring.filter_map(|index| {
            let whole = ev.get(&self.given.value(ev, index), "options")?;
            path.iter().try_fold(whole, |set, name| ev.get(&set, name))
        })
    }

    fn declared(&self, ev: &Evaluator) -> &Possible {
        self.declared.get_or_init(|| {
            let mut declared = Possible::default();
            for (index, module) in self.modules().all.iter().enumerate() {
                if let Some(options) = ev.get(&module.value, "options") {
                    let branches = unwrapped(ev, Branch::new(index, options, true));
                    branches.into_iter().for_each(|branch| declared.add(branch));
                }
            }
            declared
        })
    }

    /// What the module of that index sets. Asked for again while it is being found out, it may be anything.
    fn contents(&self, ev: &Evaluator, index: usize) -> Rc<Contents> {
        match self.contents.borrow().get(&index) {
            Some(Known::Read(contents)) => return contents.clone(),
            Some(Known::Reading) => {
                ev.note_circle();
                let anything = Value::unknown("what it sets depends on itself");
                let anything = Branch::new(index, anything, false);
                return Rc::new(Contents::of([anything]));
            }
            None => {}
        }
        self.contents.borrow_mut().insert(index, Known::Reading);
        let (contents, lasts) = ev.lasting(|| {
            let module = self.given.value(ev, index);
            let certain = self.modules().all[index].certain;
            let found = contents(ev, &module, certain).into_iter();
            Rc::new(Contents::of(found.flat_map(|(certain, content)| {
                unwrapped(ev, Branch::new(index, content, certain))
            })))
        });
        let mut known = self.contents.borrow_mut();
        match lasts {
            true => known.insert(index, Known::Read(contents.clone())),
            false => known.remove(&index),
        };
        contents
    }
}

impl Contents {
    fn of(all: impl IntoIterator<Item = Branch>) -> Contents {
        Contents {
            all: all.into_iter().map(Rc::new).collect(),
            first: RefCell::default(),
        }
    }

    /// What the module sets at the attribute `name`.
    fn at(&self, ev: &Evaluator, name: Name) -> Rc<[Rc<Branch>]> {
        if let Some(known) = self.first.borrow().get(&name) {
            return known.clone();
        }
        let (found, lasts) = ev.lasting(|| Rc::from(at(ev, &self.all, name)));
        if lasts {
            self.first.borrow_mut().insert(name, Rc::clone(&found));
        }
        found
    }
}

/// What a module holds as `config`, with whether it is certain that it does. What stands outside the repository sets nothing
/// that could be read.
fn contents(ev: &Evaluator, module: &Value, certain: bool) -> Vec<(bool, Value)> {
    if !matches!(module.kind, Kind::Choice(_) | Kind::Attrs(_)) {
        return Vec::new();
    }
    let parts = parts_of_module(ev, module).into_iter();
    parts
        .map(|(value, always)| (certain && always, value))
        .collect()
}
