//! `builtins.match`: POSIX extended regular expressions, where they mean the same to another engine.
//!
//! Nix has `std::regex` of C++ match them, byte by byte. Whether a whole string matches does not depend on how an engine goes
//! about it; what a group holds does, where there are several ways to match, so that only simple groups have a known text.

use regex_lite::Regex;

use super::value::{Kind, Thunk, Value};

/// `std::regex` recurses per letter, and Nix fails where its stack ends: longer texts are not matched.
const LONGEST_TEXT: usize = 1 << 12;

/// Longer expressions are not translated.
const LONGEST_PATTERN: usize = 1 << 10;

/// The names of bracket expressions' classes that both engines know.
const CLASSES: &[&str] = &[
    "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "xdigit",
];

/// `builtins.match pattern text`: the groups, or `null` where the text does not match.
pub(super) fn matched(pattern: &str, text: &str) -> Value {
    let is_short = pattern.len() <= LONGEST_PATTERN && text.len() <= LONGEST_TEXT;
    let translated = Translation::of(pattern).filter(|_| is_short && text.is_ascii());
    let compiled = translated
        .and_then(|all| Some((Regex::new(&format!(r"(?s)\A(?:{})\z", all.text)).ok()?, all)));
    let Some((regex, translation)) = compiled else {
        return Value::unknown(format!("the expression `{pattern}` is not followed"));
    };
    let Some(groups) = regex.captures(text) else {
        return Value::of(Kind::Null);
    };
    Value::list(groups.iter().skip(1).map(|group| {
        Thunk::done(match group {
            _ if !translation.has_one_way => {
                Value::unknown("which part a group matches is not known")
            }
            Some(group) => Value::text(group.as_str()),
            None => Value::of(Kind::Null),
        })
    }))
}

/// An expression as the other engine writes it.
struct Translation {
    text: String,
    /// Whether no part is chosen or repeated as a whole, so that greedy matching is the only way.
    has_one_way: bool,
}

impl Translation {
    /// `None` where the expression is wrong, or may mean different things.
    fn of(pattern: &str) -> Option<Translation> {
        let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
        let mut all = Translation {
            text: String::with_capacity(2 * pattern.len()),
            has_one_way: true,
        };
        // What stands before: nothing that could be repeated, a letter or the like, or a group.
        let mut before = Before::Nothing;
        let mut depth = 0usize;
        let mut rest = pattern;
        while let Some(letter) = rest.chars().next() {
            let after = &rest[letter.len_utf8()..];
            rest = after;
            match letter {
                '(' => {
                    depth += 1;
                    all.text.push('(');
                    before = Before::Nothing;
                    continue;
                }
                ')' if before != Before::Nothing => {
                    depth = depth.checked_sub(1)?;
                    all.text.push(')');
                    before = Before::Group;
                    continue;
                }
                '|' if before != Before::Nothing => {
                    all.has_one_way = false;
                    all.text.push('|');
                    before = Before::Nothing;
                    continue;
                }
                '*' | '+' | '?' | '{' => {
                    all.has_one_way &= before != Before::Group;
                    if !matches!(before, Before::Letter | Before::Group) {
                        return None;
                    }
                    let bounds = match letter {
                        '{' => bounds(after)?,
                        _ => "",
                    };
                    all.text.push(letter);
                    all.text.push_str(bounds);
                    rest = &after[bounds.len()..];
                    before = Before::Repeated;
                    continue;
                }
                '$' if after.is_empty() => break,
                '.' => all.text.push('.'),
                '\\' => {
                    let escaped = after
                        .chars()
                        .next()
                        .filter(|next| ".[]{}()*+?|^$\\".contains(*next))?;
                    rest = &after[1..];
                    all.push_letter(escaped);
                }
                '[' => rest = all.push_bracket(after)?,
                '^' | '$' | ')' | ']' | '}' | '|' => return None,
                _ if letter.is_ascii() => all.push_letter(letter),
                _ => return None,
            }
            before = Before::Letter;
        }
        let is_whole = depth == 0 && (before != Before::Nothing || all.text.is_empty());
        is_whole.then_some(all)
    }

    fn push_letter(&mut self, letter: char) {
        if letter.is_ascii_punctuation() && !matches!(letter, '<' | '>') {
            self.text.push('\\');
        }
        self.text.push(letter);
    }

    /// Adds the bracket expression whose `[` was read, and gives what follows it.
    fn push_bracket<'p>(&mut self, inner: &'p str) -> Option<&'p str> {
        self.text.push('[');
        let mut rest = inner;
        if let Some(negated) = rest.strip_prefix('^') {
            self.text.push('^');
            rest = negated;
        }
        let mut is_first = true;
        loop {
            let letter = rest.chars().next().filter(char::is_ascii)?;
            let after = &rest[1..];
            match letter {
                ']' if !is_first => {
                    self.text.push(']');
                    return Some(after);
                }
                '[' if after.starts_with(':') => {
                    let (name, left) = after[1..].split_once(":]")?;
                    CLASSES.contains(&name).then_some(())?;
                    self.text.push_str(&format!("[:{name}:]"));
                    rest = left;
                }
                '[' if after.starts_with(['.', '=']) => return None,
                // A range, whose ends are letters or digits; a `-` at an end of the brackets is itself.
                _ if after.starts_with('-') && !after[1..].starts_with(']') => {
                    let end = after[1..]
                        .chars()
                        .next()
                        .filter(char::is_ascii_alphanumeric)?;
                    let is_range = letter.is_ascii_alphanumeric() && letter <= end;
                    is_range.then_some(())?;
                    self.text.push_str(&format!("{letter}-{end}"));
                    rest = &after[2..];
                }
                _ => {
                    self.push_letter(letter);
                    rest = after;
                }
            }
            is_first = false;
        }
    }
}

/// What stands before a place in an expression.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing that could be repeated.
    Nothing,
    /// A letter, or what stands for one.
    Letter,
    /// A group.
    Group,
    /// Something that is repeated already: once more means different things.
    Repeated,
}

/// How often something is repeated, with the closing brace: `2,4}`.
fn bounds(text: &str) -> Option<&str> {
    let end = text.find('}')?;
    let (least, most) = text[..end].split_once(',').unwrap_or((&text[..end], ""));
    let is_number = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    (!least.is_empty() && is_number(least) && is_number(most)).then_some(&text[..=end])
}
