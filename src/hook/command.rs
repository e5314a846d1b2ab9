//! The one line of shell: what it asks nixfix, and back from the line to that.

use crate::path::RepoPath;

/// What the hook asks nixfix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The directory of the flake.
    pub flake: RepoPath,
    /// The recipe, if it is not the built-in one.
    pub recipe: Option<RecipePlace>,
}

/// Where a recipe is, whatever directory it was named from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipePlace {
    /// In the work tree, of which each linked one has its own.
    InRepo(RepoPath),
    /// At this absolute path.
    Elsewhere(String),
}

impl Check {
    /// The command, as the shell reads it in the root of the work tree.
    pub(super) fn command(&self) -> String {
        let recipe = self.recipe.as_ref().map(|recipe| match recipe {
            RecipePlace::InRepo(path) => format!("{OPTION}{}", in_work_tree(path)),
            RecipePlace::Elsewhere(path) => format!("{OPTION}{}", quoted(path)),
        });
        let recipe = recipe.unwrap_or_default();
        format!("{COMMAND}{recipe} {}", in_work_tree(&self.flake))
    }

    /// The check whose command is just this.
    pub(super) fn of_command(text: &str) -> Option<Check> {
        let rest = text.strip_prefix(COMMAND)?;
        let (recipe, rest) = match rest.strip_prefix(OPTION) {
            Some(rest) => unquoted(rest).map(|(recipe, rest)| (Some(recipe), rest))?,
            None => (None, rest),
        };
        let (flake, _) = unquoted(rest.strip_prefix(' ')?)?;
        let in_repo = |word: &str| RepoPath::new(word.strip_prefix("./")?);
        let check = Check {
            flake: in_repo(&flake)?,
            recipe: recipe.map(|recipe| match in_repo(&recipe) {
                Some(path) => RecipePlace::InRepo(path),
                None => RecipePlace::Elsewhere(recipe),
            }),
        };
        // Whatever else is in the text is not in the command that is made of the check.
        (check.command() == text).then_some(check)
    }
}

const COMMAND: &str = "nixfix check --staged";
const OPTION: &str = " --recipe ";

/// Never taken for an option.
fn in_work_tree(path: &RepoPath) -> String {
    quoted(&format!("./{}", path.as_str()))
}

/// A word that the shell takes as it is.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The word at the beginning, which [`quoted`] wrote, and what follows it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut rest = text.strip_prefix('\'')?;
    loop {
        let (part, after) = rest.split_once('\'')?;
        word.push_str(part);
        match after.strip_prefix(r"\''") {
            Some(more) => rest = more,
            None => return Some((word, after)),
        }
        word.push('\'');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(flake: &str, recipe: Option<RecipePlace>) -> Check {
        let flake = RepoPath::new(flake).unwrap();
        Check { flake, recipe }
    }

    #[test]
    fn a_check_is_read_from_its_own_command_and_no_other() {
        let ours = |text: &str| Check::of_command(text).is_some();
        for name in ["", "nixos", "my nixos", "it's", "'", "-n", "a$b"] {
            let in_repo = || RecipePlace::InRepo(RepoPath::new(&format!("r{name}")).unwrap());
            let elsewhere = || RecipePlace::Elsewhere(format!("/home/{name}"));
            for recipe in [None, Some(in_repo()), Some(elsewhere())] {
                let check = check(name, recipe);
                assert_eq!(Check::of_command(&check.command()), Some(check));
            }
        }
        for text in [
            "nixfix check --staged",
            "nixfix check --staged './",
            "nixfix check --staged './' --keep-going",
            "nixfix check --staged './'\nmake 'lint'",
            "nixfix check --staged './a'; make 'lint'",
            "nixfix check --staged --recipe './a.toml'",
            "nixfix check --staged --recipe './a.toml';make './'",
            "nixfix check --staged --recipe './a.toml' './' './'",
        ] {
            assert!(!ours(text), "{text}");
        }
    }
}
