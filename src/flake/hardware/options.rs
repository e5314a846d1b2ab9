//! What the modules of a host set and declare, to be looked up by the path of an option.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::settings::{Branch, Setting, unwrapped};
use crate::eval::Evaluator;
use crate::eval::value::{Kind, Name, Value};
use crate::flake::modules::Module;

/// What the modules of a host set.
pub(super) struct Options {
    /// The sets that modules end in, and what may be one, in the order of the modules.
    contents: Vec<Rc<Branch>>,
    named: Named,
    /// What was found below them.
    below: Below,
    /// What the modules declare as `options`, in their order.
    declaring: Vec<Value>,
    declared: Named,
}

/// What is set at one path. Many options are looked for that begin alike.
struct Place {
    branches: Vec<Rc<Branch>>,
    below: Below,
}

type Below = RefCell<FxHashMap<Name, Rc<Place>>>;

/// Which of some values have an attribute of a name: a host has hundreds of modules, and few of them say anything of one
/// option.
#[derive(Default)]
struct Named {
    by_name: FxHashMap<Name, Vec<usize>>,
    /// Which may have any.
    opaque: Vec<usize>,
}

impl Named {
    fn add(&mut self, index: usize, value: &Value) {
        match &value.kind {
            Kind::Attrs(attrs) if attrs.rest.is_none() => {
                for name in attrs.map.keys() {
                    self.by_name.entry(*name).or_default().push(index);
                }
            }
            _ => self.opaque.push(index),
        }
    }

    /// Those that may have it, in order.
    fn of(&self, name: Name) -> Vec<usize> {
        let named = self.by_name.get(&name).map_or(&[][..], Vec::as_slice);
        let mut indices: Vec<usize> = named.iter().chain(&self.opaque).copied().collect();
        indices.sort_unstable();
        indices
    }
}

impl Options {
    /// The options that `modules` set.
    pub(super) fn of(ev: &Evaluator, modules: &[Module]) -> Options {
        let mut options = Options {
            contents: Vec::new(),
            named: Named::default(),
            below: Below::default(),
            declaring: Vec::new(),
            declared: Named::default(),
        };
        for (index, module) in modules.iter().enumerate() {
            if let Some(declared) = ev.get(&module.value, "options") {
                options.declared.add(options.declaring.len(), &declared);
                options.declaring.push(declared);
            }
            for (certain, content) in contents(ev, module) {
                for branch in unwrapped(ev, Branch::new(index, content, certain)) {
                    options.named.add(options.contents.len(), branch.value());
                    options.contents.push(Rc::new(branch));
                }
            }
        }
        options
    }

    /// The settings of the option at `path`, in the order of the modules.
    pub(super) fn settings(&self, ev: &Evaluator, path: &[Name]) -> Vec<Setting> {
        let Some(place) = self.place(ev, path) else {
            return Vec::new();
        };
        let branches = place.branches.iter();
        branches.filter_map(|branch| branch.decided(ev)).collect()
    }

    /// Everything that may set the option at `path`.
    pub(super) fn branches(&self, ev: &Evaluator, path: &[Name]) -> Vec<Rc<Branch>> {
        let place = self.place(ev, path);
        place.map_or_else(Vec::new, |place| place.branches.clone())
    }

    /// The declaration at `path`.
    pub(super) fn declaration(&self, ev: &Evaluator, path: &[Name]) -> Option<Value> {
        let mut declaring = self.declared.of(*path.first()?).into_iter();
        declaring.find_map(|index| {
            let whole = self.declaring[index].clone();
            path.iter().try_fold(whole, |set, name| ev.get(&set, name))
        })
    }

    /// What is set at `path`, which has a name at least.
    fn place(&self, ev: &Evaluator, path: &[Name]) -> Option<Rc<Place>> {
        let (first, rest) = path.split_first()?;
        let place = below(ev, &self.below, *first, |found| {
            let named = self.named.of(*first).into_iter();
            named.for_each(|index| self.contents[index].at(ev, *first, found));
        });
        Some(rest.iter().fold(place, |place, name| {
            below(ev, &place.below, *name, |found| {
                let branches = place.branches.iter();
                branches.for_each(|branch| branch.at(ev, *name, found));
            })
        }))
    }
}

/// The place of that name, as it is known or as `find` finds it.
fn below(
    ev: &Evaluator,
    known: &Below,
    name: Name,
    find: impl FnOnce(&mut Vec<Rc<Branch>>),
) -> Rc<Place> {
    if let Some(place) = known.borrow().get(&name) {
        return place.clone();
    }
    let (mut branches, circles) = (Vec::new(), ev.circles());
    find(&mut branches);
    let place = Rc::new(Place {
        branches,
        below: Below::default(),
    });
    // In the midst of an evaluation, a value that is being made cannot be seen.
    if ev.circles() == circles {
        known.borrow_mut().insert(name, place.clone());
    }
    place
}

/// What a module holds as `config`, with whether it is certain that it does.
fn contents(ev: &Evaluator, module: &Module) -> Vec<(bool, Value)> {
    let alternatives = match &module.value.kind {
        Kind::Choice(values) => values.to_vec(),
        // What stands outside the repository sets nothing that could be read.
        Kind::Attrs(_) => vec![module.value.clone()],
        _ => Vec::new(),
    };
    let certain = module.certain && alternatives.len() == 1;
    let content = |value: &Value| {
        let has = |name: &str| {
            value
                .as_attrs()
                .is_some_and(|attrs| attrs.map.contains_key(name))
        };
        match (has("config"), has("options")) {
            (true, _) => ev.get(value, "config"),
            (false, true) => None,
            (false, false) => Some(value.clone()),
        }
    };
    alternatives
        .iter()
        .filter_map(content)
        .map(|value| (certain, value))
        .collect()
}
