//! A double of `nix`: a shell script that answers what a test has it answer, and writes down what it was asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use crate::config::Config;

/// What the script does, one piece of shell for each question.
pub struct Double {
    /// For the names of the hosts.
    pub hosts: &'static str,
    /// For one host; `$host` is its name, and `answer INSTALLED` a good answer.
    pub host: &'static str,
    /// For `nix flake lock`, in the flake's directory.
    pub lock: &'static str,
    /// For `nix flake check`.
    pub check: &'static str,
    /// For `nix build`.
    pub build: &'static str,
}

/// All is well.
pub const GOOD: Double = Double {
    hosts: r#"echo '["boron.example","carbon"]'"#,
    host: "case $host in carbon) answer cuda;; *) answer cpu;; esac",
    lock: LOCKS,
    check: ":",
    build: ":",
};

/// Adds the entry as Nix would.
pub const LOCKS: &str = r#"sed -e 's/"nixpkgs": "nixpkgs" }/"llama-cpp": "llama-cpp", "nixpkgs": "nixpkgs" }/' \
    -e 's/"nodes": {/"nodes": { "llama-cpp": { "inputs": { "nixpkgs": ["nixpkgs"] }, "locked": { "path": "l" } },/' \
    flake.lock > flake.lock.next && mv flake.lock.next flake.lock"#;

const SCRIPT: &str = r#"#!/bin/sh
printf '%s\n' "$1 $2" >> "CALLS"
for last; do :; done
host=$(printf '%s' "$last" | sed -n 's/.* host = "\([^"]*\)";.*/\1/p')
package() { echo "{\"name\":\"llama-cpp-$1\",\"exists\":true,\"derivation\":\"/nix/store/$1.drv\",\"installed\":$2,\"flags\":[\"-DX=$1\"]}"; }
answer() {
  list=
  for name in cpu cuda vulkan rocm; do
    case "$last" in *llama-cpp-$name*) ;; *) continue;; esac
    if [ $name = "$1" ]; then is=true; else is=false; fi
    list="$list${list:+,}$(package $name $is)"
  done
  echo "{\"system\":\"x86_64-linux\",\"packages\":[$list]}"
}
case "$1 $2" in
  "flake lock") LOCK ;;
  "flake check") CHECK ;;
  "build "*) BUILD ;;
  "eval "*) case "$last" in builtins.attrNames) HOSTS ;; *) HOST ;; esac ;;
  *) echo "error: the double knows no $1 $2" >&2; exit 1 ;;
esac
"#;

/// A repository with a double of Nix on the path.
pub struct Doubled {
    pub config: Config,
    directory: TempDir,
}

impl Doubled {
    pub fn new(double: &Double) -> Doubled {
        let directory = tempfile::tempdir().unwrap();
        let script = directory.path().join("nix");
        let calls = directory.path().join("calls").display().to_string();
        let mut text = SCRIPT.replace("CALLS", &calls);
        for (name, shell) in [
            ("LOCK", double.lock),
            ("CHECK", double.check),
            ("BUILD", double.build),
            ("HOSTS", double.hosts),
            ("HOST", double.host),
        ] {
            text = text.replace(&format!(" {name} ;;"), &format!("\n{shell}\n;;"));
        }
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:/usr/bin:/bin", directory.path().display());
        Doubled {
            config: Config::new(&path),
            directory,
        }
    }

    /// The same, migrated without asking the double.
    pub fn migrated(double: &Double) -> Doubled {
        let doubled = Doubled::new(double);
        doubled.config.nixfix("apply --no-lock").expect(0);
        assert_eq!(doubled.calls(), "");
        doubled
    }

    /// What the double was asked, a line each.
    pub fn calls(&self) -> String {
        fs::read_to_string(self.directory.path().join("calls")).unwrap_or_default()
    }
}
