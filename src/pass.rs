//! The passes: each *ensures* one part of the migration and says nothing where it already holds.
//!
//! A pass asks the model of the tree that the pass before it left, asks `rewrite` for edits in Nix's terms, and reports
//! what it could not do. It never walks a tree to find hosts, and never decides about white space.

mod add_input;
mod advanced_overlay;
mod applied;
mod changes;
mod cover;
mod doubt;
mod forbidden;
mod home_packages;
mod import_profile;
mod in_use;
mod insert_modules;
mod insert_overlay;
mod inside;
mod latest;
mod module_body;
mod reach;
mod record;
mod references;
mod remove_overlay;
mod seen;
mod shadow;
mod since;
mod uses;
mod write_overlay;
mod write_profiles;

use std::collections::{BTreeMap, BTreeSet};

use crate::flake::Flake;
use crate::flake::model::Model;
use crate::path::RepoPath;
use crate::plan::{Confidence, Evidence};
use crate::recipe::Recipe;
use crate::rewrite::Style;
use crate::tree::File;

pub use self::applied::Applied;
pub use self::changes::{Changes, Placed};
pub(crate) use self::insert_modules::modules_named;
pub use self::latest::Latest;
pub use self::references::references;
pub use self::seen::Seen;
pub use self::shadow::shadowed;
pub use self::since::Since;

/// One step of the migration.
pub struct Pass {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it looks at.
    pub subject: Subject,
    /// Whether the recipe has the part that this pass is for.
    pub wanted: fn(&Recipe) -> bool,
    /// Whether an earlier model serves it as well, as long as that can tell what is asked.
    pub by_earlier: bool,
    /// What it ensures.
    pub run: fn(&mut Changes, &Context),
}

/// What a pass looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The hosts, each of which has to be understood.
    Hosts,
    /// Files alone: it works on any flake.
    Files,
}

/// Every pass, in the order in which they run.
pub const PASSES: &[Pass] = &[
    add_input::PASS,
    write_overlay::PASS,
    insert_overlay::PASS,
    write_profiles::PASS,
    import_profile::PASS,
    insert_modules::PASS,
    remove_overlay::PASS,
    advanced_overlay::PASS,
    home_packages::PASS,
];

/// What a pass may ask.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The flake before any pass.
    pub before: &'a Model,
    /// The flake as the pass before left it.
    pub model: &'a Latest<'a>,
    /// What to add and remove.
    pub recipe: &'a Recipe,
    /// Where new files go.
    pub layout: &'a Layout,
    /// The old overlays that go in this run.
    pub going: &'a [RepoPath],
    /// Each host's profile.
    pub choices: &'a BTreeMap<String, Choice>,
    /// The hosts that are left as they are.
    pub excluded: &'a BTreeSet<String>,
    /// Whether a name that another overlay defines may be hidden.
    pub shadow: bool,
}

impl<'a> Context<'a> {
    /// Whether `overlay` is the recipe's own, not the opt-in one beside it.
    fn is_first(&self, overlay: Applied) -> bool {
        let advanced = self.recipe.advanced.as_ref().map(|one| &one.overlay);
        !matches!(overlay, Applied::File(file, _) if Some(file) == advanced)
    }

    /// The old overlays whose place `overlay` takes.
    fn replaced_by(&self, overlay: Applied) -> &'a [RepoPath] {
        match self.is_first(overlay) {
            true => self.going,
            false => &[],
        }
    }

    /// The overlays that hosts are to have, but for the opt-in one.
    fn applied(&self) -> impl Iterator<Item = Applied<'a>> {
        Applied::first(self.recipe, self.layout)
    }
}

/// Where new files go: decided once, on the tree before any change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The overlays, by the path the recipe gives them.
    pub overlays: BTreeMap<RepoPath, RepoPath>,
    /// The directory of the profiles; none without profiles.
    pub profiles: Option<RepoPath>,
    /// What the names of the profiles' files begin with: nothing, or what has a loader leave a file alone.
    pub profile_prefix: &'static str,
    /// The old overlays to delete.
    pub removed: Vec<RepoPath>,
}

/// A host's profile and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The profile.
    pub profile: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

impl Layout {
    /// The file of a profile.
    pub fn profile(&self, name: &str) -> RepoPath {
        let directory = self.profiles.as_ref();
        directory
            .and_then(|directory| directory.join(&format!("{}{name}.nix", self.profile_prefix)))
            .unwrap_or_else(RepoPath::root)
    }
}

/// The style of a file, and that of the flake.nix where the file does not show any.
fn style_in<'f>(flake: &Flake, file: &'f File) -> Style<'f> {
    Style::known(&file.text, file.delimiters(), flake.file.delimiters())
}
