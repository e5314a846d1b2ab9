//! Choosing the places for an addition so that each host gets it exactly once.
//!
//! One place may serve many hosts, and a host may have many places. A place is taken only if every host that goes through
//! it wants this very addition there and has no other; the better kind of place first, then the one that serves most.

mod chosen;
mod words;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::eval::value::{LiteralList, Site};
use crate::path::RepoPath;
use crate::rewrite::Position;

pub(super) use self::chosen::{Added, Chosen, add_at};
pub(super) use self::words::{by_hand, copy_without, in_the_way, names, out_of_reach};

/// What tells a place from all others: its kind, the file and the range.
pub(super) type SpotKey = (u8, RepoPath, usize, usize);

/// A place where something can be added.
#[derive(Clone)]
pub(super) enum Spot {
    /// A list literal: one more item.
    List(Rc<LiteralList>),
    /// A binding whose value is a list: `++ [ item ]`.
    Concat(Site),
    /// A set: one more binding, there among the others.
    Set(Site, Position),
    /// A binding whose value is a host: what is selected from it and applied stands behind it.
    Value(Site),
}

impl Spot {
    /// `++ [ item ]` behind the value of `binding`; none where that is a name in an `inherit`.
    pub fn concat(binding: &Site) -> Option<Spot> {
        has_value(binding).then(|| Spot::Concat(binding.clone()))
    }

    /// Behind the value of `binding`; none where that is a name in an `inherit`.
    pub fn value(binding: &Site) -> Option<Spot> {
        has_value(binding).then(|| Spot::Value(binding.clone()))
    }

    /// The list, the binding or the set.
    pub fn site(&self) -> &Site {
        match self {
            Spot::List(list) => &list.site,
            Spot::Concat(site) | Spot::Set(site, _) | Spot::Value(site) => site,
        }
    }

    /// The file it is in.
    pub fn file(&self) -> &RepoPath {
        &self.site().file().path
    }

    /// Whether it is the list that a parameter has by default, which is not there where another is given.
    fn is_by_default(&self) -> bool {
        let site = self.site();
        let before = &site.file().text[..site.range().start];
        matches!(self, Spot::List(_)) && before.trim_end().ends_with('?')
    }

    /// What tells it from all other places.
    pub fn key(&self) -> SpotKey {
        let kind = match self {
            Spot::List(_) => 0,
            Spot::Concat(_) => 1,
            Spot::Set(..) => 2,
            Spot::Value(_) => 3,
        };
        let (file, start, end) = self.site().origin().key();
        (kind, file, start, end)
    }
}

fn has_value(binding: &Site) -> bool {
    binding.origin().text().ends_with(';')
}

/// How good a place is: less is better. Of a class, the place that serves more hosts is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// The kind of place.
    pub class: u16,
    /// Which of two places of a class that serve as many hosts is the better one.
    pub order: u8,
}

impl Rank {
    /// The best of its class.
    pub const fn class(class: u16) -> Rank {
        Rank { class, order: 0 }
    }

    /// A place that is worse than any of the class of `other`.
    pub const fn behind(self, other: Rank) -> Rank {
        Rank {
            class: self.class + other.class + 1,
            ..self
        }
    }

    /// A place of a class so many worse.
    pub const fn worse(self, classes: u16) -> Rank {
        Rank {
            class: self.class + classes,
            ..self
        }
    }

    /// A place of the same class that is second to this one.
    pub const fn after(self, order: u8) -> Rank {
        Rank {
            order: self.order.saturating_add(order),
            ..self
        }
    }
}

/// Comes after any other place of its class that serves as many hosts.
const BY_DEFAULT: u8 = 100;

/// What is added at a place, and what that needs besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Addition {
    /// The list item, or the binding.
    pub text: String,
    /// The index of the list item whose place it takes.
    pub replaces: Option<usize>,
    /// Whether it is a module of its own, written in place.
    pub is_module: bool,
    /// A change elsewhere in the same file that brings the names it uses into scope.
    pub scope: Option<ScopeChange>,
}

impl Addition {
    /// The argument that a module has to take for it.
    pub fn formal(&self) -> Option<&str> {
        match &self.scope.as_ref()?.kind {
            ScopeKind::Formal(name) | ScopeKind::Function(name) => Some(name),
            ScopeKind::AtName => None,
        }
    }

    /// Whether the module, which is a set, becomes a function for it.
    pub fn makes_function(&self) -> bool {
        let scope = self.scope.as_ref();
        scope.is_some_and(|scope| matches!(scope.kind, ScopeKind::Function(_)))
    }
}

/// A change that brings a name into scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScopeChange {
    /// The file.
    pub file: RepoPath,
    /// Where the pattern stands that gets it, or the expression that becomes the body of a function.
    pub place: std::ops::Range<usize>,
    /// What it gets.
    pub kind: ScopeKind,
}

/// How a name comes into scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ScopeKind {
    /// `{ ... }@inputs`
    AtName,
    /// `{ NAME, ... }`
    Formal(String),
    /// `{ NAME, ... }:` before what is no function yet.
    Function(String),
}

struct Entry {
    spot: Spot,
    rank: Rank,
    affected: BTreeSet<usize>,
    addition: Option<Addition>,
    /// Those that want another addition there than the first one.
    differing: BTreeSet<usize>,
    broken: bool,
}

impl Entry {
    /// Which of those that go through it keep `host` from getting its addition there.
    fn in_the_way_of(&self, host: usize, wanting: &BTreeSet<usize>) -> BTreeSet<usize> {
        let differs = |host: usize| self.differing.contains(&host);
        let hinders = |other: &usize| !wanting.contains(other) || differs(*other) != differs(host);
        self.affected.iter().copied().filter(hinders).collect()
    }
}

/// The places that were offered.
#[derive(Default)]
pub(super) struct Cover {
    entries: BTreeMap<SpotKey, Entry>,
}

impl Cover {
    /// Host number `host` goes through `spot`; `None` if it must not get the addition there.
    pub fn offer(&mut self, host: usize, spot: Spot, rank: Rank, addition: Option<Addition>) {
        let rank = match spot.is_by_default() {
            true => rank.after(BY_DEFAULT),
            false => rank,
        };
        let entry = self.entries.entry(spot.key()).or_insert_with(|| Entry {
            spot,
            rank,
            affected: BTreeSet::new(),
            addition: addition.clone(),
            differing: BTreeSet::new(),
            broken: false,
        });
        // Offered twice for one host: it would get the addition twice.
        let twice = !entry.affected.insert(host);
        if !twice && entry.addition != addition {
            entry.differing.insert(host);
        }
        entry.broken |= twice || addition.is_none() || entry.addition != addition;
        entry.rank = entry.rank.max(rank);
    }

    /// Host number `host` goes through these places under some condition only: whether it would get what is added there
    /// is not known, so nothing is.
    pub fn doubt(&mut self, host: usize, places: impl IntoIterator<Item = Spot>) {
        for spot in places {
            self.offer(host, spot, Rank::class(0), None);
        }
    }

    /// Takes a place out of the choice.
    pub fn pass_over(&mut self, spot: &Spot) {
        if let Some(entry) = self.entries.get_mut(&spot.key()) {
            entry.broken = true;
        }
    }

    /// The places to use for `wanting`, and the hosts that no place serves, each with those that are
    /// in the way at its best place.
    pub fn choose(
        &self,
        wanting: &BTreeSet<usize>,
    ) -> (Vec<Chosen>, BTreeMap<usize, BTreeSet<usize>>) {
        let mut entries: Vec<&Entry> = self
            .entries
            .values()
            .filter(|entry| !entry.broken && entry.affected.is_subset(wanting))
            .collect();
        entries.sort_by_key(|entry| (entry.rank.class, Reverse(entry.affected.len()), entry.rank));
        let taken = disjoint(&entries, wanting);
        let mut open = wanting.clone();
        let mut chosen = Vec::new();
        for entry in taken.into_iter().map(|index| entries[index]) {
            if let Some(addition) = &entry.addition {
                serve(&mut open, &entry.affected);
                chosen.push(Chosen {
                    spot: entry.spot.clone(),
                    rank: entry.rank,
                    addition: addition.clone(),
                    hosts: entry.affected.clone(),
                });
            }
        }
        let in_the_way = |host: usize| {
            let entries = self.entries.values();
            let entries = entries.filter(|entry| entry.affected.contains(&host));
            let others = entries.map(|entry| (entry.rank, entry.in_the_way_of(host, wanting)));
            let others = others.filter(|(_, others)| !others.is_empty());
            let best = others.min_by_key(|(rank, others)| (*rank, others.len()));
            best.map(|(_, others)| others).unwrap_or_default()
        };
        let left = open.into_iter().map(|host| (host, in_the_way(host)));
        (chosen, left.collect())
    }
}

/// Which of the entries to take, none of them with a host of another: the better ones first, and then, for each host that
/// is left over, one that serves it along with hosts that have places of their own instead of those.
fn disjoint(entries: &[&Entry], wanting: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut open = wanting.clone();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry.affected.is_subset(&open) {
            serve(&mut open, &entry.affected);
            taken.insert(index);
        }
    }
    for host in open.clone() {
        let replaces = |entry: &Entry| {
            let mut others = taken.iter().map(|other| &entries[*other].affected);
            others
                .all(|other| other.is_subset(&entry.affected) || other.is_disjoint(&entry.affected))
        };
        let fits = |entry: &&Entry| {
            open.contains(&host) && entry.affected.contains(&host) && replaces(entry)
        };
        if let Some(index) = entries.iter().position(fits) {
            let served = &entries[index].affected;
            taken.retain(|other| entries[*other].affected.is_disjoint(served));
            taken.insert(index);
            serve(&mut open, served);
        }
    }
    taken
}

fn serve(open: &mut BTreeSet<usize>, hosts: &BTreeSet<usize>) {
    for host in hosts {
        open.remove(host);
    }
}
