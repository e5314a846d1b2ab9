//! Where a module's own set is written, and which modules written in place are one host's alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Context;
use super::cover::Rank;
use crate::eval::value::{Attrs, Origin, Site};
use crate::expr::Expr;
use crate::flake::machine::{is_named_after, rank_by_name};
use crate::flake::model::Built;
use crate::flake::modules::{Module, ModuleKey};
use crate::path::RepoPath;
use crate::tree::File;

/// The set that is the body of the module: what its function, `let` and `with` end in.
pub(super) fn body(module: &Module, attrs: &Attrs) -> Option<Site> {
    let set = match &module.key {
        ModuleKey::File(path) => {
            let literal = attrs
                .literals
                .iter()
                .find(|site| site.file().path == *path)?;
            body_of(literal.file())?
        }
        ModuleKey::Inline(..) => body_at(module.origin.as_ref()?)?,
        ModuleKey::Opaque(_) => return None,
    };
    let is_it = |site: &&Site| set == site.range() && is_within(module, site);
    attrs.literals.iter().find(is_it).cloned()
}

/// Whether a place is inside the module as it is written.
pub(super) fn is_within(module: &Module, site: &Site) -> bool {
    match (&module.key, &module.origin) {
        (ModuleKey::File(path), _) => site.file().path == *path,
        (ModuleKey::Inline(..), Some(module)) => encloses(module, site),
        _ => false,
    }
}

/// Whether a place is inside of what stands at `outer`.
pub(super) fn encloses(outer: &Origin, place: &Site) -> bool {
    let (range, inner) = (outer.range(), place.range());
    outer.file.path == place.file().path && range.start <= inner.start && inner.end <= range.end
}

/// Where the set literal stands that a module file ends in.
pub(super) fn body_of(file: &File) -> Option<Range<usize>> {
    let exprs = file.exprs()?;
    Some(exprs.range(exprs.final_set(exprs.root())?))
}

/// Where the set literal stands that a module written in place ends in.
fn body_at(origin: &Origin) -> Option<Range<usize>> {
    let exprs = origin.file.exprs()?;
    let is_module = |expr: &Expr| matches!(expr, Expr::Lambda(_) | Expr::AttrSet(_));
    let whole = exprs.find(&origin.range(), is_module)?;
    Some(exprs.range(exprs.final_set(whole)?))
}

/// How far the file of a module is from being the machine's, by its name, then by how deep it lies.
fn likeliest(host: &str, module: &Module) -> u8 {
    let Some(origin) = &module.origin else {
        return u8::MAX;
    };
    let file = &origin.file.path;
    let depth = file.components().count().min(DEEPEST);
    rank_by_name(host, file) * 50 + u8::try_from(depth).unwrap_or(u8::MAX)
}

/// Modules that are imported through more others than this are not told apart any more.
const DEEPEST: usize = 30;

/// What the places of one host depend on of all of them.
pub(super) struct OfHosts<'a> {
    /// How often they have each module that is written in place.
    pub in_place: InPlace,
    /// The machine files: a host may reach another one's.
    pub machines: BTreeSet<&'a RepoPath>,
}

impl<'a> OfHosts<'a> {
    /// That of the hosts of the newest model.
    pub fn of(context: &'a Context<'a>) -> OfHosts<'a> {
        let built = context.model.built();
        OfHosts {
            in_place: InPlace::of_hosts(context),
            machines: built
                .filter_map(|(_, _, built)| built.machine_file.as_ref())
                .collect(),
        }
    }
}

/// How often the hosts have each module that is written in place.
pub(super) struct InPlace(BTreeMap<ModuleKey, usize>);

impl InPlace {
    /// Counts them over every host.
    fn of_hosts(context: &Context) -> InPlace {
        let mut count = BTreeMap::new();
        let modules = context
            .model
            .built()
            .flat_map(|(_, _, built)| &built.modules.all);
        for module in modules.filter(|module| matches!(module.key, ModuleKey::Inline(..))) {
            *count.entry(module.key.clone()).or_default() += 1;
        }
        InPlace(count)
    }

    /// The modules written in place that this host has under every condition, once, and no other host has; each with how
    /// far it is from being the machine's own: what is written in a file or directory called after the host comes first,
    /// and what is imported comes after what imports it; of several, the one in the file that is likeliest the machine's.
    pub fn of<'b>(&self, host: &str, built: &'b Built) -> Vec<(&'b Module, Rank)> {
        ranked(host, built, |module| self.0.get(&module.key) == Some(&1))
    }

    /// The same of those that other hosts have as well.
    pub fn shared<'b>(&self, host: &str, built: &'b Built) -> Vec<(&'b Module, Rank)> {
        ranked(host, built, |module| self.0.get(&module.key) > Some(&1))
    }
}

fn ranked<'b>(
    host: &str,
    built: &'b Built,
    is_wanted: impl Fn(&Module) -> bool,
) -> Vec<(&'b Module, Rank)> {
    let all = &built.modules.all;
    let is_named = |module: &Module| {
        let origin = module.origin.as_ref();
        origin.is_some_and(|origin| is_named_after(&origin.file.path, host))
    };
    let depth =
        |module: &Module| std::iter::successors(module.parent, |index| all[*index].parent).count();
    let rank = |module: &Module| {
        let depth = u16::try_from(depth(module).min(DEEPEST)).unwrap_or(u16::MAX);
        let class = depth * 3 + u16::from(!is_named(module)) * 100;
        Rank::class(class).after(likeliest(host, module))
    };
    all.iter()
        .filter(|module| module.certain && is_wanted(module))
        .map(|module| (module, rank(module)))
        .collect()
}
