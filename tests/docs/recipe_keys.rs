//! The keys of a recipe: those that the program reads, and those in `docs/recipes.md`.

use std::collections::BTreeSet;
use std::fs;

use nixfix::recipe::schema::KEYS;

use crate::root;

/// The keys in the first column of the tables below "The format", each with the table that its heading names.
fn documented(text: &str) -> BTreeSet<(String, String)> {
    let (_, format) = text.split_once("## The format").unwrap();
    let mut found = BTreeSet::new();
    let mut table = String::new();
    for line in format.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            let name = heading
                .strip_prefix("`[")
                .and_then(|rest| rest.split_once(']'));
            table = name.map_or(String::new(), |(name, _)| name.to_string());
        } else if let Some((key, _)) = line
            .strip_prefix("| `")
            .and_then(|rest| rest.split_once('`'))
        {
            found.insert((table.clone(), key.to_string()));
        }
    }
    found
}

#[test]
fn every_key_of_a_recipe_is_documented_and_no_other() {
    let text = fs::read_to_string(root().join("docs/recipes.md")).unwrap();
    let known = KEYS.map(|(table, key)| (table.to_string(), key.to_string()));
    assert_eq!(documented(&text), BTreeSet::from(known));
}
