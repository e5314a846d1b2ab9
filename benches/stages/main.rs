//! Each stage by itself, on a repository of 20 hosts: `cargo bench --bench stages`.
//!
//! For finding out which stage a change made faster or slower; what a whole run costs is told by the bench `whole`.

#[path = "../whole/synthetic.rs"]
mod synthetic;

mod planning;
mod repository;

use std::rc::Rc;

use divan::{Bencher, black_box};
use nixfix::expr::Exprs;
use nixfix::flake::model::Model;
use nixfix::pass::references;
use nixfix::path::RepoPath;
use nixfix::plan::build;
use nixfix::proof;
use nixfix::report::{self, Style};
use nixfix::syntax;
use nixfix::write::{Steps, Transaction};

use planning::Planned;
use repository::Repository;

fn main() {
    divan::main();
}

/// The texts of all files.
#[divan::bench]
fn read(bencher: Bencher) {
    let repository = Repository::new();
    bencher.bench_local(|| {
        let tree = repository.tree();
        tree.nix_files()
            .filter(|path| tree.file(path).is_ok())
            .count()
    });
}

/// A name in all files: what is found is parsed, and nothing is.
#[divan::bench]
fn search(bencher: Bencher) {
    let tree = Repository::new().loaded();
    let target = RepoPath::new("nixos/pkgs/nowhere-to-be-found.nix").expect("a path inside");
    bencher.bench_local(|| references(&tree, &target).len());
}

/// The syntax trees of all files, as edits need them.
#[divan::bench]
fn parse(bencher: Bencher) {
    let texts = texts();
    bencher.bench_local(|| {
        let trees = texts.iter().filter(|text| syntax::parse(text).is_ok());
        trees.count()
    });
}

/// What all files say, as the evaluator needs it.
#[divan::bench]
fn parse_exprs(bencher: Bencher) {
    let texts = texts();
    bencher.bench_local(|| {
        let exprs = texts.iter().filter(|text| Exprs::parse(text).is_ok());
        exprs.count()
    });
}

fn texts() -> Vec<Rc<str>> {
    let tree = Repository::new().loaded();
    let files = tree
        .nix_files()
        .map(|path| tree.file(path).expect("a file that was written"));
    files.map(|file| file.text.clone()).collect()
}

/// The hosts with their modules and overlays, of files that are parsed already.
#[divan::bench]
fn evaluate(bencher: Bencher) {
    let tree = Repository::new().loaded();
    let read = || Model::read(&tree, &repository::flake()).expect("a flake");
    read().hosts();
    bencher.bench_local(|| read().hosts().len());
}

/// What all passes do to the tree.
#[divan::bench]
fn passes(bencher: Bencher) {
    let planned = Planned::new(Repository::new().loaded());
    bencher.bench_local(|| planned.run().done.len());
}

/// Proving what they did.
#[divan::bench]
fn prove(bencher: Bencher) {
    let planned = Planned::new(Repository::new().loaded());
    let changes = planned.run();
    bencher.bench_local(|| {
        let read = |tree: &_| Model::read(tree, &repository::flake());
        let replan = |model: &Model| planned.run_on(model);
        proof::check(&planned.question(&changes), read, replan)
            .expect("a result that can be proven");
    });
}

/// The diff that is shown.
#[divan::bench]
fn diff(bencher: Bencher) {
    let plan = build(
        &Repository::new().loaded(),
        &planning::recipe(),
        &planning::request(),
    );
    bencher.bench_local(|| report::diff(black_box(&plan.changes), Style::PLAIN).len());
}

/// All files, with the journal.
#[divan::bench(max_time = 2)]
fn write(bencher: Bencher) {
    let plan = build(
        &Repository::new().loaded(),
        &planning::recipe(),
        &planning::request(),
    );
    bencher
        .with_inputs(Repository::new)
        .bench_local_values(|repository| {
            let repo = repository.repo();
            let prepared = Transaction::prepare(
                repo.root(),
                &repo.journal(),
                &plan.changes,
                Steps::default(),
            );
            prepared
                .and_then(Transaction::apply)
                .and_then(|applied| applied.finish())
                .expect("a disk");
            repository
        });
}

/// The commit of what was written.
#[divan::bench(max_time = 2)]
fn commit(bencher: Bencher) {
    let plan = build(
        &Repository::new().loaded(),
        &planning::recipe(),
        &planning::request(),
    );
    let paths: Vec<RepoPath> = plan
        .changes
        .iter()
        .map(|change| change.path.clone())
        .collect();
    let written = || {
        let repository = Repository::new();
        repository.write(&plan.changes);
        repository
    };
    bencher
        .with_inputs(written)
        .bench_local_values(|repository| {
            let committed =
                repository
                    .repo()
                    .commit(&paths, "Migrate", &Default::default(), |_| Ok(()));
            committed.expect("a commit");
            repository
        });
}
