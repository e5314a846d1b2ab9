//! Which profile each host's own configuration speaks for, with the lines that say so.
//!
//! Each file below reads one kind of sign; `verdict` weighs them. A setting counts only where it certainly holds for the
//! host: conditions are decided with the host's own `config`, which is read here and nowhere else.

mod case;
mod config;
mod drivers;
mod facter;
mod foreign;
mod guests;
mod models;
mod passthrough;
mod programs;
mod reader;
mod screen;
mod settings;
mod shared;
mod signs;
mod verdict;

use self::reader::{Item, Reader, package_path};
use self::signs::Sign;
use super::Flake;
use super::model::{Built, Model};
use crate::eval::value::Origin;

pub use self::verdict::Verdict;

/// A package that a host installs.
pub struct Installed {
    /// Its name in the package set.
    pub name: String,
    item: Item,
}

impl Installed {
    /// Where that is written.
    pub fn origin(&self) -> Option<Origin> {
        let binding = || Some(self.item.setting.binding.as_ref()?.origin.clone());
        self.item.origin().or_else(binding)
    }
}

/// What was found out about one host.
pub struct Judged {
    /// Its name.
    pub host: String,
    /// What its hardware asks for.
    pub verdict: Verdict,
    /// The packages that it installs under every condition, for all users or for one.
    pub installed: Vec<Installed>,
}

/// Looks into every host that can be seen, in the order of the flake.
pub fn judge(model: &Model) -> Vec<Judged> {
    let mut hosts: Vec<(String, Vec<Sign>, Vec<Installed>)> = Vec::new();
    for (_, host, built) in model.built() {
        let (signs, installed) = look_into(&model.flake, built);
        hosts.push((host.name.to_string(), signs, installed));
    }
    shared::weaken_shared(hosts.iter_mut().map(|(_, signs, _)| signs));
    let judged = hosts.into_iter().map(|(host, signs, installed)| Judged {
        host,
        verdict: verdict::weigh(&signs),
        installed,
    });
    judged.collect()
}

fn look_into(flake: &Flake, built: &Built) -> (Vec<Sign>, Vec<Installed>) {
    let mut reader = Reader {
        flake,
        host: config::configured(flake, built),
        signs: Vec::new(),
    };
    programs::read(&mut reader);
    let passed_on = passthrough::read(&mut reader);
    facter::read(&mut reader, built.machine_file.as_ref(), &passed_on);
    models::read(&mut reader);
    drivers::read(&mut reader);
    screen::read(&mut reader);
    guests::read(&mut reader, built.system.argument(flake, "system").as_ref());
    let installed = installed(&reader);
    (reader.signs, installed)
}

fn installed(reader: &Reader) -> Vec<Installed> {
    let mut found = Vec::new();
    for item in programs::installed(reader) {
        let name = package_path(&item.value).and_then(|mut path| path.pop());
        if let (true, Some(name)) = (item.setting.certain, name) {
            found.push(Installed { name, item });
        }
    }
    found
}
