//! Random choices as a tape of bytes: a shorter tape with smaller bytes makes a simpler text, so failures shrink well.

/// Reads choices off a tape; past its end, each choice is the first.
pub struct Tape<'t> {
    rest: &'t [u8],
}

impl<'t> Tape<'t> {
    /// A tape to be read from its beginning.
    pub fn new(bytes: &'t [u8]) -> Tape<'t> {
        Tape { rest: bytes }
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.rest.split_first() else {
            return 0;
        };
        self.rest = rest;
        usize::from(*first) % count
    }

    /// One of `all`.
    pub fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// `text`, or nothing.
    pub fn maybe(&mut self, text: &'static str) -> &'static str {
        self.one(&["", text])
    }

    /// Yes or no.
    pub fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    /// How much of it was not read.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// A place in a text of this length.
    pub fn place(&mut self, length: usize) -> usize {
        (self.below(256) * 256 + self.below(256)) % (length + 1)
    }
}
