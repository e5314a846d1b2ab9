//! Trying again the hosts that were refused, on top of what was done for the others.
//!
//! A place that serves many hosts is better than many places, and once it is taken, a host that could do without it may have
//! none left. With the others served, it is tried by itself: what a second run of nixfix would do is done in the first.

use std::collections::BTreeSet;

use super::Planner;
use super::run::Models;
use crate::flake::model::Model;
use crate::pass::Changes;

impl Planner<'_> {
    /// The proven changes with those for all `in_the_way` that can be served now, proven as well.
    pub(super) fn with_those_in_the_way(
        &mut self,
        mut proven: Changes,
        mut in_the_way: BTreeSet<String>,
    ) -> Changes {
        while !in_the_way.is_empty() && in_the_way.len() < self.before.hosts().len() {
            let refused = self.refused.clone();
            let Some(more) = self.again(&proven, &in_the_way) else {
                self.refused = refused;
                break;
            };
            proven = more;
            in_the_way.retain(|host| self.refused.contains_key(host));
        }
        proven
    }

    /// The proven changes with those for some of `in_the_way`; `None` if none of these can be served.
    fn again(&mut self, proven: &Changes, in_the_way: &BTreeSet<String>) -> Option<Changes> {
        let mut reasons = self.refused.clone();
        reasons.retain(|host, _| in_the_way.contains(host));
        self.refused.retain(|host, _| !in_the_way.contains(host));
        let model = Model::read(&proven.tree, &self.request.flake).ok()?;
        while !reasons.is_empty() {
            let changes = self.run_on(&model, proven.clone(), Models::Newest).changes;
            let mut found: BTreeSet<String> = changes.refused.keys().cloned().collect();
            if changes.has_errors() {
                return None;
            }
            if found.is_empty() {
                match self.prove(&changes) {
                    Ok(()) => return Some(changes),
                    Err(failures) => {
                        let hosts = failures.into_iter().map(|failure| failure.host);
                        found = hosts.collect::<Option<_>>()?;
                    }
                }
            }
            for host in found {
                // One that was served before has to stay so.
                let reason = reasons.remove(&host)?;
                self.refused.insert(host, reason);
            }
        }
        None
    }
}
