//! The binary as a user meets it: what it refuses, what it leaves alone, what goes to which stream.

#![allow(
    clippy::unwrap_used,
    reason = "a failed step of the set-up is a failed test"
)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

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

/// A directory with a flake and a machine, no git yet.
fn plain() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "flake.nix", FLAKE);
    write(
        dir.path(),
        "machines/carbon.nix",
        "{ services.xserver.videoDrivers = [ \"nvidia\" ]; }\n",
    );
    dir
}

/// The same as a git repository with one commit.
fn committed() -> TempDir {
    let dir = plain();
    commit_all(dir.path());
    dir
}

fn commit_all(dir: &Path) {
    git(dir, &["init", "--quiet"]);
    git(dir, &["config", "user.name", "t"]);
    git(dir, &["config", "user.email", "t@example.org"]);
    git(dir, &["add", "--all"]);
    git(dir, &["commit", "--quiet", "--message=before"]);
}

fn write(dir: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = dir.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

fn git(dir: &Path, args: &[&str]) -> String {
    let output = isolated("git", dir).args(args).output().unwrap();
    assert!(
        output.status.success(),
        "git {args:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// A command that sees neither the user's git nor the terminal's wishes.
fn isolated(program: &str, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    command
        .env_remove("NO_COLOR")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .stdin(Stdio::null());
    command
}

fn nixfix(dir: &Path, args: &[&str]) -> Output {
    isolated(env!("CARGO_BIN_EXE_nixfix"), dir)
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs nixfix, which must refuse with these words and leave everything as it is.
fn refuses(dir: &Path, args: &[&str], words: &[&str]) {
    let before = snapshot(dir);
    let output = nixfix(dir, args);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    words
        .iter()
        .for_each(|word| assert!(said.contains(word), "`{word}` is not in:\n{said}"));
    assert_eq!(snapshot(dir), before);
}

/// Every file outside `.git`, with its bytes.
fn snapshot(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let kind = std::fs::symlink_metadata(&path).unwrap();
            match () {
                () if path.ends_with(".git") => {}
                () if kind.is_dir() => open.push(path),
                () if kind.is_file() => {
                    files.push((path.display().to_string(), std::fs::read(&path).unwrap()))
                }
                () => files.push((path.display().to_string(), Vec::new())),
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_directory_without_git_is_refused() {
    let dir = plain();
    refuses(dir.path(), &["apply"], &["is not in a git repository"]);
    refuses(
        dir.path(),
        &["apply", "--dry-run"],
        &["is not in a git repository"],
    );
}

#[test]
fn a_directory_without_a_flake_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    refuses(dir.path(), &["apply"], &["there is no flake.nix in"]);
    refuses(
        dir.path(),
        &["apply", "nowhere"],
        &["there is no flake.nix at `nowhere`"],
    );
}

#[test]
fn a_repository_without_a_commit_is_shown_a_diff_but_not_written() {
    let dir = plain();
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "--all"]);
    refuses(dir.path(), &["apply"], &["no commit yet"]);
    assert_eq!(
        nixfix(dir.path(), &["apply", "--dry-run"]).status.code(),
        Some(0)
    );
}

#[test]
fn a_flake_that_git_does_not_track_is_refused() {
    let dir = plain();
    git(dir.path(), &["init", "--quiet"]);
    refuses(
        dir.path(),
        &["apply", "--dry-run"],
        &["git does not track it"],
    );
}

#[test]
fn a_planned_file_with_changes_of_the_user_is_refused_and_other_dirt_stays() {
    let dir = committed();
    write(dir.path(), "notes.txt", "mine\n");
    write(
        dir.path(),
        "machines/carbon.nix",
        "{ services.xserver.videoDrivers = [ \"nvidia\" ]; } # mine\n",
    );
    refuses(
        dir.path(),
        &["apply"],
        &["machines/carbon.nix", "--allow-dirty"],
    );
    let output = nixfix(dir.path(), &["apply", "--allow-dirty"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        git(dir.path(), &["status", "--porcelain"]),
        "?? notes.txt\n"
    );
}

#[test]
fn a_file_in_the_place_of_a_new_one_is_refused() {
    let dir = committed();
    write(dir.path(), "machines/hardware-profiles/cuda.nix", "mine\n");
    refuses(
        dir.path(),
        &["apply"],
        &["machines/hardware-profiles/cuda.nix"],
    );
}

#[test]
fn a_new_file_that_git_ignores_is_refused() {
    let dir = committed();
    write(dir.path(), ".gitignore", "hardware-profiles/\n");
    git(dir.path(), &["add", ".gitignore"]);
    git(dir.path(), &["commit", "--quiet", "--message=ignore"]);
    refuses(
        dir.path(),
        &["apply"],
        &["machines/hardware-profiles/cuda.nix", "ignore"],
    );
}

#[test]
fn without_a_commit_everything_is_in_the_index() {
    let dir = committed();
    assert!(
        nixfix(dir.path(), &["apply", "--no-commit"])
            .status
            .success()
    );
    let status = git(dir.path(), &["status", "--porcelain"]);
    assert!(
        status
            .lines()
            .all(|line| line.starts_with("M  ") || line.starts_with("A  ")),
        "{status}"
    );
    assert_eq!(git(dir.path(), &["rev-list", "--count", "HEAD"]), "1\n");
    assert_eq!(nixfix(dir.path(), &["check"]).status.code(), Some(0));
}

#[test]
fn the_commit_goes_to_a_new_branch_with_the_users_message() {
    let dir = committed();
    assert!(
        nixfix(dir.path(), &["apply", "--branch", "llama", "-m", "Mine"])
            .status
            .success()
    );
    assert_eq!(
        git(dir.path(), &["log", "-1", "--format=%D %s"]),
        "HEAD -> llama Mine\n"
    );
    let files = git(dir.path(), &["show", "--name-status", "--format=", "HEAD"]);
    assert_eq!(
        files.lines().filter(|line| line.starts_with('M')).count(),
        2,
        "{files}"
    );
    assert_eq!(
        files.lines().filter(|line| line.starts_with('A')).count(),
        5,
        "{files}"
    );
}

#[test]
fn the_mode_of_a_file_and_a_link_to_it_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = plain();
    let flake = FLAKE.replace("./machines/carbon.nix", "./machines/link.nix");
    write(dir.path(), "flake.nix", flake);
    symlink("carbon.nix", dir.path().join("machines/link.nix")).unwrap();
    let carbon = dir.path().join("machines/carbon.nix");
    std::fs::set_permissions(&carbon, PermissionsExt::from_mode(0o755)).unwrap();
    commit_all(dir.path());
    let output = nixfix(dir.path(), &["apply"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        std::fs::read_to_string(&carbon)
            .unwrap()
            .contains("./hardware-profiles/cuda.nix")
    );
    assert_eq!(
        std::fs::metadata(&carbon).unwrap().permissions().mode() & 0o777,
        0o755
    );
    assert!(dir.path().join("machines/link.nix").is_symlink());
    assert_eq!(git(dir.path(), &["status", "--porcelain"]), "");
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let dir = committed();
    let diff = |args: &[&str]| text(&nixfix(dir.path(), args).stdout);
    assert!(!diff(&["apply", "--dry-run"]).contains('\x1b'));
    assert!(diff(&["apply", "--dry-run", "--color", "always"]).contains('\x1b'));
    assert!(!diff(&["apply", "--dry-run", "--color", "never"]).contains('\x1b'));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let dir = committed();
    let script = format!(
        "{} apply --dry-run 2>/dev/null | head -n 1; echo \"${{PIPESTATUS[0]}}\"",
        env!("CARGO_BIN_EXE_nixfix")
    );
    let output = isolated("bash", dir.path())
        .args(["-c", &script])
        .output()
        .unwrap();
    assert_eq!(text(&output.stdout).lines().last(), Some("0"));
}

#[test]
fn the_patch_is_what_apply_does() {
    let (dry, real) = (committed(), committed());
    let patch = nixfix(dry.path(), &["apply", "--dry-run", "--format", "patch"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &patch.stdout).unwrap();
    git(
        dry.path(),
        &["apply", "--index", &file.path().display().to_string()],
    );
    assert!(
        nixfix(real.path(), &["apply", "--no-commit"])
            .status
            .success()
    );
    assert_eq!(
        git(dry.path(), &["write-tree"]),
        git(real.path(), &["write-tree"])
    );
}

#[test]
fn json_is_one_object_on_stdout_and_says_the_commit() {
    let dir = committed();
    let output = nixfix(dir.path(), &["apply", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["status"], "changes");
    assert_eq!(value["hosts"][0]["profile"], "cuda");
    assert_eq!(
        value["commit"].as_str().unwrap(),
        git(dir.path(), &["rev-parse", "HEAD"]).trim()
    );
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn wrong_usage_exits_with_2() {
    let dir = committed();
    refuses(dir.path(), &["aply"], &["apply"]);
    refuses(
        dir.path(),
        &["apply", "--profile", "carbon"],
        &["HOST=NAME"],
    );
    refuses(
        dir.path(),
        &["apply", "--profile", "carbn=cuda"],
        &["carbon"],
    );
    refuses(dir.path(), &["apply", "--profile", "carbon=cda"], &["cuda"]);
    refuses(
        dir.path(),
        &["apply", "--only", "add-inputs"],
        &["add-input"],
    );
}

#[test]
fn hostile_flakes_are_refused_in_a_moment() {
    let texts: [(&str, Vec<u8>); 9] = [
        ("brackets", "[".repeat(100_000).into_bytes()),
        (
            "minus",
            format!("{{ outputs = {}1; }}", "- ".repeat(100_000)).into_bytes(),
        ),
        (
            "sum",
            format!("{{ outputs = {}a; }}", "a + ".repeat(100_000)).into_bytes(),
        ),
        (
            "attrpath",
            format!("{{ outputs = {}a; }}", "a.".repeat(100_000)).into_bytes(),
        ),
        ("not UTF-8", b"{ a = \"\xff\"; }".to_vec()),
        ("NUL", b"{ a\0 }".to_vec()),
        ("BOM", "\u{feff}{ }".as_bytes().to_vec()),
        ("empty", Vec::new()),
        (
            "huge",
            format!("{{ a = ''{}''; }}", "x".repeat(10 << 20)).into_bytes(),
        ),
    ];
    for (name, bytes) in texts {
        let dir = plain();
        write(dir.path(), "flake.nix", bytes);
        commit_all(dir.path());
        let start = std::time::Instant::now();
        refuses(dir.path(), &["apply"], &["flake.nix"]);
        assert!(
            start.elapsed().as_secs() < 10,
            "{name} took {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn escape_sequences_of_the_repository_never_reach_the_terminal() {
    let dir = plain();
    let flake = FLAKE.replace("nixos-unstable", "nixos-unstable\x1b[31m");
    write(dir.path(), "flake.nix", flake);
    commit_all(dir.path());
    let output = nixfix(dir.path(), &["apply", "--dry-run"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(!text(&output.stdout).contains('\x1b') && !text(&output.stderr).contains('\x1b'));
}

#[test]
fn a_link_out_of_the_repository_is_not_read_and_not_written() {
    use std::os::unix::fs::symlink;
    let (dir, outside) = (plain(), tempfile::tempdir().unwrap());
    write(
        outside.path(),
        "carbon.nix",
        "{ hardware.nvidia.open = true; }\n",
    );
    std::fs::remove_file(dir.path().join("machines/carbon.nix")).unwrap();
    let target = outside.path().join("carbon.nix");
    symlink(&target, dir.path().join("machines/carbon.nix")).unwrap();
    commit_all(dir.path());
    let output = nixfix(dir.path(), &["apply", "--format", "json"]);
    assert!(
        !text(&output.stdout).contains("nvidia"),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(
        std::fs::read_to_string(&target).unwrap(),
        "{ hardware.nvidia.open = true; }\n"
    );
}

/// A carbon with a driver, and a boron of which nothing is known.
fn two_hosts() -> TempDir {
    let dir = committed();
    let flake = FLAKE.replace(
        "nixosConfigurations.carbon =",
        "nixosConfigurations.boron = nixpkgs.lib.nixosSystem { modules = [ ./machines/boron.nix ]; };
    nixosConfigurations.carbon =",
    );
    write(dir.path(), "flake.nix", flake);
    write(dir.path(), "machines/boron.nix", "{ }\n");
    git(dir.path(), &["add", "--all"]);
    git(dir.path(), &["commit", "--quiet", "--message=two"]);
    dir
}

/// What `nixfix show` says of each host, for scripts.
fn profiles(dir: &Path) -> Vec<(String, String)> {
    let shown = nixfix(dir, &["show", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let hosts = value["hosts"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_string();
    hosts
        .iter()
        .map(|host| (text(&host["profile"]), text(&host["confidence"])))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let pair = |(profile, confidence): &(&str, &str)| (profile.to_string(), confidence.to_string());
    expected.iter().map(pair).collect()
}

#[test]
fn init_writes_what_was_found_and_git_tracks_it() {
    let dir = two_hosts();
    let dry = nixfix(dir.path(), &["init", "--dry-run"]);
    assert!(dry.status.success(), "{}", text(&dry.stderr));
    assert_eq!(git(dir.path(), &["status", "--porcelain"]), "");
    let output = nixfix(dir.path(), &["init"]);
    assert_eq!(text(&output.stdout), text(&dry.stdout));
    assert!(text(&output.stderr).contains("added it to the index"));
    assert_eq!(
        git(dir.path(), &["status", "--porcelain"]),
        "A  nixfix.toml\n"
    );
    let written = std::fs::read_to_string(dir.path().join("nixfix.toml")).unwrap();
    for line in [
        "# boron = \"cpu-optimized\"  # default: no evidence\n",
        "carbon = \"cuda\"            # certain: services.xserver.videoDrivers at machines/carbon.nix:1\n",
    ] {
        assert!(written.contains(line), "{written}");
    }
    assert_eq!(
        profiles(dir.path()),
        pairs(&[("cpu-optimized", "default"), ("cuda", "given")])
    );
    // What is staged is read from the index alone.
    std::fs::remove_file(dir.path().join("nixfix.toml")).unwrap();
    let staged = nixfix(dir.path(), &["check", "--staged", "--format", "json"]);
    let staged: serde_json::Value = serde_json::from_slice(&staged.stdout).unwrap();
    assert_eq!(staged["hosts"][1]["confidence"], "given");
}

#[test]
fn init_adds_the_hosts_that_lack_a_line_and_then_has_nothing_to_do() {
    let dir = two_hosts();
    let mine =
        "version = 1 # mine\n\n[machines]\nboron = 'rocm'\n\n# later\n[remove]\nfiles = []\n";
    write(dir.path(), "nixfix.toml", mine);
    assert!(nixfix(dir.path(), &["init"]).status.success());
    let file = dir.path().join("nixfix.toml");
    let written = std::fs::read_to_string(&file).unwrap();
    let line =
        "carbon = \"cuda\"  # certain: services.xserver.videoDrivers at machines/carbon.nix:1\n";
    assert_eq!(
        written,
        mine.replace("'rocm'\n", &format!("'rocm'\n{line}"))
    );
    assert_eq!(
        git(dir.path(), &["status", "--porcelain"]),
        "A  nixfix.toml\n"
    );
    let again = nixfix(dir.path(), &["init"]);
    assert_eq!(
        (text(&again.stdout), text(&again.stderr)),
        (String::new(), "nixfix.toml: nothing to do\n".to_string())
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
    assert_eq!(
        profiles(dir.path()),
        pairs(&[("rocm", "given"), ("cuda", "given")])
    );
}

#[test]
fn init_stages_nothing_that_the_user_has_not() {
    let dir = two_hosts();
    write(dir.path(), "nixfix.toml", "version = 1\n");
    git(dir.path(), &["add", "nixfix.toml"]);
    write(dir.path(), "nixfix.toml", "version = 1\n# not yet\n");
    let output = nixfix(dir.path(), &["init"]);
    assert!(text(&output.stderr).contains("staging it is yours"));
    assert_eq!(git(dir.path(), &["show", ":nixfix.toml"]), "version = 1\n");
    let written = std::fs::read_to_string(dir.path().join("nixfix.toml")).unwrap();
    assert!(
        written.starts_with("version = 1\n# not yet\n\n# The profile"),
        "{written}"
    );
}

#[test]
fn init_refuses_what_it_cannot_write_well() {
    let dir = two_hosts();
    refuses(dir.path(), &["init", "nowhere"], &["no flake.nix"]);
    write(dir.path(), "nixfix.toml", "version = 1\nmachines = { }\n");
    refuses(dir.path(), &["init"], &["inline table"]);
    write(dir.path(), "nixfix.toml", "version = 1\n[machine]\n");
    refuses(dir.path(), &["init"], &["did you mean `machines`?"]);
    std::fs::remove_file(dir.path().join("nixfix.toml")).unwrap();
    write(dir.path(), ".gitignore", "*.toml\n");
    refuses(dir.path(), &["init"], &["nixfix.toml", "ignored"]);
    write(dir.path(), "flake.nix", "{ outputs = inputs: { }; }\n");
    refuses(dir.path(), &["init"], &["flake.nix"]);
}

#[test]
fn a_slip_in_a_profile_or_a_host_is_told_wherever_it_is_given() {
    let dir = two_hosts();
    for (flag, line, meant) in [
        ("carbn=cuda", "carbn = \"cuda\"", "did you mean `carbon`?"),
        (
            "carbon=vulcan",
            "carbon = \"vulcan\"",
            "did you mean `vulkan`?",
        ),
        (
            "zirconium=cuda",
            "zirconium = \"cuda\"",
            "known here: `boron`, `carbon`",
        ),
        (
            "carbon=metal",
            "carbon = \"metal\"",
            "`vulkan`, `rocm`, `cpu-optimized`",
        ),
    ] {
        refuses(dir.path(), &["apply", "--profile", flag], &[meant]);
        let file = format!("version = 1\n\n[machines]\n{line}\n");
        write(dir.path(), "nixfix.toml", file);
        refuses(dir.path(), &["apply"], &[meant, "nixfix.toml:4"]);
        std::fs::remove_file(dir.path().join("nixfix.toml")).unwrap();
    }
    refuses(
        dir.path(),
        &["show", "--host", "carbn"],
        &["did you mean `carbon`?"],
    );
}
