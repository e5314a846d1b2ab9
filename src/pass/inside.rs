//! What is not the hosts' alone: a module file or a list of modules that a configuration inside of a host has as well, or a
//! test, is no place for anything, since what a host needs may be no option there, and a test has packages of its own. Nor
//! does a module take an argument that something else with that module does not give it, or become a function where it may
//! be wanted as a set.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use rnix::{SyntaxKind, ast};
use rowan::ast::AstNode;

use super::Context;
use super::cover::{Chosen, Cover, Spot, SpotKey};
use super::doubt::everywhere;
use super::references::references;
use crate::flake::machine::is_whole_file;
use crate::flake::model::Built;
use crate::flake::modules::Modules;
use crate::path::RepoPath;

impl Cover {
    /// The places to use for `wanting`, as [`Cover::choose`] gives them, none of which is used inside of a host as well.
    pub fn choose_own(
        &mut self,
        context: &Context,
        wanting: &BTreeSet<usize>,
    ) -> (Vec<Chosen>, BTreeMap<usize, BTreeSet<usize>>) {
        if wanting.is_empty() {
            return self.choose(wanting);
        }
        let inside = context.model.inside();
        // What passes write is no module of any of these, so that the files need not be read again.
        let files = context.before.files_inside();
        let lists = LazyCell::new(|| {
            let mut found = Vec::new();
            let all = inside.lists.iter();
            all.for_each(|list| everywhere(list, &mut found));
            found.iter().map(Spot::key).collect::<BTreeSet<SpotKey>>()
        });
        loop {
            let (chosen, left) = self.choose(wanting);
            let is_shared = |choice: &&Chosen| {
                let spot = &choice.spot;
                lists.contains(&spot.key())
                    || files.contains(spot.file()) && is_in_module_file(context, choice)
                    || takes_what_others_lack(context, choice)
                    || choice.addition.makes_function() && may_be_wanted_as_set(context, choice)
            };
            let shared: Vec<_> = chosen.iter().filter(is_shared).collect();
            if shared.is_empty() {
                return (chosen, left);
            }
            for choice in shared {
                self.pass_over(&choice.spot);
            }
        }
    }
}

/// Whether the module that the place is in is to take one more argument, and what is no host has that module and not that
/// argument.
fn takes_what_others_lack(context: &Context, choice: &Chosen) -> bool {
    let Some(name) = choice.addition.formal() else {
        return false;
    };
    let (file, flake) = (choice.spot.file(), &context.model.flake);
    let lacks = |built: &Built| {
        built.modules.of_file(file).is_some() && built.system.special_arg(flake, name).is_none()
    };
    let mut others = context.model.others().iter();
    others.any(|other| lacks(&other.built))
}

/// Whether something may use the file as the set that it is: all that names it has to name it as an item of a list, as
/// modules are.
fn may_be_wanted_as_set(context: &Context, choice: &Chosen) -> bool {
    let is_item = |path: &ast::Expr| {
        let mut around = path.syntax().ancestors().skip(1);
        let around = around.find(|node| node.kind() != SyntaxKind::NODE_PAREN);
        around.is_some_and(|node| node.kind() == SyntaxKind::NODE_LIST)
    };
    let naming = references(context.model.flake.tree(), choice.spot.file());
    naming
        .iter()
        .any(|reference| !reference.path.as_ref().is_some_and(is_item))
}

/// Whether the machine file of the host is part of one of them.
pub(super) fn is_used_inside(context: &Context, built: &Built) -> bool {
    let file = built.machine_file.as_ref();
    file.is_some_and(|file| context.before.files_inside().contains(file))
}

/// Whether the place is in a file that is a module of the hosts it serves.
fn is_in_module_file(context: &Context, choice: &Chosen) -> bool {
    let file = choice.spot.file();
    let hosts = context.model.hosts();
    let built = choice
        .hosts
        .iter()
        .filter_map(|host| hosts.get(*host)?.built.as_ref().ok());
    let mut modules = built.map(|built| &built.modules);
    modules.any(|modules| modules.of_file(file).is_some() || is_imported(modules, file))
}

/// Whether the whole file is a module that the host has as a value.
fn is_imported(modules: &Modules, file: &RepoPath) -> bool {
    let mut origins = modules
        .all
        .iter()
        .filter_map(|module| module.origin.as_ref());
    origins.any(|origin| origin.file.path == *file && is_whole_file(origin))
}
