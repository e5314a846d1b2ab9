//! Whose commit it is: git's config, overruled by the environment, as git has it.

use anyhow::{Context, Result, anyhow};
use git2::{ErrorCode, Signature};

use super::Repo;

/// Author and committer of the commit to be made.
pub(super) struct Identity {
    pub author: Signature<'static>,
    pub committer: Signature<'static>,
}

impl Repo {
    pub(super) fn identity(&self) -> Result<Identity> {
        let read = || -> Result<Identity, git2::Error> {
            Ok(Identity {
                author: self.person("author", self.git.author_from_env()?)?,
                committer: self.person("committer", self.git.committer_from_env()?)?,
            })
        };
        match read() {
            Err(error) if error.code() == ErrorCode::NotFound => Err(anyhow!(
                "git does not know who you are; run `git config --global user.name \"Your Name\"` \
                 and `git config --global user.email you@example.com`"
            )),
            result => result.context("could not tell whose commit it is"),
        }
    }

    /// `author.name` and its like stand between the environment and `user.name`; libgit2 does not know them.
    fn person(
        &self,
        role: &str,
        known: Signature<'static>,
    ) -> Result<Signature<'static>, git2::Error> {
        let config = self.git.config()?.snapshot()?;
        let own = |what: &str, known: &[u8]| -> String {
            let variable = format!("GIT_{}_{}", role.to_uppercase(), what.to_uppercase());
            let fallback = || String::from_utf8_lossy(known).into_owned();
            if std::env::var_os(variable).is_some() {
                return fallback();
            }
            config
                .get_string(&format!("{role}.{what}"))
                .unwrap_or_else(|_| fallback())
        };
        let name = own("name", known.name_bytes());
        let email = own("email", known.email_bytes());
        Signature::new(&name, &email, &known.when())
    }
}
