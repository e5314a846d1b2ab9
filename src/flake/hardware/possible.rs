//! Which modules may say anything of an option, whatever the conditions are.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::settings::Branch;
use crate::eval::Evaluator;
use crate::eval::value::{Kind, Name};

/// What the modules of a host hold, to be looked up by the path of an option: a host has hundreds, and few of them say
/// anything of one option.
#[derive(Default)]
pub(super) struct Possible {
    /// By the names of their attributes.
    named: FxHashMap<Name, Vec<Rc<Branch>>>,
    /// The modules that may hold anything.
    opaque: Vec<usize>,
    /// What was found, kept for all options that begin alike.
    below: Below,
}

/// What there is at one path.
struct Place {
    branches: Vec<Rc<Branch>>,
    below: Below,
}

type Below = RefCell<FxHashMap<Name, Rc<Place>>>;

impl Possible {
    /// Adds what a module holds. Modules come in order.
    pub(super) fn add(&mut self, branch: Branch) {
        match &branch.value().kind {
            Kind::Attrs(attrs) if attrs.rest.is_none() => {
                let branch = Rc::new(branch.clone());
                for name in attrs.map.keys() {
                    self.named.entry(*name).or_default().push(branch.clone());
                }
            }
            _ if self.opaque.last() == Some(&branch.module()) => {}
            _ => self.opaque.push(branch.module()),
        }
    }

    /// The modules that may have something at `path`, in order.
    pub(super) fn modules(&self, ev: &Evaluator, path: &[Name]) -> Vec<usize> {
        let mut modules = self.opaque.clone();
        if let Some(place) = self.place(ev, path)
            && !place.branches.is_empty()
        {
            modules.extend(place.branches.iter().map(|branch| branch.module()));
            modules.sort_unstable();
            modules.dedup();
        }
        modules
    }

    /// What there is at `path`, which has a name at least.
    fn place(&self, ev: &Evaluator, path: &[Name]) -> Option<Rc<Place>> {
        let (first, rest) = path.split_first()?;
        let all = self.named.get(first)?;
        let place = below(ev, &self.below, *first, all);
        Some(rest.iter().fold(place, |place, name| {
            below(ev, &place.below, *name, &place.branches)
        }))
    }
}

/// What `branches` have at the attribute `name`, as it is known or as it is found now.
fn below(ev: &Evaluator, known: &Below, name: Name, branches: &[Rc<Branch>]) -> Rc<Place> {
    if let Some(place) = known.borrow().get(&name) {
        return place.clone();
    }
    let (branches, lasts) = ev.lasting(|| at(ev, branches, name));
    let place = Rc::new(Place {
        branches,
        below: Below::default(),
    });
    if lasts {
        known.borrow_mut().insert(name, place.clone());
    }
    place
}

/// What `branches` have at the attribute `name`.
pub(super) fn at(ev: &Evaluator, branches: &[Rc<Branch>], name: Name) -> Vec<Rc<Branch>> {
    let mut found = Vec::new();
    for branch in branches {
        branch.at(ev, name, &mut found);
    }
    found
}
