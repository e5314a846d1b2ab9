//! From the plan to the disk and into git: write, lock, verify, commit, or put everything back.

use anyhow::{Context, Result, bail};

use super::console::Console;
use super::locate::{self, Site};
use super::lock::{self, Locked, Locking};
use super::{closing, verify};
use crate::cli::Commit;
use crate::git::{CommitOptions, Rescue};
use crate::nix::Nix;
use crate::plan::Plan;
use crate::recipe::Recipe;
use crate::report;
use crate::verify::Expectation;
use crate::write::{Applied, Steps, Transaction};

/// A plan on its way.
pub(super) struct Landing<'a> {
    pub console: &'a Console,
    pub site: &'a Site,
    pub plan: &'a Plan,
    pub recipe: &'a Recipe,
    pub commit: &'a Commit,
    /// The user's Nix, where one is asked.
    pub nix: Option<&'a Nix>,
    pub locking: &'a Locking,
    /// What Nix has to say before the commit.
    pub expectation: Option<&'a Expectation>,
}

/// A plan that has arrived.
pub(super) struct Landed {
    pub commit: Option<String>,
    pub locked: Locked,
}

impl Landing<'_> {
    /// Writes the plan and puts it into git.
    ///
    /// # Errors
    /// Anything failed, and everything is as it was before; or putting it back failed as well.
    pub(super) fn land(&self) -> Result<Landed> {
        let repo = &self.site.repo;
        let prepared = Transaction::prepare(
            repo.root(),
            &repo.journal(),
            &self.plan.changes,
            Steps::default(),
        );
        let mut applied = prepared?.apply()?;
        match self.enter_git(&mut applied) {
            Ok(landed) => {
                if let Err(error) = applied.finish() {
                    self.warn(&format!(
                        "{}; the next run of nixfix tidies up",
                        crate::message::message(&error)
                    ))?;
                }
                Ok(landed)
            }
            Err(error) => {
                let kept = applied.undo().context("could not put everything back")?;
                for aside in kept {
                    self.console.complain(&report::visible(&format!(
                        "note: {}\n",
                        locate::kept(&aside)
                    )))?;
                }
                Err(error.context("nothing was changed"))
            }
        }
    }

    fn enter_git(&self, applied: &mut Applied) -> Result<Landed> {
        let asks = self.expectation.is_some() || matches!(self.locking, Locking::Add(_));
        let Some(nix) = self.nix.filter(|_| asks) else {
            let locked = match self.locking {
                Locking::Leave(stale) => Locked::Stale(stale.clone()),
                Locking::Add(_) | Locking::NotNeeded => Locked::Untouched,
            };
            return Ok(Landed {
                commit: self.record(applied, None, &locked)?,
                locked,
            });
        };
        // A flake sees what is in the index.
        let first = self
            .site
            .repo
            .stage(&applied.written(), |rescue| applied.note(&rescue.to_note()))?;
        let landed = self.ask(nix, applied, &first);
        if landed.is_err() {
            self.site
                .repo
                .restore(&first)
                .context("could not put git's index back")?;
        }
        landed
    }

    fn ask(&self, nix: &Nix, applied: &mut Applied, first: &Rescue) -> Result<Landed> {
        let locked = match self.locking {
            Locking::Add(missing) => {
                let add = || lock::add(nix, missing, applied);
                self.console.stage("nix flake lock", add)?
            }
            Locking::Leave(stale) => Locked::Stale(stale.clone()),
            Locking::NotNeeded => Locked::Untouched,
        };
        if let Some(expectation) = self.expectation {
            self.verify(nix, expectation)?;
        }
        Ok(Landed {
            commit: self.record(applied, Some(first), &locked)?,
            locked,
        })
    }

    fn verify(&self, nix: &Nix, expectation: &Expectation) -> Result<()> {
        let verification = verify::ask(self.console, nix, expectation).context(
            "the verification could not be done, so everything that was written is put back",
        )?;
        if verification.succeeded() {
            return self
                .console
                .say(&report::verification_summary(&verification));
        }
        self.console.complain(&report::verification_failures(
            &verification,
            self.console.err,
        ))?;
        bail!("the verification failed, so everything that was written is put back")
    }

    /// Commits, or adds to the index; gives the commit. `first` is the way back to before what is staged already.
    fn record(
        &self,
        applied: &mut Applied,
        first: Option<&Rescue>,
        locked: &Locked,
    ) -> Result<Option<String>> {
        let (repo, paths) = (&self.site.repo, applied.written());
        let seal = |rescue: &Rescue| {
            let whole = first.map_or_else(|| rescue.clone(), |first| rescue.since(first));
            applied.note(&whole.to_note())
        };
        if self.commit.no_commit {
            repo.stage(&paths, seal)?;
            return Ok(None);
        }
        let message = self.commit.text().unwrap_or_else(|| {
            closing::commit_message(self.plan, self.recipe, self.lock_sentence(locked))
        });
        let options = CommitOptions {
            branch: self.commit.branch.clone(),
            sign: self.commit.signing(),
        };
        for hook in repo.unsupported_hooks() {
            self.warn(&format!("nixfix does not run the {hook} hook"))?;
        }
        let committed = repo.commit(&paths, &message, &options, seal)?;
        if let Some(warning) = &committed.warning {
            self.warn(&format!("{warning}; the commit stands"))?;
        }
        Ok(Some(committed.id.to_string()))
    }

    fn warn(&self, text: &str) -> Result<()> {
        self.console
            .complain(&report::visible(&format!("warning: {text}\n")))
    }

    fn lock_sentence(&self, locked: &Locked) -> Option<String> {
        match (self.locking, locked) {
            (Locking::Add(missing), Locked::Written(_)) => Some(missing.sentence()),
            _ => None,
        }
    }
}
