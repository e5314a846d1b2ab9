//! Slides an added or removed block to where a reader would cut it.
//!
//! Between equal lines a block can often be cut in several places, all of them right: the `};` that a new binding brings
//! may be its own or the one of the binding above. Here the block that closes what it opens wins.

use std::ops::Range;

use similar::DiffOp;

/// Slides every lone insertion and deletion of `ops` to its best place.
pub(super) fn slide_blocks(ops: &mut [DiffOp], old: &[&str], new: &[&str]) {
    for at in 0..ops.len() {
        let room = Room {
            up: at
                .checked_sub(1)
                .map_or(0, |before| spare_lines(&ops[before])),
            down: ops.get(at + 1).map_or(0, spare_lines),
        };
        match ops[at] {
            DiffOp::Insert {
                new_index, new_len, ..
            } => {
                let start = best_start(new, new_index..new_index + new_len, room);
                move_block(ops, at, new_index, start);
            }
            DiffOp::Delete {
                old_index, old_len, ..
            } => {
                let start = best_start(old, old_index..old_index + old_len, room);
                move_block(ops, at, old_index, start);
            }
            DiffOp::Equal { .. } | DiffOp::Replace { .. } => {}
        }
    }
}

/// How many lines a block may move up and down.
#[derive(Clone, Copy)]
struct Room {
    up: usize,
    down: usize,
}

/// The lines a neighbour can give away; one stays, to keep two blocks apart.
fn spare_lines(op: &DiffOp) -> usize {
    match op {
        DiffOp::Equal { len, .. } => len.saturating_sub(1),
        _ => 0,
    }
}

/// Where `block` should start: the lowest place where it is balanced, or else the lowest of all.
fn best_start(lines: &[&str], block: Range<usize>, room: Room) -> usize {
    let up = (0..room.up)
        .take_while(|step| lines[block.start - 1 - step] == lines[block.end - 1 - step])
        .count();
    let down = (0..room.down)
        .take_while(|step| lines[block.start + step] == lines[block.end + step])
        .count();
    let lowest = block.start + down;
    (block.start - up..=lowest)
        .rev()
        .find(|&start| is_balanced(&lines[start..start + block.len()]))
        .unwrap_or(lowest)
}

/// Whether `block` closes no bracket that it did not open, and leaves none open.
fn is_balanced(block: &[&str]) -> bool {
    let mut depth = 0_usize;
    for byte in block.iter().flat_map(|line| line.bytes()) {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// Moves the block `ops[at]` from one line to another; its equal neighbours take and give the lines between.
fn move_block(ops: &mut [DiffOp], at: usize, from: usize, to: usize) {
    if from == to {
        return;
    }
    if let DiffOp::Equal { len, .. } = &mut ops[at - 1] {
        *len = *len + to - from;
    }
    if let DiffOp::Insert {
        old_index,
        new_index,
        ..
    }
    | DiffOp::Delete {
        old_index,
        new_index,
        ..
    } = &mut ops[at]
    {
        *old_index = *old_index + to - from;
        *new_index = *new_index + to - from;
    }
    if let DiffOp::Equal {
        old_index,
        new_index,
        len,
    } = &mut ops[at + 1]
    {
        *old_index = *old_index + to - from;
        *new_index = *new_index + to - from;
        *len = *len + from - to;
    }
}

#[cfg(test)]
mod tests {
    use similar::{Algorithm, capture_diff_slices};

    use super::*;

    /// The lines that count as added, once slid.
    fn added<'a>(old: &str, new: &'a str) -> Vec<&'a str> {
        let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
        let mut ops = capture_diff_slices(Algorithm::Myers, &old, &new);
        slide_blocks(&mut ops, &old, &new);
        let inserted = ops.iter().filter(|op| matches!(op, DiffOp::Insert { .. }));
        inserted
            .flat_map(|op| new[op.new_range()].to_vec())
            .collect()
    }

    #[test]
    fn a_new_binding_keeps_its_own_closing_bracket() {
        let old = "{\n  a = {\n    x = 1;\n  };\n}";
        let new = "{\n  a = {\n    x = 1;\n  };\n  b = {\n    x = 2;\n  };\n}";
        assert_eq!(added(old, new), ["  b = {", "    x = 2;", "  };"]);
    }

    #[test]
    fn a_blank_line_goes_below_a_block_between_blank_lines() {
        assert_eq!(added("a\n\nc\n", "a\n\nb\n\nc\n"), ["b", ""]);
    }
}
