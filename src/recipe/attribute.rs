//! `InputAttribute`: what a recipe names of a flake input, such as `inputs.sops-nix.nixosModules.sops`.

use std::fmt;

use super::check::is_input_name;
use super::fields::Problems;
use super::source::Setting;

/// An attribute of a flake input. Every name can be written into Nix text as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputAttribute {
    /// The input's name.
    pub input: String,
    /// The attributes selected from it, at least one.
    pub path: Vec<String>,
}

impl InputAttribute {
    /// The attribute of an expression that stands for the input.
    pub fn of(&self, input: &str) -> String {
        format!("{input}.{}", self.path.join("."))
    }
}

impl fmt::Display for InputAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "inputs.{}", self.of(&self.input))
    }
}

/// Reads `inputs.NAME.attribute`.
pub(super) fn read(problems: &mut Problems, text: &Setting<String>) -> Option<InputAttribute> {
    const HELP: &str = "write it as in `inputs.sops-nix.nixosModules.sops`";
    let found = parse(&text.value);
    if found.is_none() {
        let message = format!("`{}` is no attribute of a flake input", text.value);
        problems.push(text.spot.error("recipe-invalid", message).help(HELP));
    }
    found
}

fn parse(text: &str) -> Option<InputAttribute> {
    let mut names = text.strip_prefix("inputs.")?.split('.').map(str::to_string);
    let attribute = InputAttribute {
        input: names.next()?,
        path: names.collect(),
    };
    let valid =
        is_input_name(&attribute.input) && attribute.path.iter().all(|name| is_input_name(name));
    (valid && !attribute.path.is_empty()).then_some(attribute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_written_as_it_was_read() {
        for text in ["inputs.a.b", "inputs.sops-nix.nixosModules.sops"] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "inputs",
            "inputs.a",
            "inputs.a.",
            "inputs..b",
            "a.b",
            "inputs.a.b c",
            "inputs.a.${b}",
            "inputs.a.\"b\"",
            "inputs.self.b",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
