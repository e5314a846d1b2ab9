//! Reading one host's options for signs: the strongest settings, list items with their places, and truth values.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::options::Options;
use super::settings::{Setting, strongest};
use super::signs::{Fact, Sign, Strength, place};
use crate::eval::Evaluator;
use crate::eval::value::{Kind, LiteralList, Name, Origin, Part, Root, Site, Value};
use crate::expr::Expr;
use crate::flake::Flake;
use crate::flake::modules::ModuleKey;

/// A host whose options are read, and the signs found so far.
pub(super) struct Reader<'f> {
    pub flake: &'f Flake,
    pub host: Rc<Options>,
    pub signs: Vec<Sign>,
}

/// An item of a list option.
pub(super) struct Item {
    pub value: Value,
    /// The literal that it is written in, and its place there.
    written: Option<(Rc<LiteralList>, usize)>,
    pub setting: Rc<Setting>,
}

impl Item {
    /// Where it is written. Looked up when it is asked for: most items tell nothing.
    pub(super) fn origin(&self) -> Option<Origin> {
        let written = self.written.as_ref();
        written
            .and_then(|(literal, index)| item_origin(literal, *index))
            .or_else(|| self.value.origin.clone())
    }

    /// The string it is.
    pub(super) fn text(&self) -> Option<Rc<str>> {
        self.value.as_text()
    }
}

impl Reader<'_> {
    pub(super) fn ev(&self) -> &Evaluator {
        &self.flake.ev
    }

    /// The settings of an option that the module system would keep.
    pub(super) fn settings(&self, path: &[&str]) -> Vec<Setting> {
        let path: Vec<Name> = path.iter().map(|name| (*name).into()).collect();
        strongest(self.host.settings(self.ev(), &path))
    }

    /// What an option may be set to, whatever the conditions are.
    fn possible(&self, path: &[&str]) -> impl Iterator<Item = Value> {
        let path: Vec<Name> = path.iter().map(|name| (*name).into()).collect();
        let branches = self.host.branches(self.ev(), &path);
        branches.into_iter().map(|branch| branch.value().clone())
    }

    /// The items that a list option may have, whatever the conditions are.
    pub(super) fn possible_items(&self, path: &[&str]) -> Vec<Value> {
        let mut found = Vec::new();
        for value in self.possible(path) {
            if let Kind::List(list) = &value.kind {
                found.extend(list.items().flatten().map(|item| self.ev().force(item)));
            }
        }
        found
    }

    /// The names that an option which is a set of anything may have, whatever the conditions are.
    pub(super) fn possible_names(&self, path: &[&str]) -> BTreeSet<Name> {
        let mut names = BTreeSet::new();
        for value in self.possible(path) {
            names.extend(value.as_attrs().iter().flat_map(|set| set.map.keys()));
        }
        names
    }

    /// The names in an option that is a set of anything, such as `users.users`.
    pub(super) fn names(&self, path: &[&str]) -> BTreeSet<Name> {
        self.settings(path)
            .iter()
            .filter_map(|setting| setting.value.as_attrs())
            .flat_map(|set| set.map.keys().cloned())
            .collect()
    }

    /// The items of a list option.
    pub(super) fn items(&self, path: &[&str]) -> Vec<Item> {
        let mut found = Vec::new();
        for setting in self.settings(path).into_iter().map(Rc::new) {
            let Kind::List(list) = &setting.value.kind else {
                continue;
            };
            for part in &list.parts {
                let mut add = |value, written| {
                    found.push(Item {
                        value,
                        written,
                        setting: setting.clone(),
                    });
                };
                match part {
                    Part::Literal(literal) => {
                        for (index, item) in literal.items.iter().enumerate() {
                            add(self.ev().force(item), Some((literal.clone(), index)));
                        }
                    }
                    Part::Item(item) => add(self.ev().force(item), None),
                    Part::Stretch(_) => {}
                }
            }
        }
        found
    }

    /// Notes a fact for each setting of the option that holds.
    pub(super) fn note_where(
        &mut self,
        path: &[&str],
        fact: &Fact,
        strength: Strength,
        holds: fn(&Value) -> bool,
    ) {
        for setting in self.settings(path) {
            if holds(&setting.value) {
                self.note(fact.clone(), strength, &setting, None, as_written(path));
            }
        }
    }

    /// Notes a fact; a setting that is not certain makes it doubtful.
    pub(super) fn note(
        &mut self,
        fact: Fact,
        strength: Strength,
        setting: &Setting,
        origin: Option<&Origin>,
        text: String,
    ) {
        let binding = setting.binding.as_ref().map(Site::origin);
        let origins = [origin, binding.as_ref(), setting.value.origin.as_ref()];
        let users = |origin: &&Origin| self.flake.is_users(origin);
        let Some((file, line)) = origins.into_iter().flatten().find(users).map(place) else {
            return;
        };
        let strength = if setting.certain {
            strength
        } else {
            Strength::Doubtful
        };
        let way = self.way(setting.module);
        self.signs.push(Sign {
            fact,
            strength,
            file,
            line,
            text,
            conditional: setting.conditional,
            way,
        });
    }

    /// The modules that lead to the module `index`, and where each of them is named.
    pub(super) fn way(&self, index: usize) -> Vec<String> {
        let all = &self.host.modules().all;
        std::iter::successors(Some(index), |index| all[*index].parent)
            .map(|index| {
                let key = match &all[index].key {
                    ModuleKey::File(file) => file.to_string(),
                    ModuleKey::Inline(file, offset) => format!("{file}:{offset}"),
                    ModuleKey::Opaque(name) => name.clone(),
                };
                let named = all[index].origin.as_ref().map(Origin::key);
                format!("{key} {named:?}")
            })
            .collect()
    }
}

/// An option as it stands in Nix: `fileSystems."/".device`.
fn as_written(path: &[&str]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\'');
    let quoted = |part: &&str| match part.chars().all(is_plain) {
        true => (*part).to_string(),
        false => format!("\"{part}\""),
    };
    let parts: Vec<String> = path.iter().map(quoted).collect();
    parts.join(".")
}

/// `["x"]` for `pkgs.x`, `["rocmPackages", "clr"]` for `pkgs.rocmPackages.clr`, also below `.override { ... }`; never empty,
/// since the package set itself is no package.
pub(super) fn package_path(value: &Value) -> Option<Vec<String>> {
    let path = match &value.kind {
        Kind::Symbol(symbol) => match &symbol.root {
            Root::Pkgs(_) => Some(symbol.path.iter().map(ToString::to_string).collect()),
            Root::Argument(name) if &**name == "pkgs" => {
                Some(symbol.path.iter().map(ToString::to_string).collect())
            }
            Root::Call(call) => match &call.function.kind {
                Kind::Symbol(_) | Kind::Call(_) => package_path(&call.function),
                _ => None,
            },
            _ => None,
        },
        Kind::Call(call) => {
            let mut path = package_path(&call.function)?;
            let is_override = |name: &String| name == "override" || name == "overrideAttrs";
            path.pop_if(|name| is_override(name)).map(|_| path)
        }
        _ => None,
    };
    path.filter(|path: &Vec<String>| !path.is_empty())
}

/// Where an item of a list literal stands.
pub(super) fn item_origin(literal: &Rc<LiteralList>, index: usize) -> Option<Origin> {
    let exprs = literal.site.env.exprs();
    let Expr::List(items) = exprs[literal.expr] else {
        return None;
    };
    let item = exprs.items(items).get(index)?;
    Some(Origin {
        file: literal.site.file().clone(),
        span: exprs.span(*item),
    })
}
