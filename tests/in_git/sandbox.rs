//! A migrated flake in a git repository, with `nixfix` on the path of git's hooks.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A repository whose one host is migrated and committed.
pub struct Sandbox {
    directory: TempDir,
}

/// What a program did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    /// Both streams.
    pub text: String,
}

/// The flake before the migration.
const FLAKE: &str = r#"{
  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs, ... }@inputs: {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [ ./machines/carbon.nix ];
    };
  };
}
"#;

pub const MACHINE: &str = "{ services.xserver.videoDrivers = [ \"nvidia\" ]; }\n";

/// The same with a host that has neither overlay nor profile.
pub const HOST: &str = r#"
    nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [ ./machines/boron.nix ];
    };
  };
}
"#;

impl Sandbox {
    /// One host, not migrated.
    pub fn old() -> Sandbox {
        let sandbox = Sandbox {
            directory: TempDir::new().unwrap(),
        };
        fs::create_dir_all(sandbox.programs()).unwrap();
        fs::create_dir_all(sandbox.root()).unwrap();
        let program = sandbox.programs().join("nixfix");
        symlink(env!("CARGO_BIN_EXE_nixfix"), program).unwrap();
        sandbox.git(&["init", "--quiet", "--initial-branch=main"]);
        sandbox.git(&["config", "user.name", "A User"]);
        sandbox.git(&["config", "user.email", "user@example.org"]);
        sandbox.write("flake.nix", FLAKE);
        sandbox.write("machines/carbon.nix", MACHINE);
        sandbox.commit_all("before");
        sandbox
    }

    /// One host, migrated.
    pub fn new() -> Sandbox {
        let sandbox = Sandbox::old();
        assert_eq!(sandbox.nixfix(&["apply"]).code, 0);
        sandbox
    }

    pub fn root(&self) -> PathBuf {
        self.directory.path().join("nixos")
    }

    /// A path beside the repository.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn programs(&self) -> PathBuf {
        self.beside("bin")
    }

    pub fn write(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// A program that sees nothing of the user's git.
    pub fn command(&self, program: impl AsRef<Path>, directory: &Path) -> Command {
        let mut path = self.programs().into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = Command::new(program.as_ref());
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "NO_COLOR"] {
            command.env_remove(name);
        }
        command
            .current_dir(directory)
            .env("PATH", path)
            .env("HOME", self.directory.path())
            .env("GIT_CONFIG_GLOBAL", self.beside("gitconfig"))
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_EDITOR", "true")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    pub fn nixfix(&self, arguments: &[&str]) -> Ran {
        self.nixfix_in(&self.root(), arguments)
    }

    pub fn nixfix_in(&self, directory: &Path, arguments: &[&str]) -> Ran {
        let program = self.programs().join("nixfix");
        run(self.command(program, directory).args(arguments))
    }

    pub fn try_git(&self, arguments: &[&str]) -> Ran {
        run(self.command("git", &self.root()).args(arguments))
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let ran = self.try_git(arguments);
        assert_eq!(ran.code, 0, "git {arguments:?}: {}", ran.text);
        ran.text
    }

    pub fn commit_all(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--no-verify", "-m", message]);
    }

    /// Writes a second host, without overlay and profile; nothing is staged.
    pub fn add_host(&self) {
        let flake = self.read("flake.nix");
        let whole = flake.strip_suffix("  };\n}\n").unwrap();
        self.write("flake.nix", &format!("{whole}{}", &HOST[1..]));
        self.write("machines/boron.nix", MACHINE);
    }

    pub fn commits(&self) -> usize {
        let count = self.git(&["rev-list", "--count", "--all"]);
        count.trim().parse().unwrap()
    }
}

pub fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    Ran {
        code: output.status.code().unwrap(),
        text: String::from_utf8(text).unwrap(),
    }
}

impl Ran {
    /// Requires this exit code and these words.
    pub fn expect(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{}", self.text);
        for word in words {
            assert!(self.text.contains(word), "no `{word}` in:\n{}", self.text);
        }
    }
}
