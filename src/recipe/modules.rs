//! The `[modules]` table: modules of inputs that hosts get, every host or those named.

use super::InputAttribute;
use super::attribute;
use super::document::Node;
use super::fields::{Problems, fields};
use super::source::{Setting, Spot};
use crate::diagnostic::Place;

/// The modules that hosts get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// Those of every host.
    pub all: Vec<HostModule>,
    /// Those of single hosts, each host once.
    pub hosts: Vec<NamedHost>,
}

/// A host that the recipe names, and the modules that it gets besides those of every host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedHost {
    /// Its attribute name.
    pub name: String,
    /// Its modules.
    pub modules: Vec<HostModule>,
    /// Where the recipe names it, if that is a file of the repository.
    pub place: Option<Place>,
}

/// A module of an input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostModule {
    /// The module.
    pub attribute: InputAttribute,
    /// Other names of the same module: a host that has one of these has it already.
    pub same: Vec<InputAttribute>,
}

impl HostModule {
    /// Every name of the module, its own first.
    pub fn names(&self) -> impl Iterator<Item = &InputAttribute> {
        std::iter::once(&self.attribute).chain(&self.same)
    }

    /// Every name, to be changed in place.
    pub(super) fn each_name(&mut self) -> impl Iterator<Item = &mut InputAttribute> {
        std::iter::once(&mut self.attribute).chain(&mut self.same)
    }
}

impl Modules {
    /// The modules that `host` gets, each once.
    pub fn of(&self, host: &str) -> Vec<&HostModule> {
        let named = self.hosts.iter().filter(|one| one.name == host);
        let mut modules: Vec<&HostModule> = Vec::new();
        for module in self.all.iter().chain(named.flat_map(|one| &one.modules)) {
            if !modules.contains(&module) {
                modules.push(module);
            }
        }
        modules
    }

    /// Every module that some host gets, each once.
    pub fn every(&self) -> Vec<&HostModule> {
        let mut modules: Vec<&HostModule> = Vec::new();
        let named = self.hosts.iter().flat_map(|one| &one.modules);
        for module in self.all.iter().chain(named) {
            if !modules.contains(&module) {
                modules.push(module);
            }
        }
        modules
    }

    /// Every module, to be changed in place.
    pub(super) fn each(&mut self) -> impl Iterator<Item = &mut HostModule> {
        let named = self.hosts.iter_mut().flat_map(|one| &mut one.modules);
        self.all.iter_mut().chain(named)
    }
}

pub(super) fn read(problems: &mut Problems, node: &Node) -> Option<Modules> {
    let mut fields = fields(problems, "modules", node);
    let all = fields.texts(problems, "all");
    let hosts = fields.lists(problems, "hosts");
    let same = fields.lists(problems, "same");
    fields.finish(problems);
    let same = same_names(problems, same);
    let read_all = |problems: &mut Problems, texts: Vec<Setting<String>>| {
        let read = |text: Setting<String>| {
            let attribute = attribute::read(problems, &text)?;
            let same = same.iter().find(|(one, ..)| *one == attribute);
            let same = same.map(|(_, same, _)| same.clone()).unwrap_or_default();
            Some(HostModule { attribute, same })
        };
        texts.into_iter().filter_map(read).collect::<Vec<_>>()
    };
    let all = read_all(problems, all);
    let mut named = Vec::new();
    for (host, texts) in hosts {
        named.push(NamedHost {
            modules: read_all(problems, texts),
            place: host.spot.place(),
            name: host.value,
        });
    }
    let modules = Modules { all, hosts: named };
    for (attribute, _, spot) in &same {
        if modules
            .every()
            .iter()
            .all(|one| one.attribute != *attribute)
        {
            let message = format!("`{attribute}` is not among the modules that hosts get");
            problems.push(spot.error("recipe-invalid", message));
        }
    }
    Some(modules)
}

type Same = (InputAttribute, Vec<InputAttribute>, Spot);

fn same_names(
    problems: &mut Problems,
    lists: Vec<(Setting<String>, Vec<Setting<String>>)>,
) -> Vec<Same> {
    let mut found = Vec::new();
    for (name, others) in lists {
        let attribute = attribute::read(problems, &name);
        let others = others
            .iter()
            .filter_map(|one| attribute::read(problems, one));
        let others = others.collect();
        found.extend(attribute.map(|attribute| (attribute, others, name.spot)));
    }
    found
}
