//! Definitions of an option, without what `mkIf` and its relatives wrap around them, and which of them count.

use crate::eval::Evaluator;
use crate::eval::operators::parts_of;
use crate::eval::value::{Kind, Part, Site, Thunk, Value};

/// The priority of a definition that says nothing about it.
const PLAIN: i64 = 100;
/// The priority of an option's default.
const DEFAULT: i64 = 1500;
/// The place of a definition that says nothing about it among those that are joined.
const MIDDLE: i64 = 1000;

/// A definition of an option.
#[derive(Clone)]
pub(super) struct Definition {
    /// The value.
    pub value: Thunk,
    /// All of these must hold for it to count; looked at as late as possible, for they may depend on the configuration.
    pub conditions: Vec<Thunk>,
    /// Only the definitions with the lowest number count.
    pub priority: i64,
    /// Those with a lower number come first where several are joined.
    pub order: i64,
    /// The `name = value;` it is written as.
    pub binding: Option<Site>,
}

impl Definition {
    pub fn of(value: Thunk) -> Definition {
        Definition {
            value,
            conditions: Vec::new(),
            priority: PLAIN,
            order: MIDDLE,
            binding: None,
        }
    }

    /// An option's default.
    pub fn default_of(value: Thunk) -> Definition {
        Definition {
            priority: DEFAULT,
            ..Definition::of(value)
        }
    }

    pub fn with(&self, value: Thunk) -> Definition {
        Definition {
            value,
            ..self.clone()
        }
    }

    /// The same for what is merged inside of it, where priority and order are settled.
    pub fn settled(self) -> Definition {
        Definition {
            priority: PLAIN,
            order: MIDDLE,
            ..self
        }
    }

    pub fn under(&self, condition: Thunk) -> Definition {
        let mut definition = self.clone();
        definition.conditions.push(condition);
        definition
    }

    /// The same, which may not count.
    pub fn perhaps(&self) -> Definition {
        self.under(Thunk::done(Value::unknown("a condition is not known")))
    }

    /// Whether it counts whatever holds.
    pub fn is_certain(&self) -> bool {
        self.conditions.is_empty()
    }

    /// Whether it counts; `None` where that is not known.
    pub fn holds(&self, ev: &Evaluator) -> Option<bool> {
        let values: Vec<_> = self
            .conditions
            .iter()
            .map(|condition| ev.force(condition).as_bool())
            .collect();
        match values.contains(&Some(false)) {
            true => Some(false),
            false => values
                .into_iter()
                .collect::<Option<Vec<bool>>>()
                .map(|_| true),
        }
    }
}

/// The definitions that one stands for: itself, or what `mkIf`, `mkMerge`, `mkOverride` and `mkOrder` hold.
pub(super) fn expand(ev: &Evaluator, definition: &Definition) -> Vec<Definition> {
    let value = ev.force(&definition.value);
    if let Kind::Choice(values) = &value.kind {
        let perhaps = definition.perhaps();
        return values
            .iter()
            .flat_map(|value| expand(ev, &perhaps.with(Thunk::done(value.clone()))))
            .collect();
    }
    let part = |name: &str| Thunk::select(&definition.value, name.into());
    let kind = match &value.kind {
        Kind::Attrs(attrs) => attrs
            .map
            .get("_type")
            .and_then(|kind| ev.force(&kind.value).as_text()),
        _ => None,
    };
    match kind.as_deref() {
        Some("if") => expand(
            ev,
            &definition.under(part("condition")).with(part("content")),
        ),
        Some(kind @ ("order" | "override")) => {
            let mut inner = definition.with(part("content"));
            if let Kind::Int(number) = ev.force(&part("priority")).kind {
                match kind {
                    "order" => inner.order = number,
                    _ => inner.priority = number,
                }
            }
            expand(ev, &inner)
        }
        Some("merge") => {
            let contents = parts_of(&ev.force(&part("contents")));
            let items = contents.into_iter().flat_map(Part::into_items);
            items
                .flat_map(|item| expand(ev, &definition.with(item)))
                .collect()
        }
        _ => vec![definition.clone()],
    }
}

/// The definitions in the order in which they are joined, for what is merged inside of them.
pub(super) fn in_order(mut definitions: Vec<Definition>) -> Vec<Definition> {
    definitions.sort_by_key(|one| one.order);
    definitions.into_iter().map(Definition::settled).collect()
}

/// The definitions that override the others.
pub(super) fn strongest(mut definitions: Vec<Definition>) -> Vec<Definition> {
    let least = definitions
        .iter()
        .filter(|one| one.is_certain())
        .map(|one| one.priority)
        .min();
    definitions.retain(|one| least.is_none_or(|least| one.priority <= least));
    definitions
}

/// The strongest of the definitions whose conditions hold. One whose conditions are not known keeps one that is not, and so
/// does one that such a one would override.
pub(super) fn counting(ev: &Evaluator, definitions: Vec<Definition>) -> Vec<Definition> {
    let judged = |one: Definition| {
        let holds = one.holds(ev);
        let bare = Definition {
            conditions: Vec::new(),
            ..one
        };
        match holds {
            Some(false) => None,
            Some(true) => Some(bare),
            None => Some(bare.perhaps()),
        }
    };
    let mut counting = strongest(definitions.into_iter().filter_map(judged).collect());
    let doubtful = counting.iter().filter(|one| !one.is_certain());
    if let Some(strongest) = doubtful.map(|one| one.priority).min() {
        let weaker = counting.iter_mut().filter(|one| one.priority > strongest);
        weaker.for_each(|one| *one = one.perhaps());
    }
    counting
}
