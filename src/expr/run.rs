//! Runs: what a list, a path or a set consists of, side by side in one vector for the whole file.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// Some elements that stand side by side.
pub struct Run<T> {
    start: u32,
    end: u32,
    of: PhantomData<fn() -> T>,
}

/// Runs in the making: each is put together while others, inside it, are begun and ended.
pub(super) struct Runs<T> {
    open: Vec<T>,
    ended: Vec<T>,
}

impl<T> Run<T> {
    /// The elements, among all of the file.
    pub(super) fn of(self, all: &[T]) -> &[T] {
        &all[self.start as usize..self.end as usize]
    }

    /// Which elements of the file's they are.
    pub fn indices(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// A part of it.
    pub fn part(self, from: usize, to: usize) -> Run<T> {
        let start = self.start + from as u32;
        let end = self.start + to as u32;
        debug_assert!(start <= end && end <= self.end);
        Run {
            start,
            end,
            of: PhantomData,
        }
    }
}

impl<T> Clone for Run<T> {
    fn clone(&self) -> Run<T> {
        *self
    }
}

impl<T> Copy for Run<T> {}

impl<T> fmt::Debug for Run<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl<T> Default for Runs<T> {
    fn default() -> Runs<T> {
        Runs {
            open: Vec::new(),
            ended: Vec::new(),
        }
    }
}

impl<T> Runs<T> {
    /// Begins a run, to be ended with what this gives.
    pub fn begin(&self) -> usize {
        self.open.len()
    }

    /// Adds an element to the run that was begun last.
    pub fn push(&mut self, element: T) {
        self.open.push(element);
    }

    /// The elements so far of the run that was begun there.
    pub fn since(&mut self, begin: usize) -> &mut [T] {
        &mut self.open[begin..]
    }

    /// Ends the run that was begun there.
    pub fn end(&mut self, begin: usize) -> Run<T> {
        let start = self.ended.len() as u32;
        self.ended.extend(self.open.drain(begin..));
        Run {
            start,
            end: self.ended.len() as u32,
            of: PhantomData,
        }
    }

    /// The elements of all runs that have ended.
    pub fn ended(&self) -> &[T] {
        &self.ended
    }

    /// The same, for good.
    pub fn finish(self) -> Box<[T]> {
        self.ended.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_holds_its_own_though_others_are_made_inside_it() {
        let mut runs = Runs::default();
        let outer = runs.begin();
        runs.push(1);
        let inner = runs.begin();
        runs.push(2);
        runs.push(3);
        let inner = runs.end(inner);
        runs.push(4);
        let outer = runs.end(outer);
        let all = runs.finish();
        assert_eq!(inner.of(&all), [2, 3]);
        assert_eq!(outer.of(&all), [1, 4]);
        assert_eq!(outer.part(1, 2).of(&all), [4]);
        assert!(outer.part(1, 1).is_empty() && !outer.is_empty());
    }
}
