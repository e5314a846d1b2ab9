//! Small random repositories whose parts are put together freely: every host is built in a way of its own, and every list is
//! any expression. nixfix may refuse them. What it migrates must be right.
//!
//! [`read`] takes the choices off a tape: [`overlays`] writes expressions of overlays, [`modules`] those of modules and their
//! files, [`hosts`] the hosts and flake.nix. The first of every choice is the plainest.

mod hosts;
mod modules;
mod overlays;

use super::repo::{Files, HOSTS, Repo, restyle};
use super::tape::Tape;

/// The old overlay.
const VARIANTS: &str = "nixos/pkgs/llama-cpp-variants.nix";

/// Levels of expressions in expressions.
const DEPTH: usize = 3;

/// What can be named where an expression stands.
#[derive(Clone, Copy)]
struct Scope {
    /// The way to the root of the repository.
    root: &'static str,
    /// Whether there are `inputs`.
    inputs: bool,
    /// How nixpkgs' library is called.
    lib: &'static str,
    /// Whether this is a module that takes `config` and `pkgs`.
    module: bool,
    /// Whether what flake.nix binds can be named.
    bound: bool,
    /// Whether `name` is the host's name.
    named: bool,
}

/// A repository that is being written.
struct Writer<'t, 'b> {
    tape: &'t mut Tape<'b>,
    files: Files,
    /// What the file of the old overlay takes before `final: prev:`, if there is one.
    old: Option<&'static str>,
    /// Whether modules are given `inputs`.
    special: bool,
    /// Whether the flake has overlays as an output.
    published: bool,
    /// Whether there is another nixpkgs, and home-manager.
    further: bool,
    /// How many hosts there are.
    hosts: usize,
    /// Files of modules that were written.
    modules: usize,
}

/// The repository that the tape describes.
pub fn read(tape: &mut Tape) -> Repo {
    let old = tape.one(&[None, Some(""), Some("inputs: "), Some("{ inputs, ... }: ")]);
    let (special, published, keep_going) = (!tape.flag(), tape.flag(), tape.flag());
    let mut writer = Writer {
        tape,
        files: Files::new(),
        old,
        special,
        published,
        further: false,
        hosts: 0,
        modules: 0,
    };
    writer.shared_files();
    writer.flake();
    let given = writer.given();
    let Writer {
        tape, mut files, ..
    } = writer;
    restyle(tape, &mut files);
    Repo {
        files,
        profiles: given.clone(),
        given,
        keep_going,
    }
}

impl Writer<'_, '_> {
    /// One of these texts.
    fn one(&mut self, all: &[&'static str]) -> &'static str {
        self.tape.one(all)
    }

    /// What the file of the old overlay is given, where there is one.
    fn old_argument(&self) -> Option<&'static str> {
        self.old.map(|head| match head {
            "" => "",
            "inputs: " => " inputs",
            _ => " { inherit inputs; }",
        })
    }

    /// The profiles that the user says.
    fn given(&mut self) -> Vec<(String, String)> {
        let mut given = Vec::new();
        for host in &HOSTS[..self.hosts] {
            let profile = self.one(&["", "", "", "", "", "cuda", "vulkan", "rocm"]);
            if !profile.is_empty() {
                given.push((host.to_string(), profile.to_string()));
            }
        }
        given
    }

    /// The files that many expressions name.
    fn shared_files(&mut self) {
        if let Some(head) = self.old {
            let text = format!(
                "{head}final: prev: {{\n  llama-cpp-cuda = prev.llama-cpp.override {{ cudaSupport = true; }};\n}}\n"
            );
            self.files.insert(VARIANTS.to_string(), text);
        }
        for (path, text) in [
            (
                "overlays/tools.nix",
                "final: prev: {\n  tools = prev.git;\n}\n",
            ),
            (
                "overlays/default.nix",
                "{\n  tools = import ./tools.nix;\n  words = final: prev: { words = prev.hello; };\n}\n",
            ),
            (
                "overlays/list.nix",
                "[\n  (import ./tools.nix)\n  (final: prev: { words = prev.hello; })\n]\n",
            ),
            ("machines/disk.nix", "{ }\n"),
        ] {
            self.files.insert(path.to_string(), text.to_string());
        }
    }
}
