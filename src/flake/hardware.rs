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
mod options;
mod passthrough;
mod possible;
mod presence;
mod programs;
mod reader;
mod screen;
mod settings;
mod shared;
mod signs;
mod verdict;

use self::reader::{Item, Reader, package_path};
use self::signs::Sign;
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
        let binding = || Some(self.item.setting.binding.as_ref()?.origin());
        self.item.origin().or_else(binding)
    }
}

/// What was found out about one host.
pub struct Judged {
    /// Its name.
    pub host: String,
    /// What its hardware asks for, where that was asked.
    pub verdict: Option<Verdict>,
    /// The packages that it installs under every condition, for all users or for one.
    pub installed: Vec<Installed>,
}

/// What is to be found out about the hosts.
#[derive(Debug, Clone, Copy)]
pub enum Inquiry<'n> {
    /// What their hardware asks for, and every package that they install.
    Hardware,
    /// Whether they install a package of these names, which takes much less.
    Packages(&'n [String]),
}

/// Looks into every host that can be seen, in the order of the flake.
pub fn judge(model: &Model, inquiry: Inquiry) -> Vec<Judged> {
    let mut hosts: Vec<(String, Vec<Sign>, Vec<Installed>)> = Vec::new();
    for (_, host, built) in model.built() {
        let mut reader = Reader {
            flake: &model.flake,
            host: config::configured(&model.flake, built),
            signs: Vec::new(),
        };
        let packages = match inquiry {
            Inquiry::Hardware => {
                find_signs(&mut reader, built);
                programs::installed(&reader)
            }
            Inquiry::Packages(names) => programs::installed_of(&reader, names),
        };
        hosts.push((host.name.to_string(), reader.signs, installed(packages)));
    }
    shared::weaken_shared(hosts.iter_mut().map(|(_, signs, _)| signs));
    let is_asked = matches!(inquiry, Inquiry::Hardware);
    let judged = hosts.into_iter().map(|(host, signs, installed)| Judged {
        host,
        verdict: is_asked.then(|| verdict::weigh(&signs)),
        installed,
    });
    judged.collect()
}

fn find_signs(reader: &mut Reader, built: &Built) {
    programs::read(reader);
    let passed_on = passthrough::read(reader);
    facter::read(reader, built.machine_file.as_ref(), &passed_on);
    models::read(reader);
    drivers::read(reader);
    screen::read(reader);
    let system = built.system.argument(reader.flake, "system");
    guests::read(reader, system.as_ref());
}

fn installed(packages: Vec<Item>) -> Vec<Installed> {
    let mut found = Vec::new();
    for item in packages {
        let name = package_path(&item.value).and_then(|mut path| path.pop());
        if let (true, Some(name)) = (item.setting.certain, name) {
            found.push(Installed { name, item });
        }
    }
    found
}
