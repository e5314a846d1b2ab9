//! The template as a user gets it: nothing is pending in it, and a host that is added is seen.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::{copy, root};

/// A git repository with what the template has.
struct Starter(TempDir);

impl Starter {
    fn new() -> Starter {
        let starter = Starter(TempDir::new().unwrap());
        copy(&root().join("docs/template"), starter.0.path());
        starter.git(&["init", "--quiet", "--initial-branch=main"]);
        starter.git(&["config", "user.name", "A User"]);
        starter.git(&["config", "user.email", "user@example.org"]);
        starter.git(&["add", "--all"]);
        starter.git(&["commit", "--quiet", "--message=Begin"]);
        starter
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.0.path());
        for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(variable);
        }
        command
            .env("HOME", self.0.path())
            .env("GIT_CONFIG_NOSYSTEM", "1");
        command.output().unwrap()
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.run("git", arguments);
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
    }

    #[track_caller]
    fn nixfix(&self, arguments: &[&str], code: i32) {
        let output = self.run(env!("CARGO_BIN_EXE_nixfix"), arguments);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let file = self.0.path().join(file);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "no {from:?} in {text}");
        fs::write(file, text.replacen(from, to, 1)).unwrap();
    }
}

#[test]
fn nothing_is_pending_in_the_template_until_a_host_is_added() {
    let starter = Starter::new();
    starter.nixfix(&["check"], 0);
    starter.nixfix(&["check", "--staged"], 0);

    let machines = starter.0.path().join("machines");
    fs::write(
        machines.join("boron.nix"),
        "{ networking.hostName = \"boron\"; }\n",
    )
    .unwrap();
    let host = "\
        boron = nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [ ./machines/boron.nix ];
        };
";
    let carbon = "        carbon = ";
    starter.edit("flake.nix", carbon, &format!("{host}{carbon}"));
    starter.git(&["add", "--all"]);
    starter.nixfix(&["check", "--staged"], 1);

    // As the text that welcomes to the template says, with the profile that its nixfix.toml shows.
    starter.edit("nixfix.toml", "# boron = ", "boron = ");
    starter.nixfix(&["apply", "--no-commit", "--allow-dirty", "--no-lock"], 0);
    starter.git(&["add", "nixfix.toml"]);
    starter.nixfix(&["check", "--staged"], 0);
    let boron = fs::read_to_string(machines.join("boron.nix")).unwrap();
    assert!(boron.contains("./hardware-profiles/vulkan.nix"), "{boron}");
}
