//! Strings letter by letter, where the hashes of store paths are not known.
//!
//! `toString ./x` is `/nix/store/<hash>-source/x`: Nix copies a flake to a store path of the name `source`, so all of it is
//! known but the hash, and what is asked of it mostly has an answer: `hasSuffix ".nix" (toString path)`.

use std::borrow::Cow;
use std::ops::Range;

use super::operators::any;
use super::value::{Kind, Text, TextPart, Value};
use crate::path::RepoPath;

/// The directory of all store paths; another one is possible, but no public cache serves it.
const STORE: &str = "/nix/store/";

/// How many letters the hash of a store path has.
const HASH_LENGTH: u8 = 32;

/// The letters of hashes: Nix's base 32, which leaves out `e`, `o`, `t` and `u`.
const HASH_LETTERS: &[u8] = b"0123456789abcdfghijklmnpqrsvwxyz";

/// The name of the store path that a flake is copied to.
const FLAKE: &str = "source";

/// Longer strings with a store path in them are not looked into: on Linux no path is longer.
const LONGEST: usize = 4096;

/// Replacing compares no more letters than this.
const MOST_COMPARED: usize = 1 << 24;

/// A string whose letters are known, but for those of hashes.
pub(super) enum Letters<'a> {
    Known(&'a str),
    Mixed(Vec<Letter<'a>>),
}

/// A byte of a string.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Letter<'a> {
    Known(u8),
    /// This one of a hash.
    Hash(StorePath<'a>, u8),
}

/// A store path whose name is known.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum StorePath<'a> {
    /// The flake's own.
    Flake,
    /// The one this path is copied to.
    CopyOf(&'a RepoPath),
}

impl<'a> Letters<'a> {
    /// The letters of a string, or of a path as Nix makes a string of it; `None` where they are not known.
    pub(super) fn of(value: &'a Value) -> Option<Letters<'a>> {
        match &value.kind {
            Kind::Text(text) => of_text(text),
            // The copy of the root is named after the flake's store path, and so by its hash.
            Kind::Path(path) if !path.is_root() => Some(Letters::Mixed(
                store_path(StorePath::CopyOf(path), path.name()).collect(),
            )),
            _ => None,
        }
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        match self {
            Letters::Known(text) => text.len(),
            Letters::Mixed(letters) => letters.len(),
        }
    }

    fn letters(&self) -> Cow<'_, [Letter<'a>]> {
        match self {
            Letters::Known(text) => known(text).collect(),
            Letters::Mixed(letters) => Cow::Borrowed(letters),
        }
    }

    /// Whether the two are the same string; `None` where that is not known.
    pub(super) fn equals(&self, other: &Letters) -> Option<bool> {
        match (self, other) {
            (Letters::Known(a), Letters::Known(b)) => Some(a == b),
            _ => same(&self.letters(), &other.letters()),
        }
    }

    /// Whether `prefix` begins this string; `None` where that is not known.
    pub(super) fn starts_with(&self, prefix: &Letters) -> Option<bool> {
        match (self, prefix) {
            (Letters::Known(text), Letters::Known(prefix)) => Some(text.starts_with(*prefix)),
            _ => starts_with(&self.letters(), &prefix.letters()),
        }
    }

    /// Whether `suffix` ends this string; `None` where that is not known.
    pub(super) fn ends_with(&self, suffix: &Letters) -> Option<bool> {
        match (self, suffix) {
            (Letters::Known(text), Letters::Known(suffix)) => Some(text.ends_with(*suffix)),
            _ => match self.len().checked_sub(suffix.len()) {
                Some(start) => same(&self.letters()[start..], &suffix.letters()),
                None => Some(false),
            },
        }
    }

    /// Whether `infix` is somewhere in this string; `None` where that is not known.
    pub(super) fn contains(&self, infix: &Letters) -> Option<bool> {
        match (self, infix) {
            (Letters::Known(text), Letters::Known(infix)) => Some(text.contains(*infix)),
            _ => {
                let (all, infix) = (self.letters(), infix.letters());
                any((0..=all.len()).map(|start| starts_with(&all[start..], &infix)))
            }
        }
    }

    /// The bytes of `range`, which is within the string.
    pub(super) fn slice(&self, range: Range<usize>) -> Value {
        match self {
            Letters::Known(text) => text.get(range).map_or_else(cut, Value::text),
            Letters::Mixed(letters) => value_of(&letters[range]),
        }
    }

    /// The pieces between separators; `None` where they are not known.
    pub(super) fn split(&self, separator: &Letters) -> Option<Vec<Value>> {
        if separator.len() == 0 {
            return None;
        }
        if let (Letters::Known(text), Letters::Known(separator)) = (self, separator) {
            return Some(text.split(*separator).map(Value::text).collect());
        }
        let (all, separator) = (self.letters(), separator.letters());
        let mut pieces = Vec::new();
        let mut left = &*all;
        while let Some(end) = find(left, &separator)? {
            pieces.push(value_of(&left[..end]));
            left = &left[end + separator.len()..];
        }
        pieces.push(value_of(left));
        Some(pieces)
    }

    /// The string with each of `from` replaced by what stands in its place in `to`: at each place the first that matches,
    /// as Nix does it. `None` where the result is not known.
    pub(super) fn replace(&self, from: &[Letters], to: &[Letters]) -> Option<Value> {
        let pairs: Vec<_> = from
            .iter()
            .zip(to)
            .map(|(from, to)| (from.letters(), to.letters()))
            .collect();
        let compared: usize = pairs.iter().map(|(from, _)| from.len()).sum();
        let too_long = self.len().saturating_mul(compared) > MOST_COMPARED;
        if too_long || pairs.iter().any(|(from, _)| from.is_empty()) {
            return None;
        }
        let all = self.letters();
        let mut out: Vec<Letter> = Vec::with_capacity(all.len());
        let mut left = &*all;
        'places: while let Some((first, rest)) = left.split_first() {
            for (from, to) in &pairs {
                if starts_with(left, from)? {
                    out.extend_from_slice(to);
                    left = &left[from.len()..];
                    continue 'places;
                }
            }
            out.push(*first);
            left = rest;
        }
        Some(value_of(&out))
    }
}

fn of_text(text: &Text) -> Option<Letters<'_>> {
    match text.parts.as_slice() {
        [] => return Some(Letters::Known("")),
        [TextPart::Known(text)] => return Some(Letters::Known(text)),
        _ => {}
    }
    let mut letters = Vec::new();
    for part in &text.parts {
        match part {
            TextPart::Known(text) => letters.extend(known(text)),
            TextPart::Store(path) => {
                letters.extend(store_path(StorePath::Flake, FLAKE));
                if !path.is_root() {
                    letters.push(Letter::Known(b'/'));
                    letters.extend(known(path.as_str()));
                }
            }
            // A copy may have any name: `builtins.path { path = ./x; name = "y"; }`.
            TextPart::Copy(_) | TextPart::Unknown(_) => return None,
        }
    }
    (letters.len() <= LONGEST).then_some(Letters::Mixed(letters))
}

fn known<'a>(text: &str) -> impl Iterator<Item = Letter<'a>> {
    text.bytes().map(Letter::Known)
}

fn store_path<'a>(of: StorePath<'a>, name: &str) -> impl Iterator<Item = Letter<'a>> {
    let hash = (0..HASH_LENGTH).map(move |at| Letter::Hash(of, at));
    known(STORE)
        .chain(hash)
        .chain(known("-"))
        .chain(known(name))
}

/// Whether two strings are the same; `None` where that is not known.
fn same(a: &[Letter], b: &[Letter]) -> Option<bool> {
    if a.len() != b.len() {
        return Some(false);
    }
    let mut doubt = false;
    for pair in a.iter().zip(b) {
        match pair {
            (a, b) if a == b => {}
            (Letter::Known(_), Letter::Known(_)) => return Some(false),
            (Letter::Known(byte), Letter::Hash(..)) | (Letter::Hash(..), Letter::Known(byte))
                if !HASH_LETTERS.contains(byte) =>
            {
                return Some(false);
            }
            _ => doubt = true,
        }
    }
    (!doubt).then_some(true)
}

fn starts_with(text: &[Letter], prefix: &[Letter]) -> Option<bool> {
    text.get(..prefix.len())
        .map_or(Some(false), |start| same(start, prefix))
}

/// Where `wanted` begins first; `None` where that is not known.
fn find(text: &[Letter], wanted: &[Letter]) -> Option<Option<usize>> {
    for start in 0..=text.len() {
        if starts_with(&text[start..], wanted)? {
            return Some(Some(start));
        }
    }
    Some(None)
}

/// The string that has these letters: one that is known, or a place in the flake's own store path.
fn value_of(letters: &[Letter]) -> Value {
    let flake: Vec<Letter> = store_path(StorePath::Flake, FLAKE).collect();
    let (head, rest) = match letters.strip_prefix(flake.as_slice()) {
        Some(rest) => (Some(TextPart::Store(RepoPath::root())), rest),
        None => (None, letters),
    };
    let byte = |letter: &Letter| match letter {
        Letter::Known(byte) => Some(*byte),
        Letter::Hash(..) => None,
    };
    let Some(rest) = rest.iter().map(byte).collect::<Option<Vec<u8>>>() else {
        return Value::unknown("a store path is taken apart");
    };
    let Ok(rest) = String::from_utf8(rest) else {
        return cut();
    };
    let mut text = Text::default();
    head.into_iter().for_each(|head| text.push(head));
    text.push(TextPart::Known(rest.into()));
    Value::from(text)
}

fn cut() -> Value {
    Value::unknown("it cuts a character")
}
