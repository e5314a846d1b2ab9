//! Small random configuration repositories: valid, and of a form that nixfix migrates.
//!
//! [`read`] takes the choices off a tape: [`overlays`] is what the hosts have already and where it stands, [`hosts`] how they are
//! built, [`machine`] what each is, and [`style`] how all of it is laid out. The first of every choice is the plainest.

mod flake;
mod hosts;
mod machine;
mod overlays;
mod style;

use std::collections::BTreeMap;

use super::tape::Tape;
use hosts::Shape;
use overlays::{Overlays, Place};

pub use style::{indented, restyle};

/// Files by path.
pub type Files = BTreeMap<String, String>;

/// A repository, and what the user says of it.
#[derive(Debug, Clone)]
pub struct Repo {
    /// Its files.
    pub files: Files,
    /// `--profile`: profiles by host.
    pub given: Vec<(String, String)>,
    /// The profiles that its hosts must get; of the others, any is right.
    pub profiles: Vec<(String, String)>,
    /// `--keep-going`.
    pub keep_going: bool,
}

/// The names that hosts may have.
pub const HOSTS: [&str; 4] = ["carbon", "beryllium", "boron", "nitrogen"];

/// The choices that several files depend on.
struct Choices {
    hosts: &'static [&'static str],
    shape: Shape,
    head: &'static flake::Head,
    overlays: Overlays,
    system: &'static str,
    /// Whether modules get the inputs.
    special: bool,
    /// Whether hosts import `nixos/`.
    shared: bool,
}

/// The repository that the tape describes.
pub fn read(tape: &mut Tape) -> Repo {
    let choices = choices(tape);
    let mut repo = Repo {
        files: Files::new(),
        given: Vec::new(),
        profiles: Vec::new(),
        keep_going: false,
    };
    for host in choices.hosts {
        machine::write(tape, host, &choices, &mut repo);
    }
    choices.overlays.write(tape, &mut repo.files);
    flake::write(tape, &choices, &mut repo.files);
    restyle(tape, &mut repo.files);
    repo
}

fn choices(tape: &mut Tape) -> Choices {
    let hosts = &HOSTS[..1 + tape.below(HOSTS.len())];
    let shape = tape.one(&Shape::ALL);
    let head = &flake::HEADS[tape.below(flake::HEADS.len())];
    // Another file gets the inputs by their name, and so do the systems of flake-utils.
    let head = match (shape, head.inputs) {
        (Shape::HelperFile | Shape::HostsFile | Shape::FlakeUtils, None) => &flake::HEADS[0],
        _ => head,
    };
    let overlays = Overlays::read(tape, shape, head.inputs.is_some());
    let special = head.inputs.is_some() && (overlays.needs_special() || tape.flag());
    let shared = overlays.place == Place::SharedModule || tape.flag();
    let system = tape.one(&["x86_64-linux", "aarch64-linux"]);
    Choices {
        hosts,
        shape,
        head,
        overlays,
        system,
        special,
        shared,
    }
}
