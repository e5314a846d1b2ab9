//! The model of every host together: what passes and the proof ask.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::Flake;
use super::hosts::{Host, Obstacle, System};
use super::inside::Inside;
use super::machine;
use super::modules::{self, Modules};
use super::others::{self, Other};
use super::overlays::Overlays;
use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;
use crate::tree::Tree;

/// A flake and its hosts, looked into when first asked for.
pub struct Model {
    /// The flake.
    pub flake: Flake,
    hosts: OnceCell<Vec<HostModel>>,
    others: OnceCell<Vec<Other>>,
    inside: OnceCell<Inside>,
    files_inside: OnceCell<BTreeSet<RepoPath>>,
}

/// A host, and what was found of it.
pub struct HostModel {
    /// Its name and how it is built.
    pub host: Host,
    /// Its modules and overlays, or why they cannot be seen.
    pub built: Result<Built, Obstacle>,
}

/// What was found of a host.
pub struct Built {
    /// The argument of `nixosSystem`.
    pub system: System,
    /// Its modules.
    pub modules: Rc<Modules>,
    /// Its overlays.
    pub overlays: Overlays,
    /// The file that is this machine's own configuration.
    pub machine_file: Option<RepoPath>,
}

impl Model {
    /// Reads the flake at `path`; its hosts are read later.
    ///
    /// # Errors
    /// As [`Flake::read`].
    pub fn read(tree: &Tree, path: &RepoPath) -> Result<Model, Vec<Diagnostic>> {
        Ok(Model {
            flake: Flake::read(tree, path)?,
            hosts: OnceCell::new(),
            others: OnceCell::new(),
            inside: OnceCell::new(),
            files_inside: OnceCell::new(),
        })
    }

    /// Every host of the flake, in Nix's order.
    pub fn hosts(&self) -> &[HostModel] {
        self.hosts.get_or_init(|| {
            let mut hosts: Vec<HostModel> = self
                .flake
                .hosts
                .iter()
                .map(|host| self.look_into(host))
                .collect();
            let files = machine::find_all(&self.flake, &hosts);
            for (host, file) in hosts.iter_mut().zip(files) {
                if let Ok(built) = &mut host.built {
                    built.machine_file = file;
                }
            }
            hosts
        })
    }

    /// The hosts that could be looked into, with their index in [`Model::hosts`].
    pub fn built(&self) -> impl Iterator<Item = (usize, &Host, &Built)> {
        let hosts = self.hosts().iter().enumerate();
        hosts.filter_map(|(index, host)| {
            host.built
                .as_ref()
                .ok()
                .map(|built| (index, &host.host, built))
        })
    }

    /// Looks at every output, so that it is known which directories are listed for any of them.
    pub fn look_at_outputs(&self) {
        self.hosts();
        self.others();
        others::look_at_the_rest(&self.flake);
    }

    /// What the flake builds besides its hosts.
    pub fn others(&self) -> &[Other] {
        self.others.get_or_init(|| others::read(&self.flake))
    }

    /// What the configurations inside of the hosts are made of.
    pub fn inside(&self) -> &Inside {
        self.inside
            .get_or_init(|| Inside::read(&self.flake, self.hosts()))
    }

    /// Every file that something inside of a host, a test or another flake of the repository may have for a module.
    pub fn files_inside(&self) -> &BTreeSet<RepoPath> {
        self.files_inside
            .get_or_init(|| self.inside().files(&self.flake))
    }

    fn look_into(&self, host: &Host) -> HostModel {
        let built = host.system.clone().and_then(|system| {
            let modules = Modules::read(&self.flake, &system);
            if modules.too_many() {
                return Err(Obstacle {
                    origin: modules.list.origin,
                    reason: format!("it has more than {} modules", modules::LIMIT),
                });
            }
            let overlays = Overlays::read(&self.flake, &system, &modules);
            Ok(Built {
                system,
                modules: Rc::new(modules),
                overlays,
                machine_file: None,
            })
        });
        HostModel {
            host: host.clone(),
            built,
        }
    }
}
