//! What a sweep comes to.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use crate::sweep::Swept;

/// Sums over all flakes.
pub struct Totals {
    flakes: usize,
    hostless: usize,
    broken: usize,
    /// The hosts that were found.
    pub hosts: usize,
    migrated: usize,
    /// Refused hosts by reason, names left out; most frequent first.
    reasons: Vec<(String, usize)>,
}

impl Totals {
    /// The totals of `swept`.
    pub fn of(swept: &[Swept]) -> Totals {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, why) in swept.iter().flat_map(|one| &one.hosts) {
            if let Some(why) = why {
                *counts.entry(without_names(why)).or_default() += 1;
            }
        }
        let mut reasons: Vec<(String, usize)> = counts.into_iter().collect();
        reasons.sort_by_key(|(_, count)| Reverse(*count));
        Totals {
            flakes: swept.len(),
            hostless: swept.iter().filter(|one| one.hosts.is_empty()).count(),
            broken: swept
                .iter()
                .filter(|one| !one.failures().is_empty())
                .count(),
            hosts: swept.iter().map(|one| one.hosts.len()).sum(),
            migrated: swept.iter().map(Swept::migrated).sum(),
            reasons,
        }
    }
}

/// A reason with everything in backticks left out, so that like counts with like.
fn without_names(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    let kept = parts.map(|(index, part)| if index % 2 == 0 { part } else { "`..`" });
    kept.collect()
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals {
            flakes,
            hostless,
            broken,
            hosts,
            migrated,
            ..
        } = self;
        let percent = 100 * migrated / hosts.max(&1);
        writeln!(
            f,
            "{flakes} flakes, {hostless} of them without a host in sight; {broken} gone wrong"
        )?;
        writeln!(f, "{hosts} hosts, {migrated} migrated ({percent} %)")?;
        self.reasons
            .iter()
            .try_for_each(|(reason, count)| writeln!(f, "{count:6} {reason}"))
    }
}
