//! Settings of an option, with every condition read last: as the module system does, only the conditions of what sets the
//! very option are looked at, so that one option can decide about another.

use std::rc::Rc;

use crate::eval::Evaluator;
use crate::eval::value::{Kind, Name, Site, Thunk, Value};
use crate::flake::options::{is_bare, parts_of_choice};

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

/// Those of `settings` that the module system keeps: the ones of the strongest priority, and what may be stronger.
pub(super) fn strongest(mut settings: Vec<Setting>) -> Vec<Setting> {
    let certain = settings.iter().filter(|setting| setting.certain);
    if let Some(strongest) = certain.map(|setting| setting.priority).min() {
        settings.retain(|setting| setting.priority <= strongest);
    }
    settings
}

impl Branch {
    /// What the module of that index sets, as a whole.
    pub(super) fn new(module: usize, value: Value, certain: bool) -> Branch {
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

    /// The module that makes it, by index.
    pub(super) fn module(&self) -> usize {
        self.setting.module
    }

    /// The value, without what the `mk` functions wrap around it.
    pub(super) fn value(&self) -> &Value {
        &self.setting.value
    }

    /// Whether it hides whatever else may be set on the way to the option.
    pub(super) fn hides(&self) -> bool {
        self.hides
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
    pub(super) fn at(self: &Rc<Branch>, ev: &Evaluator, name: Name, found: &mut Vec<Rc<Branch>>) {
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
                (None, Some(hidden)) => found.push(self.hidden((**hidden).clone())),
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
pub(super) fn unwrapped(ev: &Evaluator, branch: Branch) -> Vec<Branch> {
    if is_bare(&branch.setting.value) {
        return vec![branch];
    }
    if let Kind::Choice(values) = &branch.setting.value.kind {
        let part = |(value, always): (Value, bool)| match always {
            true => branch.with(value),
            false => branch.perhaps(value),
        };
        let parts = parts_of_choice(values).into_iter().map(part);
        return parts.flat_map(|part| unwrapped(ev, part)).collect();
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
