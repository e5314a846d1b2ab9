//! What nixfix is packaged as: its own flake and the template in it, and what it depends on.

#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod dependencies;
mod flake;
#[allow(dead_code, reason = "one file is asked, once")]
#[path = "../support/nix.rs"]
mod nix;
mod template;

use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
