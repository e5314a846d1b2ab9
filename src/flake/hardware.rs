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
mod signs;
mod verdict;

use self::reader::{Reader, package_path};
use self::signs::{Fact, Sign, Strength};
use super::Flake;
use super::model::{Built, Model};
use crate::eval::value::Origin;

pub use self::verdict::Verdict;

/// A package that a host installs.
#[derive(Debug, Clone)]
pub struct Installed {
    /// Its name in the package set.
    pub name: String,
    /// Where that is written.
    pub origin: Origin,
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
    let all: Vec<Vec<Sign>> = hosts.iter().map(|(_, signs, _)| signs.clone()).collect();
    let judged = hosts.into_iter().map(|(host, mut signs, installed)| {
        signs
            .iter_mut()
            .for_each(|sign| weaken_if_shared(sign, &all));
        Judged {
            host,
            verdict: verdict::weigh(&signs),
            installed,
        }
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

/// As many hosts with the same plain setting make it a habit of the user rather than a fact about one of them.
const MANY: usize = 3;

/// What every host has from the very same place says nothing about one of them; nor does what is harmless and two have.
fn weaken_if_shared(sign: &mut Sign, hosts: &[Vec<Sign>]) {
    let there = |signs: &&Vec<Sign>| signs.iter().any(|other| other.stands_with(sign));
    let sharing = hosts.iter().filter(there).count();
    let shared = if sign.is_harmless() {
        sharing > 1
    } else {
        let there = |signs: &Vec<Sign>| signs.iter().any(|other| other.is_same(sign));
        hosts.len() > 1 && hosts.iter().all(there)
    };
    if matches!(sign.fact, Fact::Chosen(_)) || !sign.counts() {
        return;
    }
    let habit = sharing >= MANY && !sign.conditional && matches!(sign.fact, Fact::Card(_));
    if shared {
        sign.strength = Strength::Shared;
    } else if habit {
        sign.strength = Strength::Likely;
    }
}

fn installed(reader: &Reader) -> Vec<Installed> {
    let mut found = Vec::new();
    for item in programs::installed(reader) {
        let name = package_path(&item.value).and_then(|mut path| path.pop());
        let origin = item
            .origin
            .or_else(|| item.setting.binding.map(|site| site.origin));
        if let (true, Some(name), Some(origin)) = (item.setting.certain, name, origin) {
            found.push(Installed { name, origin });
        }
    }
    found
}
