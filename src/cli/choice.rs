//! The two arguments of the form `X=Y`, split at the right `=`.

use std::path::PathBuf;
use std::str::FromStr;

/// `--profile HOST=NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileChoice {
    /// The host's attribute name.
    pub host: String,
    /// The profile's name.
    pub profile: String,
}

/// `--home FILE=PACKAGE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeChoice {
    /// The Home Manager file, as given.
    pub file: PathBuf,
    /// The package's attribute name.
    pub package: String,
}

impl FromStr for ProfileChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<ProfileChoice, String> {
        let (host, profile) = halves(text, "HOST=NAME", "carbon=cuda")?;
        Ok(ProfileChoice {
            host: host.to_string(),
            profile: profile.to_string(),
        })
    }
}

impl FromStr for HomeChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<HomeChoice, String> {
        let (file, package) = halves(text, "FILE=PACKAGE", "home/me.nix=llama-cpp-cuda")?;
        Ok(HomeChoice {
            file: PathBuf::from(file),
            package: package.to_string(),
        })
    }
}

fn halves<'a>(text: &'a str, form: &str, example: &str) -> Result<(&'a str, &'a str), String> {
    // A file name or a quoted attribute may hold a `=`; the name of a profile or a package never does.
    match text.rsplit_once('=') {
        None => Err(format!("expected {form}, such as `{example}`")),
        Some(("", _)) => Err(format!("nothing stands before the `=` of {form}")),
        Some((_, "")) => Err(format!("nothing stands after the `=` of {form}")),
        Some(halves) => Ok(halves),
    }
}
