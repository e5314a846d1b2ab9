//! A config repository of two hosts in a temporary directory, and the runs of nixfix in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A git repository with one commit. Its inputs are directories beside it.
pub struct Config {
    pub directory: TempDir,
    pub root: PathBuf,
    path: String,
    environment: Vec<(String, String)>,
}

/// What a program said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The system of this machine, which Nix can build for, and another one.
pub const SYSTEMS: [&str; 2] = if cfg!(target_arch = "aarch64") {
    ["aarch64-linux", "x86_64-linux"]
} else {
    ["x86_64-linux", "aarch64-linux"]
};

const FLAKE: &str = r#"{
  inputs.nixpkgs.url = "path:NIXPKGS";

  outputs = { self, nixpkgs }@inputs: {
    nixosConfigurations = {
      carbon = nixpkgs.lib.nixosSystem {
        system = "HERE";
        specialArgs = { inherit inputs; };
        modules = [ ./machines/carbon.nix ];
      };
      "boron.example" = nixpkgs.lib.nixosSystem {
        system = "THERE";
        specialArgs = { inherit inputs; };
        modules = [ ./machines/boron.nix ];
      };
    };
  };
}
"#;

const LOCK: &str = r#"{
  "nodes": {
    "nixpkgs": { "locked": { "path": "/n", "type": "path" }, "original": { "path": "/n", "type": "path" } },
    "root": { "inputs": { "nixpkgs": "nixpkgs" } }
  },
  "root": "root",
  "version": 7
}
"#;

impl Config {
    /// A repository whose programs are found by `path`.
    pub fn new(path: &str) -> Config {
        let directory = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(directory.path()).unwrap().join("repo");
        fs::create_dir(&root).unwrap();
        let config = Config {
            directory,
            root,
            path: path.to_string(),
            environment: Vec::new(),
        };
        let beside = |name: &str| config.root.with_file_name(name).display().to_string();
        let flake = FLAKE
            .replace("NIXPKGS", &beside("nixpkgs"))
            .replace("THERE", SYSTEMS[1])
            .replace("HERE", SYSTEMS[0]);
        config.write("flake.nix", &flake);
        config.write("flake.lock", LOCK);
        config.write(
            "nixfix.toml",
            &format!(
                "version = 1\n[input]\nurl = \"path:{}\"\n",
                beside("llama-cpp")
            ),
        );
        config.write(
            "machines/carbon.nix",
            "{ services.xserver.videoDrivers = [ \"nvidia\" ]; }\n",
        );
        config.write(
            "machines/boron.nix",
            "{ networking.hostName = \"boron\"; }\n",
        );
        config.git(&["init", "--quiet", "--initial-branch=main"]);
        for (key, value) in [
            ("user.name", "Jo Host"),
            ("user.email", "jo@example.com"),
            ("commit.gpgSign", "false"),
        ] {
            config.git(&["config", key, value]);
        }
        config.commit_all("Before");
        config
    }

    /// The same, with more environment variables.
    pub fn with_environment(mut self, environment: Vec<(String, String)>) -> Config {
        self.environment = environment;
        self
    }

    pub fn write(&self, path: &str, text: &str) {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    pub fn commit_all(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// What git answers; it must succeed.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// All that a run which fails may not touch.
    pub fn state(&self) -> [String; 5] {
        [
            self.git(&["rev-parse", "HEAD"]),
            self.git(&["status", "--porcelain=v1", "--untracked-files=all"]),
            self.git(&["ls-files", "--stage"]),
            self.git(&["diff", "HEAD"]),
            self.read("flake.lock"),
        ]
    }

    /// Runs nixfix to its end.
    pub fn nixfix(&self, line: &str) -> Said {
        let output = self
            .command(env!("CARGO_BIN_EXE_nixfix"), line)
            .output()
            .unwrap();
        Said {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts nixfix.
    pub fn start(&self, line: &str) -> Child {
        self.command(env!("CARGO_BIN_EXE_nixfix"), line)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// A program in the repository, with the environment that nixfix gets.
    pub fn command(&self, program: &str, line: &str) -> Command {
        let mut command = Command::new(program);
        command
            .args(line.split_whitespace())
            .current_dir(&self.root)
            .env("HOME", self.directory.path())
            .env("PATH", &self.path)
            .env_remove("XDG_CONFIG_HOME")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// A directory beside the repository.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.root.with_file_name(name)
    }
}

impl Said {
    /// Checks the exit code, and gives both streams.
    pub fn expect(&self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// Copies a directory.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
