//! What modules set an option to, with every condition read last: as the module system does, only the conditions of
//! what sets the very option are looked at, so that one option can decide about another.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::eval::Evaluator;
use crate::eval::value::{Kind, Name, Site, Thunk, Value};
use crate::flake::modules::Module;
use crate::flake::options::is_bare;

/// One setting of an option.
#[derive(Clone)]
pub(super) struct Setting {
    /// The module that makes it, by index.
    pub module: usize,
    /// The value, without `mkIf`, `mkForce` and the like around it.
    pub value: Value,
    /// The `option = value;` binding.
    pub binding: Option<Site>,
    /// Whether it certainly holds; what certainly does not is no setting.
    pub certain: bool,
    /// Whether it holds by a condition, which tells of this host where others share the place.
    pub conditional: bool,
    /// Its priority: 100 is the default, `mkForce` is 50, `mkDefault` is 1000.
    pub priority: i64,
}

/// A setting whose conditions are not looked at yet.
#[derive(Clone)]
pub(super) struct Branch {
    setting: Setting,
    conditions: Vec<Thunk>,
    /// Whether it hides whatever else may be set on the way to the option.
    hides: bool,
}

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
                    options
                        .named
                        .add(options.contents.len(), &branch.setting.value);
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
        let declaring = self.declared.of(*path.first()?).into_iter();
        let mut found = declaring.map(|index| {
            let whole = self.declaring[index].clone();
            path.iter().try_fold(whole, |set, name| ev.get(&set, name))
        });
        found.find_map(|found| found)
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

/// Those of `settings` that the module system keeps: the ones of the strongest priority, and what may be stronger.
pub(super) fn strongest(mut settings: Vec<Setting>) -> Vec<Setting> {
    let certain = settings.iter().filter(|setting| setting.certain);
    if let Some(strongest) = certain.map(|setting| setting.priority).min() {
        settings.retain(|setting| setting.priority <= strongest);
    }
    settings
}

impl Branch {
    fn new(module: usize, value: Value, certain: bool) -> Branch {
        Branch {
            setting: Setting {
                module,
                value,
                binding: None,
                certain,
                conditional: false,
                priority: 100,
            },
            conditions: Vec::new(),
            hides: false,
        }
    }

    /// The value, without what the `mk` functions wrap around it.
    pub(super) fn value(&self) -> &Value {
        &self.setting.value
    }

    /// Whether this is a set of further options or of attributes, not a plain value.
    pub(super) fn is_set(&self) -> bool {
        matches!(self.setting.value.kind, Kind::Attrs(_))
    }

    /// The setting, with its conditions looked at; `None` if one of them is false.
    pub(super) fn decided(&self, ev: &Evaluator) -> Option<Setting> {
        let mut certain = self.setting.certain;
        for condition in &self.conditions {
            match ev.force(condition).as_bool() {
                Some(true) => {}
                Some(false) => return None,
                None => certain = false,
            }
        }
        Some(Setting {
            certain,
            conditional: !self.conditions.is_empty(),
            ..self.setting.clone()
        })
    }

    /// Adds what it sets at the attribute `name` of itself, with what the `mk` functions wrap around it undone.
    fn at(self: &Rc<Branch>, ev: &Evaluator, name: Name, found: &mut Vec<Rc<Branch>>) {
        if self.hides {
            return found.push(self.clone());
        }
        match &self.setting.value.kind {
            Kind::Attrs(attrs) => match (attrs.map.at(name), &attrs.rest) {
                (Some(attr), _) => {
                    let mut branch = self.with(ev.force(&attr.value));
                    branch.setting.binding = attr.binding.clone();
                    match is_bare(&branch.setting.value) {
                        true => found.push(Rc::new(branch)),
                        false => found.extend(unwrapped(ev, branch).into_iter().map(Rc::new)),
                    }
                }
                (None, Some(hidden)) => found.push(self.hidden(hidden.clone())),
                (None, None) => {}
            },
            Kind::Symbol(_) | Kind::Call(_) | Kind::Unknown(_) => {
                found.push(self.hidden(self.setting.value.clone()));
            }
            _ => {}
        }
    }

    fn hidden(&self, value: Value) -> Rc<Branch> {
        Rc::new(Branch {
            hides: true,
            ..self.perhaps(value)
        })
    }
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

impl Branch {
    fn with(&self, value: Value) -> Branch {
        let mut branch = self.clone();
        branch.setting.value = value;
        branch
    }

    fn perhaps(&self, value: Value) -> Branch {
        let mut branch = self.with(value);
        branch.setting.certain = false;
        branch
    }
}

/// What a value stands for: itself, or what `mkIf`, `mkMerge`, `mkOverride` and `mkOrder` hold.
fn unwrapped(ev: &Evaluator, branch: Branch) -> Vec<Branch> {
    if is_bare(&branch.setting.value) {
        return vec![branch];
    }
    if let Kind::Choice(values) = &branch.setting.value.kind {
        let alternatives = values.iter().map(|value| branch.perhaps(value.clone()));
        return alternatives.flat_map(|one| unwrapped(ev, one)).collect();
    }
    let value = &branch.setting.value;
    let kind = ev.get(value, "_type").and_then(|kind| kind.as_text());
    let mut inside = match kind.as_deref() {
        Some("if" | "override" | "order") => branch.with(ev.select(value, "content")),
        Some("merge") => {
            let Kind::List(contents) = ev.select(value, "contents").kind else {
                return Vec::new();
            };
            let items = contents.items().flatten().map(|item| ev.force(item));
            return items
                .flat_map(|item| unwrapped(ev, branch.with(item)))
                .collect();
        }
        _ => return vec![branch],
    };
    let attribute = |name: &str| {
        value
            .as_attrs()
            .and_then(|attrs| attrs.map.get(name))
            .map(|attr| attr.value.clone())
    };
    inside.conditions.extend(attribute("condition"));
    if let Some(Kind::Int(priority)) = attribute("priority")
        .filter(|_| kind.as_deref() == Some("override"))
        .map(|priority| ev.force(&priority).kind)
    {
        inside.setting.priority = priority;
    }
    unwrapped(ev, inside)
}
