//! Signs that several hosts have from one place: these say little about any one of them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::signs::{Fact, Sign, Strength};
use crate::path::RepoPath;

/// As many hosts with the same plain setting make it a habit of the user rather than a fact about one of them.
const MANY: usize = 3;

/// How many hosts have a sign.
#[derive(Default)]
struct Shares {
    hosts: usize,
    /// By the fact and its place.
    here: FxHashMap<Place, usize>,
    /// The same, of those that come there by the same modules.
    by_one_way: FxHashMap<(Place, Way), usize>,
}

type Place = (Fact, RepoPath, usize);
type Way = (String, Vec<String>);

/// Weakens what every host has from the very same place, since it says nothing about one of them, and what is harmless
/// and two have.
pub(super) fn weaken_shared<'s>(hosts: impl Iterator<Item = &'s mut Vec<Sign>>) {
    let hosts: Vec<&mut Vec<Sign>> = hosts.collect();
    let mut shares = Shares::default();
    hosts.iter().for_each(|signs| shares.add(signs));
    for sign in hosts.into_iter().flatten() {
        shares.weaken(sign);
    }
}

fn place(sign: &Sign) -> Place {
    (sign.fact.clone(), sign.file.clone(), sign.line)
}

fn way(sign: &Sign) -> Way {
    (sign.text.clone(), sign.way.clone())
}

impl Shares {
    fn add(&mut self, signs: &[Sign]) {
        self.hosts += 1;
        // A host counts once, however often it has a sign.
        let here: FxHashSet<Place> = signs.iter().map(place).collect();
        for place in here {
            *self.here.entry(place).or_default() += 1;
        }
        let by_one_way: FxHashSet<_> = signs.iter().map(|sign| (place(sign), way(sign))).collect();
        for one in by_one_way {
            *self.by_one_way.entry(one).or_default() += 1;
        }
    }

    fn weaken(&self, sign: &mut Sign) {
        if matches!(sign.fact, Fact::Chosen(_)) || !sign.counts() {
            return;
        }
        let place = place(sign);
        let sharing = self.here.get(&place).copied().unwrap_or(0);
        let shared = if sign.is_harmless() {
            sharing > 1
        } else {
            let together = self.by_one_way.get(&(place, way(sign)));
            self.hosts > 1 && together == Some(&self.hosts)
        };
        let habit = sharing >= MANY && !sign.conditional && matches!(sign.fact, Fact::Card(_));
        if shared {
            sign.strength = Strength::Shared;
        } else if habit {
            sign.strength = Strength::Likely;
        }
    }
}
