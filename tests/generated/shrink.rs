//! Makes a failing repository smaller for as long as it fails: fewer hosts, no comments, plainer forms.

use crate::judge::{Demand, NOT_MIGRATED, Read, judge};
use crate::tape::Tape;

/// The smallest failing tape that was found on the way down from `tape`, and its problems.
pub fn shrink(tape: Vec<u8>, read: Read, demand: Demand) -> (Vec<u8>, Vec<String>) {
    let judge = |tapes: &[Vec<u8>]| {
        let repos = tapes.iter().map(|tape| read(&mut Tape::new(tape)));
        let judged = judge(&repos.collect::<Vec<_>>(), demand).into_iter();
        judged.map(|judged| judged.problems).collect::<Vec<_>>()
    };
    let mut small = read_part(tape, read);
    let mut problems = judge(std::slice::from_ref(&small)).remove(0);
    loop {
        let candidates = simpler(&small);
        let judged = judge(&candidates);
        let mut judged = candidates.into_iter().zip(judged);
        let Some((next, found)) = judged.find(|(_, found)| kind(found) == kind(&problems)) else {
            return (small, problems);
        };
        (small, problems) = (next, found);
    }
}

/// What is wrong, without the particulars.
fn kind(problems: &[String]) -> Option<bool> {
    let first = problems.first()?;
    Some(first.starts_with(NOT_MIGRATED))
}

/// Without what no choice was read from.
fn read_part(mut bytes: Vec<u8>, read: Read) -> Vec<u8> {
    let mut tape = Tape::new(&bytes);
    read(&mut tape);
    let read = bytes.len() - tape.left();
    bytes.truncate(read);
    bytes
}

/// Shorter tapes first, then those with one choice less; all in one batch, as starting Nix takes longest.
fn simpler(tape: &[u8]) -> Vec<Vec<u8>> {
    let shorter = [0, 4, 2].into_iter().map(|part| match part {
        0 => Vec::new(),
        part => tape[..tape.len() - tape.len() / part].to_vec(),
    });
    let plainer = (0..tape.len()).filter(|at| tape[*at] != 0).map(|at| {
        let mut tape = tape.to_vec();
        tape[at] = 0;
        tape
    });
    let mut all: Vec<Vec<u8>> = shorter.chain(plainer).collect();
    all.retain(|simpler| simpler != tape);
    all
}
