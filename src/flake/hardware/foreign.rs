//! Modules of other flakes, by name: nixos-hardware, nixpkgs' own profiles and images, NixOS-WSL.

use super::reader::{Reader, item_origin};
use super::signs::{Fact, Sign, Strength, place};
use crate::eval::value::{Kind, Part, Root, TextPart, Thunk, Value};
use crate::path::RepoPath;

/// A module that stands outside the repository.
pub(super) struct Foreign {
    /// Its index among the host's modules.
    pub index: usize,
    /// Where it comes from: the url and name of an input, or `nixpkgs`.
    pub source: String,
    /// Its name in `nixosModules`, or its path below the source, with a slash first.
    pub name: String,
}

/// The host's modules that stand outside the repository.
pub(super) fn foreign(reader: &Reader) -> Vec<Foreign> {
    let all = reader.host.modules().all.iter().enumerate();
    all.filter_map(|(index, module)| {
        let (source, name) = named(reader, &module.value)?;
        Some(Foreign {
            index,
            source,
            name,
        })
    })
    .collect()
}

fn named(reader: &Reader, value: &Value) -> Option<(String, String)> {
    match &value.kind {
        Kind::Symbol(symbol) => {
            let source = source(reader, &symbol.root)?;
            let name = symbol.path.last().map_or("", |name| name);
            Some((source, name.to_string()))
        }
        Kind::Text(text) => match text.parts.as_slice() {
            [TextPart::Unknown(base), TextPart::Known(path)] => {
                let Kind::Symbol(symbol) = &base.kind else {
                    return None;
                };
                Some((source(reader, &symbol.root)?, path.to_string()))
            }
            _ => None,
        },
        Kind::Call(call) => named(reader, &call.function),
        _ => None,
    }
}

fn source(reader: &Reader, root: &Root) -> Option<String> {
    match root {
        Root::Input(input) => {
            let url = reader
                .flake
                .input(input)
                .and_then(|input| input.url.clone());
            Some(format!("{} {input}", url.unwrap_or_default()).to_lowercase())
        }
        Root::Argument(name) if &**name == "modulesPath" => Some("nixpkgs".to_string()),
        _ => None,
    }
}

impl Reader<'_> {
    /// Notes a fact that a module of another flake tells by its name.
    pub(super) fn note_module(
        &mut self,
        module: &Foreign,
        fact: Fact,
        strength: Strength,
        text: String,
    ) {
        let found = &self.host.modules().all[module.index];
        let origin = found.origin.as_ref().or(found.value.origin.as_ref());
        let Some((file, line)) = origin
            .filter(|origin| self.flake.is_users(origin))
            .map(place)
            .or_else(|| self.nearest_place(module.index))
        else {
            return;
        };
        let strength = if found.certain {
            strength
        } else {
            Strength::Doubtful
        };
        let way = self.way(module.index);
        self.signs.push(Sign {
            fact,
            strength,
            file,
            line,
            text,
            conditional: false,
            way,
        });
    }

    /// Where a module stands in the list that names it by a name of some `with`; else the file of that list.
    fn nearest_place(&self, index: usize) -> Option<(RepoPath, usize)> {
        let module = &self.host.modules().all[index];
        let list = match module.parent {
            Some(parent) => self
                .ev()
                .get(&self.host.modules().all[parent].value, "imports")?,
            None => self.host.modules().list.clone(),
        };
        let Kind::List(items) = &list.kind else {
            return None;
        };
        let wanted = module.value.describe();
        for part in &items.parts {
            let Part::Literal(literal) = part else {
                continue;
            };
            let is_it = |item: &Thunk| self.ev().force(item).describe() == wanted;
            if let Some(position) = literal.items.iter().position(is_it) {
                return item_origin(literal, position).as_ref().map(place);
            }
        }
        list.origin
            .as_ref()
            .filter(|origin| self.flake.is_users(origin))
            .map(place)
    }
}
