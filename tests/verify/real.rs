//! The real Nix, with a store, state and configuration of its own beside the repository: no daemon, no network, no
//! rights, and nothing of the user's.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::config::{Config, copy};

const MISSING: &str = "`nix` is not on the path, and this test asks the real one; \
    install it with `apt-get install nix-bin` (Debian, Ubuntu) or from https://nixos.org/download";

/// A repository whose inputs are local flakes: nixpkgs is the stub of `tests/nix`, with packages that can be built.
pub struct Real {
    pub config: Config,
}

impl Real {
    pub fn new() -> Real {
        let path = env::var("PATH").unwrap();
        let config = Config::new(&path);
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let nixpkgs = config.beside("nixpkgs");
        copy(&tests.join("nix/nixpkgs"), &nixpkgs);
        copy(&tests.join("verify/local/nixpkgs"), &nixpkgs);
        let llama_cpp = config.beside("llama-cpp");
        copy(&tests.join("verify/local/llama-cpp"), &llama_cpp);
        let flake = llama_cpp.join("flake.nix");
        let text = fs::read_to_string(&flake)
            .unwrap()
            .replace("NIXPKGS", &nixpkgs.display().to_string());
        fs::write(flake, text).unwrap();
        let environment = environment(&config.beside("nix"));
        let real = Real {
            config: config.with_environment(environment),
        };
        real.check_store();
        real
    }

    /// Runs nix itself; it must succeed.
    pub fn nix(&self, line: &str) -> String {
        let mut command = self.config.command("nix", line);
        let output = command
            .args(["--extra-experimental-features", "nix-command flakes"])
            .output()
            .expect(MISSING);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "nix {line}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// A store that cannot be set up is no failure of nixfix, and must not look like one.
    fn check_store(&self) {
        let probe = self.config.beside("probe");
        fs::write(&probe, "probe").unwrap();
        let mut command = self.config.command("nix-store", "--add");
        let output = command.arg(&probe).output().expect(MISSING);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success(),
            "nix cannot set up a store in a temporary directory: {said}"
        );
    }
}

impl Drop for Real {
    /// Directories in a store are read-only, which would keep the temporary directory from being removed.
    fn drop(&mut self) {
        make_writable(&self.config.beside("nix").join("store"));
    }
}

fn make_writable(directory: &Path) {
    // What fails here stays behind in the temporary directory; there is nobody to tell.
    let _ = fs::set_permissions(directory, fs::Permissions::from_mode(0o755));
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            make_writable(&entry.path());
        }
    }
}

fn environment(home: &Path) -> Vec<(String, String)> {
    fs::create_dir_all(home).unwrap();
    let below = |name: &str| home.join(name).display().to_string();
    let settings = "build-users-group =\nsandbox = false\nfsync-metadata = false\nsubstituters =\nflake-registry =\n";
    [
        ("HOME", home.display().to_string()),
        ("XDG_CONFIG_HOME", below("config")),
        ("XDG_CACHE_HOME", below("cache")),
        ("NIX_CONF_DIR", below("etc")),
        ("NIX_STORE_DIR", below("store")),
        ("NIX_STATE_DIR", below("state")),
        ("NIX_LOG_DIR", below("log")),
        ("NIX_REMOTE", "".to_string()),
        ("NIX_PATH", "".to_string()),
        ("NIX_USER_CONF_FILES", below("none")),
        ("NIX_CONFIG", settings.to_string()),
    ]
    .map(|(name, value)| (name.to_string(), value))
    .into()
}
