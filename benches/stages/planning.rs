//! The passes and the proof as the planner runs them, with what the planner decided.

use std::collections::{BTreeMap, BTreeSet};

use nixfix::flake::model::Model;
use nixfix::pass::{Changes, Choice, Context, Latest, Layout, PASSES, Pass};
use nixfix::path::RepoPath;
use nixfix::plan::{Request, build};
use nixfix::proof::Question;
use nixfix::recipe::{Flags, Recipe, Source};
use nixfix::tree::Tree;

use crate::repository::flake;

/// What is decided before the passes run.
pub struct Planned {
    model: Model,
    recipe: Recipe,
    layout: Layout,
    choices: BTreeMap<String, Choice>,
}

/// The built-in recipe.
pub fn recipe() -> Recipe {
    Recipe::load(
        vec![Source::built_in()],
        &Flags::default(),
        &RepoPath::root(),
    )
    .expect("the built-in recipe")
}

/// All passes, on every host.
pub fn request() -> Request {
    Request {
        flake: flake(),
        only: Vec::new(),
        skip: Vec::new(),
        keep_going: false,
        left_out: Default::default(),
        shadow: false,
    }
}

impl Planned {
    /// The decisions for the flake in `tree`, taken from a whole plan.
    pub fn new(tree: Tree) -> Planned {
        let recipe = recipe();
        let plan = build(&tree, &recipe, &request());
        assert!(!plan.refused, "a repository that can be migrated");
        let choices = plan.hosts.iter().filter_map(|host| {
            let choice = Choice {
                profile: host.profile.clone()?,
                confidence: host.confidence?,
                evidence: host.evidence.clone(),
            };
            Some((host.name.clone(), choice))
        });
        let paths = recipe
            .overlays()
            .map(|overlay| (overlay.path.clone(), overlay.path.clone()));
        let created = plan.changes.iter().filter(|change| change.before.is_none());
        let profile = created
            .map(|change| &change.path)
            .find(|path| path.name() == "cuda.nix");
        let layout = Layout {
            overlays: paths.collect(),
            profiles: profile.and_then(RepoPath::parent),
            profile_prefix: "",
            removed: Vec::new(),
        };
        Planned {
            model: Model::read(&tree, &flake()).expect("a flake"),
            choices: choices.collect(),
            layout,
            recipe,
        }
    }

    fn passes(&self) -> impl Iterator<Item = &'static Pass> {
        PASSES.iter().filter(|pass| (pass.wanted)(&self.recipe))
    }

    /// What the passes do to the tree.
    pub fn run(&self) -> Changes {
        self.run_on(&self.model)
    }

    /// What the passes do to the tree of `model`.
    pub fn run_on(&self, model: &Model) -> Changes {
        let mut changes = Changes::new(model.flake.tree().clone());
        let excluded = BTreeSet::new();
        let mut latest = Latest::of(model);
        for pass in self.passes() {
            let version = changes.version;
            let context = Context {
                before: model,
                model: &latest,
                recipe: &self.recipe,
                layout: &self.layout,
                going: &[],
                choices: &self.choices,
                excluded: &excluded,
                shadow: false,
            };
            (pass.run)(&mut changes, &context);
            changes.flush();
            if changes.version > version {
                latest = Latest::in_tree(model, changes.tree.clone());
            }
        }
        changes
    }

    /// What there is to prove of them.
    pub fn question<'q>(&'q self, changes: &'q Changes) -> Question<'q> {
        Question {
            before: &self.model,
            recipe: &self.recipe,
            layout: &self.layout,
            choices: &self.choices,
            excluded: BTreeSet::new(),
            passes: self.passes().map(|pass| pass.name).collect(),
            shadow: false,
            changes,
        }
    }
}
