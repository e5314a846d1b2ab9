//! The published JSON Schemas, and what a value has that they do not allow.
//!
//! Knows the keywords that they use, and fails on any other. It is stricter than they are: a field that a schema does not
//! name is wrong here, though a later version may add some.

use std::path::Path;

use serde_json::Value;

/// A schema of `docs/`.
pub struct Schema {
    root: Value,
}

impl Schema {
    /// Reads `docs/NAME.schema.json`.
    pub fn read(name: &str) -> Schema {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let text = std::fs::read_to_string(docs.join(format!("{name}.schema.json"))).unwrap();
        Schema {
            root: serde_json::from_str(&text).unwrap(),
        }
    }

    /// What is wrong with the text; nothing where it is a value that the schema allows.
    pub fn problems(&self, text: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        match serde_json::from_str(text) {
            Ok(value) => self.check(&self.root, &value, "", &mut wrong),
            Err(error) => wrong.push(format!("no JSON: {error}: {text}")),
        }
        wrong
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        for (keyword, wanted) in schema.as_object().unwrap() {
            let fits = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" => true,
                "$ref" => {
                    let target = wanted.as_str().unwrap().strip_prefix('#').unwrap();
                    self.check(self.root.pointer(target).unwrap(), value, at, wrong);
                    true
                }
                "type" => any(wanted, |name| is_of_type(value, name)),
                "enum" => wanted.as_array().unwrap().contains(value),
                "const" => wanted == value,
                "anyOf" => any(wanted, |one| {
                    let mut inner = Vec::new();
                    self.check(one, value, at, &mut inner);
                    inner.is_empty()
                }),
                "minimum" => value.is_null() || value.as_u64() >= wanted.as_u64(),
                "minLength" => value
                    .as_str()
                    .is_none_or(|text| text.len() as u64 >= wanted.as_u64().unwrap()),
                "required" => value.as_object().is_none_or(|fields| {
                    let names = wanted.as_array().unwrap().iter();
                    names
                        .map(|name| name.as_str().unwrap())
                        .all(|name| fields.contains_key(name))
                }),
                "properties" => {
                    self.check_fields(wanted, value, at, wrong);
                    true
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(wanted, item, &format!("{at}/{index}"), wrong);
                    }
                    true
                }
                other => panic!("the schema uses `{other}`, which is not checked"),
            };
            if !fits {
                wrong.push(format!("{at}: `{keyword}` {wanted} does not allow {value}"));
            }
        }
    }

    fn check_fields(&self, properties: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        for (name, field) in value.as_object().into_iter().flatten() {
            let at = format!("{at}/{name}");
            match properties.get(name) {
                Some(schema) => self.check(schema, field, &at, wrong),
                None => wrong.push(format!("{at}: the schema does not name this field")),
            }
        }
    }
}

/// Whether one of several holds, or the only one.
fn any(one_or_more: &Value, holds: impl FnMut(&Value) -> bool) -> bool {
    match one_or_more.as_array() {
        Some(several) => several.iter().any(holds),
        None => std::iter::once(one_or_more).any(holds),
    }
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema has the type `{other}`, which is not checked"),
    }
}

#[test]
fn what_a_schema_does_not_allow_is_found() {
    let schema = Schema::read("plan");
    let good = r#"{"version": 1, "status": "clean", "flake": "flake.nix", "hosts": [], "files": [],
        "diagnostics": [], "commit": null}"#;
    assert_eq!(schema.problems(good), [""; 0]);
    for (from, to) in [
        ("1", "2"),
        ("clean", "done"),
        ("\"commit\": null", "\"commit\": \"0123\""),
        (", \"commit\": null", ""),
        ("null", "null, \"more\": 1"),
        (
            "\"files\": []",
            "\"files\": [{\"path\": \"\", \"kind\": \"modify\"}]",
        ),
        ("\"hosts\": []", "\"hosts\": {}"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        assert_ne!(schema.problems(&bad), [""; 0], "{bad}");
    }
}
