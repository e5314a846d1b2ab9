//! What modules set an option to, with every condition read last: as the module system does, only the conditions of
//! what sets the very option are looked at, so that one option can decide about another.

use rustc_hash::FxHashMap;

use crate::eval::Evaluator;
use crate::eval::value::{Attr, Kind, Name, Site, Thunk, Value};
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
}

/// What the modules of a host set, by the first name of the option: a host has hundreds of modules, and few of them say
/// anything of one option.
pub(super) struct Options {
    /// The sets that modules end in, and what may be one, in the order of the modules.
    contents: Vec<Branch>,
    /// Which of `contents` have an option that begins with a name.
    by_name: FxHashMap<Name, Vec<usize>>,
    /// Which of `contents` may have any.
    opaque: Vec<usize>,
    /// What the modules declare as `options`, in their order.
    pub declaring: Vec<Value>,
}

impl Options {
    /// The options that `modules` set.
    pub(super) fn of(ev: &Evaluator, modules: &[Module]) -> Options {
        let mut options = Options {
            contents: Vec::new(),
            by_name: FxHashMap::default(),
            opaque: Vec::new(),
            declaring: Vec::new(),
        };
        for (index, module) in modules.iter().enumerate() {
            let declared = ev.get(&module.value, "options");
            options.declaring.extend(declared);
            for (certain, content) in contents(ev, module) {
                for branch in unwrapped(ev, Branch::new(index, content, certain)) {
                    options.add(branch);
                }
            }
        }
        options
    }

    fn add(&mut self, branch: Branch) {
        let index = self.contents.len();
        match &branch.setting.value.kind {
            Kind::Attrs(attrs) if attrs.rest.is_none() => {
                for name in attrs.map.keys() {
                    self.by_name.entry(*name).or_default().push(index);
                }
            }
            _ => self.opaque.push(index),
        }
        self.contents.push(branch);
    }

    /// The settings of the option at `path`, in the order of the modules.
    pub(super) fn settings<S: AsRef<str>>(&self, ev: &Evaluator, path: &[S]) -> Vec<Setting> {
        let branches = self.branches(ev, path);
        branches
            .into_iter()
            .filter_map(|branch| branch.decided(ev))
            .collect()
    }

    /// Everything that may set the option at `path`.
    pub(super) fn branches<S: AsRef<str>>(&self, ev: &Evaluator, path: &[S]) -> Vec<Branch> {
        let named = path
            .first()
            .and_then(|name| self.by_name.get(name.as_ref()));
        let named = named.map_or(&[][..], Vec::as_slice);
        let mut indices: Vec<usize> = named.iter().chain(&self.opaque).copied().collect();
        indices.sort_unstable();
        let mut found = Vec::new();
        for index in indices {
            follow(ev, &self.contents[index], path, &mut found);
        }
        found
    }
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
        }
    }

    /// Whether this is a set of further options or of attributes, not a plain value.
    pub(super) fn is_set(&self) -> bool {
        matches!(self.setting.value.kind, Kind::Attrs(_))
    }

    /// The setting, with its conditions looked at; `None` if one of them is false.
    pub(super) fn decided(self, ev: &Evaluator) -> Option<Setting> {
        let mut setting = self.setting;
        setting.conditional = !self.conditions.is_empty();
        for condition in &self.conditions {
            match ev.force(condition).as_bool() {
                Some(true) => {}
                Some(false) => return None,
                None => setting.certain = false,
            }
        }
        Some(setting)
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

/// Follows `path` from a content that others follow too. Most have nothing there, which is seen before any of it is copied.
fn follow<S: AsRef<str>>(ev: &Evaluator, content: &Branch, path: &[S], found: &mut Vec<Branch>) {
    let mut here: Option<Attr> = None;
    let mut value = content.setting.value.clone();
    let mut rest = path;
    while let Kind::Attrs(attrs) = &value.kind
        && is_bare(&value)
        && let Some((first, below)) = rest.split_first()
    {
        let Some(attr) = attrs.map.get(first.as_ref()).cloned() else {
            return;
        };
        value = ev.force(&attr.value);
        here = Some(attr);
        rest = below;
    }
    let mut branch = content.clone();
    branch.setting.value = value;
    if let Some(attr) = here {
        branch.setting.binding = attr.binding;
    }
    descend(ev, branch, rest, found);
}

/// Follows `path`, undoing what the `mk` functions wrap around a value.
fn descend<S: AsRef<str>>(ev: &Evaluator, branch: Branch, path: &[S], found: &mut Vec<Branch>) {
    if is_bare(&branch.setting.value) {
        return step(ev, branch, path, found);
    }
    for branch in unwrapped(ev, branch) {
        step(ev, branch, path, found);
    }
}

/// Follows `path` through what nothing is wrapped around.
fn step<S: AsRef<str>>(ev: &Evaluator, mut branch: Branch, path: &[S], found: &mut Vec<Branch>) {
    let Some((first, rest)) = path.split_first() else {
        return found.push(branch);
    };
    match &branch.setting.value.kind {
        Kind::Attrs(attrs) => match (attrs.map.get(first.as_ref()), &attrs.rest) {
            (Some(attr), _) => {
                let attr = attr.clone();
                branch.setting.value = ev.force(&attr.value);
                branch.setting.binding = attr.binding;
                descend(ev, branch, rest, found);
            }
            (None, Some(hidden)) => found.push(branch.perhaps(hidden.clone())),
            (None, None) => {}
        },
        Kind::Symbol(_) | Kind::Call(_) | Kind::Unknown(_) => {
            branch.setting.certain = false;
            found.push(branch);
        }
        _ => {}
    }
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
