//! The yardstick P: a process that reads and parses every tracked `.nix` file once, on one thread, and nothing else.

use std::path::{Path, PathBuf};
use std::process::Command;

use nixfix::path::RepoPath;
use nixfix::plan::{Request, build};
use nixfix::recipe::{Flags, Recipe, Source};
use nixfix::stack::run_deep;
use nixfix::tree::Tree;
use rnix::Root;

/// The argument by which this program plays the yardstick.
const PARSE: &str = "--play-yardstick";
/// The argument by which it does nothing.
const NOTHING: &str = "--play-empty-process";
/// The argument by which it prints how many bytes of Nix a dry run parses.
const COUNT: &str = "--play-count";

/// Plays one of the helpers, if the arguments say so.
pub fn play() -> bool {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [PARSE, root, list] => parse_all(Path::new(root), Path::new(list)),
        [NOTHING] => {}
        [COUNT, root] => println!("{}", bytes_parsed(Path::new(root))),
        _ => return false,
    }
    true
}

/// The process that parses the files named in `list`, one path a line, relative to `root`.
pub fn parser(root: &Path, list: &Path) -> Command {
    let mut command = myself(PARSE);
    command.arg(root).arg(list);
    command
}

/// The process that does nothing.
pub fn empty() -> Command {
    myself(NOTHING)
}

/// How many bytes of Nix a dry run parses, as nixfix itself counts them.
pub fn count(root: &Path) -> f64 {
    let output = myself(COUNT).arg(root).output().expect("this very program");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().expect("the number just printed")
}

fn myself(role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a program on disk"));
    command.arg(role);
    command
}

fn parse_all(root: &Path, list: &Path) {
    let list = std::fs::read_to_string(list).expect("the list");
    let parse = || {
        for path in list.lines() {
            // A file that is no text is read and left alone.
            if let Ok(text) = std::fs::read_to_string(root.join(path)) {
                std::hint::black_box(Root::parse(&text));
            }
        }
    };
    run_deep(parse).expect("a thread with a deep stack");
}

fn bytes_parsed(root: &Path) -> usize {
    let parsed = || {
        let files = tracked(root)
            .into_iter()
            .filter_map(|file| RepoPath::new(&file));
        let tree = Tree::on_disk(PathBuf::from(root), files, Default::default());
        let recipe = Recipe::load(
            vec![Source::built_in()],
            &Flags::default(),
            &RepoPath::root(),
        )
        .expect("the built-in recipe");
        let request = Request {
            flake: RepoPath::new("flake.nix").expect("a path inside"),
            only: Vec::new(),
            skip: Vec::new(),
            keep_going: true,
            shadow: false,
            left_out: nixfix::plan::LeftOut::default(),
        };
        build(&tree, &recipe, &request);
        tree.parsed().map(|file| file.text.len()).sum()
    };
    run_deep(parsed).expect("a thread with a deep stack")
}

/// The files that git tracks below `root`, relative to it.
pub fn tracked(root: &Path) -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root)
        .output()
        .expect("git on the path");
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    text.split_terminator('\0').map(str::to_string).collect()
}
