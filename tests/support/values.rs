//! Compares the values of options.

use std::collections::BTreeMap;

use serde_json::Value;

use super::expectation::Expectation;

/// What a package was, and what the package of the same name is now that the overlay which defined it is gone.
#[derive(Debug, Default)]
pub struct Renamed(pub Vec<(Value, Value)>);

impl Renamed {
    /// `value` in the words of the tree after.
    pub fn apply(&self, value: &Value) -> Value {
        if let Some((_, now)) = self.0.iter().find(|(then, _)| then == value) {
            return now.clone();
        }
        match value {
            Value::Array(items) => items.iter().map(|item| self.apply(item)).collect(),
            Value::Object(attrs) => attrs
                .iter()
                .map(|(name, value)| (name.clone(), self.apply(value)))
                .collect(),
            other => other.clone(),
        }
    }
}

/// Options that differ, each as a message.
pub fn differences(
    before: &BTreeMap<String, Value>,
    after: &BTreeMap<String, Value>,
    renamed: &Renamed,
    expected: &Expectation,
) -> Vec<String> {
    let mut then = BTreeMap::new();
    let mut now = BTreeMap::new();
    for (name, value) in before {
        flatten(name, &renamed.apply(value), &mut then);
    }
    for (name, value) in after {
        flatten(name, value, &mut now);
    }
    let mut found = Vec::new();
    for (name, value) in &then {
        match now.get(name) {
            None => found.push(format!("option `{name}` is no longer set; it was {value}")),
            Some(new) if new == value => {}
            Some(new) => found.extend(changed(name, value, new, expected)),
        }
    }
    for (name, value) in now.iter().filter(|(name, _)| !then.contains_key(*name)) {
        found.push(format!("option `{name}` is newly set, to {value}"));
    }
    found
}

/// `a.b.c = value`, down to what is no attribute set.
fn flatten(name: &str, value: &Value, into: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(attrs) if !attrs.is_empty() => {
            for (attr, value) in attrs {
                flatten(&format!("{name}.{attr}"), value, into);
            }
        }
        _ => {
            into.insert(name.to_string(), value.clone());
        }
    }
}

fn changed(name: &str, then: &Value, now: &Value, expected: &Expectation) -> Option<String> {
    match (then, now) {
        (Value::Array(then), Value::Array(now)) if name.ends_with(".home.packages") => {
            home_packages_problem(name, then, now, expected)
        }
        _ => Some(format!("option `{name}` was {then}, and is {now}")),
    }
}

/// Homes gain nothing but the packages the migration was asked to add to them.
pub fn home_packages_problem(
    name: &str,
    then: &[Value],
    now: &[Value],
    expected: &Expectation,
) -> Option<String> {
    let Some(gained) = gained(then, now) else {
        return Some(format!("`{name}` was {then:?}, and is {now:?}"));
    };
    let stray: Vec<&&Value> = gained
        .iter()
        .filter(|package| !expected.is_home_package(package))
        .collect();
    (!stray.is_empty()).then(|| format!("`{name}` gained {stray:?}"))
}

/// What `now` has besides `then`; `None` if something of `then` is missing or stands in another order.
pub fn gained<'a, T: PartialEq>(then: &[T], now: &'a [T]) -> Option<Vec<&'a T>> {
    let mut rest = then.iter().peekable();
    let gained = now
        .iter()
        .filter(|item| rest.next_if(|next| next == item).is_none())
        .collect();
    rest.peek().is_none().then_some(gained)
}
