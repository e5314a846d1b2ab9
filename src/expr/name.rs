//! Names, each kept once: the same name is the same address, so that telling two apart reads neither of them.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use litemap::LiteMap;
use rustc_hash::FxHashSet;

/// A name: an attribute, a variable, an input. Copying is free; a text that was once a name is kept as long as the
/// program runs.
#[derive(Clone, Copy)]
pub struct Name {
    text: &'static &'static str,
    /// Every thread has its own.
    of_thread: PhantomData<Rc<str>>,
}

/// What names mean, in Nix's order of the names: most sets are small, and are made once and read often.
#[derive(Clone)]
pub struct NameMap<V>(LiteMap<Name, V>);

/// Names in a map among which a text is looked for from the first on; among more, by order.
const FEW: usize = 16;
/// The same where a name is looked for, of which no text is read.
const NOT_MANY: usize = 48;

thread_local! {
    static KNOWN: RefCell<FxHashSet<Name>> = RefCell::default();
}

impl Name {
    /// The name of this text, if it is one by now.
    fn known(text: &str) -> Option<Name> {
        KNOWN.with_borrow(|known| known.get(text).copied())
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        if let Some(known) = Name::known(text) {
            return known;
        }
        let kept: &'static str = Box::leak(text.into());
        let name = Name {
            text: Box::leak(Box::new(kept)),
            of_thread: PhantomData,
        };
        KNOWN.with_borrow_mut(|known| known.insert(name));
        name
    }
}

impl From<Rc<str>> for Name {
    fn from(text: Rc<str>) -> Name {
        Name::from(&*text)
    }
}

impl From<Name> for Rc<str> {
    fn from(name: Name) -> Rc<str> {
        Rc::from(&*name)
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        self
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        std::ptr::eq(self.text, other.text)
    }
}

impl Eq for Name {}

impl Ord for Name {
    fn cmp(&self, other: &Name) -> Ordering {
        match self == other {
            true => Ordering::Equal,
            false => (**self).cmp(other),
        }
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// That of the text, by which the set of known names looks for it.
impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<V> NameMap<V> {
    /// No names.
    pub fn new() -> NameMap<V> {
        NameMap(LiteMap::new())
    }

    /// The names of `entries`, which are in order, each once.
    pub fn of_sorted(entries: Vec<(Name, V)>) -> NameMap<V> {
        debug_assert!(entries.is_sorted_by(|(one, _), (next, _)| one < next));
        NameMap(LiteMap::from_sorted_store_unchecked(entries))
    }

    /// The names of `entries`; of entries with the same name the last one holds.
    ///
    /// Not generic in where the entries are from: a sort is five kilobytes of code, and there are seventy such places.
    fn of_entries(mut entries: Vec<(Name, V)>) -> NameMap<V> {
        if !entries.is_sorted_by(|(one, _), (next, _)| one < next) {
            entries.sort_by_key(|(name, _)| *name);
            entries.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    std::mem::swap(next, kept);
                }
                same
            });
        }
        NameMap::of_sorted(entries)
    }

    /// What the name of this text means.
    pub fn get(&self, name: &str) -> Option<&V> {
        if self.0.len() > FEW {
            return self.0.get(name);
        }
        let mut all = self.0.iter();
        all.find(|(known, _)| ***known == *name)
            .map(|(_, value)| value)
    }

    /// What `name` means.
    pub fn at(&self, name: Name) -> Option<&V> {
        if self.0.len() > NOT_MANY {
            return self.0.get(&name);
        }
        let mut all = self.0.iter();
        all.find(|(known, _)| **known == name)
            .map(|(_, value)| value)
    }

    /// Whether `name` means something.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names with what they mean, in order.
    pub fn into_entries(self) -> Vec<(Name, V)> {
        self.0.into_tuple_vec()
    }
}

impl<V> Default for NameMap<V> {
    fn default() -> NameMap<V> {
        NameMap::new()
    }
}

impl<V> Deref for NameMap<V> {
    type Target = LiteMap<Name, V>;

    fn deref(&self) -> &LiteMap<Name, V> {
        &self.0
    }
}

impl<V> DerefMut for NameMap<V> {
    fn deref_mut(&mut self) -> &mut LiteMap<Name, V> {
        &mut self.0
    }
}

/// Of entries with the same name the last one holds.
impl<V> FromIterator<(Name, V)> for NameMap<V> {
    fn from_iter<I: IntoIterator<Item = (Name, V)>>(entries: I) -> NameMap<V> {
        NameMap::of_entries(entries.into_iter().collect())
    }
}

/// Of entries with the same name the last one holds.
impl<V> Extend<(Name, V)> for NameMap<V> {
    fn extend<I: IntoIterator<Item = (Name, V)>>(&mut self, entries: I) {
        let mut all = std::mem::take(self).into_entries();
        all.extend(entries);
        *self = NameMap::of_entries(all);
    }
}

impl<V> IntoIterator for NameMap<V> {
    type Item = (Name, V);
    type IntoIter = std::vec::IntoIter<(Name, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_entries().into_iter()
    }
}

impl<'m, V> IntoIterator for &'m NameMap<V> {
    type Item = (&'m Name, &'m V);
    type IntoIter = <&'m LiteMap<Name, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_the_same_name() {
        let (one, other) = (Name::from("one"), Name::from("other"));
        assert_eq!(one, Name::from(String::from("one").as_str()));
        assert!(one != other && one < other);
        assert_eq!(format!("{one:>5} {one:?}"), "  one \"one\"");
    }

    #[test]
    fn a_map_finds_what_is_in_it_however_large_it_is() {
        for size in [0, 1, FEW, FEW + 1, NOT_MANY, NOT_MANY + 1, 1_000] {
            let names = (0..size).rev();
            let map: NameMap<usize> = names
                .map(|number| (Name::from(&*format!("name {number}")), number))
                .collect();
            assert!(map.keys().is_sorted());
            assert_eq!(map.len(), size);
            for number in 0..size {
                let name = format!("name {number}");
                assert_eq!(map.get(&name), Some(&number));
                assert_eq!(map.at(Name::from(&*name)), Some(&number));
            }
            assert_eq!(map.get("name"), None);
            assert_eq!(map.at(Name::from("another name")), None);
        }
    }

    #[test]
    fn of_entries_with_one_name_the_last_one_holds() {
        let entries = [("b", 1), ("a", 2), ("b", 3)];
        let mut map: NameMap<i32> = entries
            .map(|(name, value)| (name.into(), value))
            .into_iter()
            .collect();
        map.extend([("c".into(), 4), ("a".into(), 5), ("a".into(), 6)]);
        let all = [("a".into(), 6), ("b".into(), 3), ("c".into(), 4)];
        assert_eq!(map.into_entries(), all);
    }
}
