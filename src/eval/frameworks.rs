//! The frameworks flakes are built with: what their entry functions make of their arguments.
//!
//! An adapter is a Nix file that gives, in nixfix's own words, what the framework's flake gives where hosts depend on it;
//! each host comes out as an application of `nixosSystem`. What an adapter does not have stays opaque. It is given `lib` and
//! the framework's `flake`, of which it can take what is opaque.

mod definition;
mod merge;
mod module_system;
mod sets;
mod types;
mod walk;

use std::rc::Rc;

use super::value::{Kind, Name, Root, Symbol, Thunk, Value};
use super::{Evaluator, InputKind, own_file};
use crate::path::RepoPath;

pub(super) use self::module_system::eval_modules;

/// The attribute of an adapter that stands for what importing the input gives.
const IMPORTED: &str = "imported";

/// A framework: where its flake is known to live, and its adapter.
struct Adapter {
    /// `owner/name` of its repository and of others with the same interface, lower case; a name alone fits any owner.
    repositories: &'static [&'static str],
    /// Its file name in origins; no tracked file can be called so.
    path: &'static str,
    text: &'static str,
}

/// A framework that nixfix knows, by its place in the table of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Framework(usize);

macro_rules! adapter {
    ($name:literal, $repositories:expr) => {
        Adapter {
            repositories: $repositories,
            path: concat!("<", $name, ">"),
            text: include_str!(concat!("frameworks/", $name, ".nix")),
        }
    };
}

const ADAPTERS: &[Adapter] = &[
    adapter!("flake-parts", &["hercules-ci/flake-parts"]),
    adapter!("flake-file", &["vic/flake-file", "denful/flake-file"]),
    adapter!("flake-utils", &["numtide/flake-utils"]),
    adapter!("import-tree", &["vic/import-tree", "denful/import-tree"]),
    adapter!("nixos-unified", &["srid/nixos-unified", "srid/nixos-flake"]),
    adapter!("ez-configs", &["ehllie/ez-configs"]),
    adapter!("lite-config", &["yelite/lite-config"]),
    adapter!(
        "easy-hosts",
        &["tgirlcloud/easy-hosts", "isabelroses/easy-hosts"]
    ),
    adapter!("haumea", &["nix-community/haumea"]),
    adapter!("blueprint", &["numtide/blueprint"]),
    adapter!(
        "flakelight",
        &["nix-community/flakelight", "accelbread/flakelight"]
    ),
    adapter!("clan", &["clan/clan-core", "clan-lol/clan-core"]),
    adapter!("flake-utils-plus", &["gytis-ivaskevicius/flake-utils-plus"]),
    adapter!("colmena", &["zhaofengli/colmena", "nix-community/colmena"]),
    adapter!("nixos-raspberrypi", &["nvmd/nixos-raspberrypi"]),
    adapter!("nixpkgs-patcher", &["gepbird/nixpkgs-patcher"]),
    adapter!("snowfall-lib", &["snowfallorg/lib"]),
    adapter!(
        "systems",
        &["nix-systems/default", "nix-systems/default-linux"]
    ),
];

/// Every name that the `lib` of flake-parts has had.
const FLAKE_PARTS: &[&str] = &[
    "attrsWith",
    "defaultModule",
    "evalFlakeModule",
    "importAndPublish",
    "importApply",
    "memoizeStr",
    "mkAliasOptionModule",
    "mkDeferredModuleOption",
    "mkDeferredModuleType",
    "mkFlake",
    "mkPerSystemOption",
    "mkPerSystemType",
    "mkSubmoduleOptions",
    "mkTransposedPerSystemModule",
];

impl Framework {
    /// The framework whose flake lives at this flakeref.
    pub fn of_url(url: &str) -> Option<Framework> {
        let url = url.split(['?', '#']).next()?.to_ascii_lowercase();
        let mut parts = url.split([':', '/']).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts
            .by_ref()
            .map(|part| part.trim_end_matches(".git"))
            .collect();
        let names = |repository: &&str| {
            let wanted: Vec<&str> = repository.split('/').collect();
            parts.windows(wanted.len()).any(|window| window == wanted)
        };
        ADAPTERS
            .iter()
            .position(|adapter| adapter.repositories.iter().any(names))
            .map(Framework)
    }

    /// Every name that its flake's `lib` may have, where these are known.
    pub(super) fn library(self) -> Option<&'static [&'static str]> {
        (self.adapter().path == "<flake-parts>").then_some(FLAKE_PARTS)
    }

    fn adapter(self) -> &'static Adapter {
        &ADAPTERS[self.0]
    }
}

/// Whether a file of that name is one of nixfix's own, not of the repository.
pub(super) fn is_adapter(path: &RepoPath) -> bool {
    ADAPTERS.iter().any(|adapter| adapter.path == path.as_str())
}

impl Evaluator {
    /// An attribute of a framework's flake that its adapter has.
    pub(super) fn framework_attribute(&self, symbol: &Symbol, name: &str) -> Option<Value> {
        let flake = self.framework_flake(symbol)?;
        let path = symbol.path.iter().map(|name| &**name).chain([name]);
        path.map(str::to_string)
            .try_fold(flake, |set, name| self.get(&set, name.as_str()))
    }

    /// A framework's flake that is called as a function itself.
    pub(super) fn framework_call(&self, symbol: &Symbol, argument: &Thunk) -> Option<Value> {
        let flake = self
            .framework_flake(symbol)
            .filter(|_| symbol.path.is_empty())?;
        self.get(&flake, "__functor")?;
        Some(self.apply(&flake, argument))
    }

    /// What importing a framework's flake as a path gives.
    pub(super) fn framework_import(&self, symbol: &Symbol) -> Option<Value> {
        let flake = self
            .framework_flake(symbol)
            .filter(|_| symbol.path.is_empty())?;
        self.get(&flake, IMPORTED)
    }

    fn framework_flake(&self, symbol: &Symbol) -> Option<Value> {
        let Root::Input(input) = &symbol.root else {
            return None;
        };
        let InputKind::Framework(framework) = self.input_kind(*input) else {
            return None;
        };
        let input = *input;
        let known = self.frameworks.borrow().get(&input).cloned();
        let thunk = known.unwrap_or_else(|| {
            let thunk = Thunk::native(move |ev| ev.read_adapter(framework.adapter(), input));
            self.frameworks.borrow_mut().insert(input, thunk.clone());
            thunk
        });
        Some(self.force(&thunk))
    }

    fn read_adapter(&self, adapter: &Adapter, input: Name) -> Value {
        let file = own_file(adapter.path, adapter.text);
        let argument = |root: Root| Thunk::done(Value::symbol(root, Vec::new()));
        let arguments = Value::attrs([
            ("lib".into(), argument(Root::Argument("lib".into()))),
            ("flake".into(), argument(Root::Input(input))),
        ]);
        self.apply(&self.eval_own(&file), &Thunk::done(arguments))
    }
}

/// Notes every directory of a list as one whose entries the framework reads, there or not, and gives the value behind it.
pub(super) fn lists_directories(ev: &Evaluator, args: &[Thunk]) -> Value {
    if let Kind::List(directories) = ev.force(&args[0]).kind {
        for directory in directories.items().flatten() {
            if let Some(path) = ev.force(directory).as_path() {
                ev.note_listing(&path, super::ListingDepth::Names);
            }
        }
    }
    ev.force(&args[1])
}

/// The input of a flake that has this name, where it is known what that is, and the value behind it otherwise.
pub(super) fn input_of(ev: &Evaluator, args: &[Thunk]) -> Value {
    let flake = ev.force(&args[0]);
    let known = flake
        .as_input()
        .zip(ev.force(&args[1]).as_text())
        .and_then(|(flake, name)| ev.input_of(flake, &name));
    known.unwrap_or_else(|| ev.force(&args[2]))
}

/// Notes what says which inputs the flake has, not looked into, and gives the value behind it.
pub(super) fn declares_inputs(ev: &Evaluator, args: &[Thunk]) -> Value {
    ev.input_options.borrow_mut().push(args[0].clone());
    ev.force(&args[1])
}

/// The text of a path below a directory, with a leading slash; of any other path the whole.
pub(super) fn path_below(ev: &Evaluator, args: &[Thunk]) -> Value {
    let (root, path) = (ev.force(&args[0]).as_path(), ev.force(&args[1]).as_path());
    match (root, path) {
        (Some(root), Some(path)) => {
            let rest = path
                .as_str()
                .strip_prefix(root.as_str())
                .filter(|_| path.is_within(&root));
            Value::text(Rc::from(format!(
                "/{}",
                rest.unwrap_or(path.as_str()).trim_start_matches('/')
            )))
        }
        _ => Value::unknown("the path is not known"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    #[test]
    fn a_framework_is_told_by_its_repository_and_by_nothing_that_sounds_like_it() {
        let name = |url: &str| Framework::of_url(url).map(|framework| framework.adapter().path);
        for url in [
            "github:hercules-ci/flake-parts",
            "github:hercules-ci/flake-parts/main",
            "git+https://github.com/hercules-ci/flake-parts.git?ref=main",
            "https://flakehub.com/f/hercules-ci/flake-parts/0.1",
        ] {
            assert_eq!(name(url), Some("<flake-parts>"), "{url}");
        }
        for url in [
            "github:someone/flake-parts-website",
            "github:hercules-ci/flake-modules-core",
            "path:./flake-parts",
        ] {
            assert_eq!(name(url), None, "{url}");
        }
    }

    #[test]
    fn every_adapter_is_valid() {
        for adapter in ADAPTERS {
            assert!(
                File::new(RepoPath::root(), adapter.text).root().is_ok(),
                "{}",
                adapter.path
            );
        }
    }
}
