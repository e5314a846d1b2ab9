//! How a place can name an attribute of an input, and what that needs besides: a name for the inputs at `outputs`, or one
//! more argument of a module.

use std::rc::Rc;

use rnix::ast;

use super::cover::{Addition, ScopeChange, ScopeKind};
use crate::eval::env::Env;
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::scope::{InputsEntry, inputs_entry};
use crate::recipe::InputAttribute;
use crate::syntax::{range_of, unwrap_parens};
use crate::tree::File;

/// The host that goes through the place.
pub(super) struct Reach<'a> {
    pub flake: &'a Flake,
    pub built: &'a Built,
}

impl Reach<'_> {
    /// `attribute` as an expression that stands in `env`, anywhere in the flake.
    pub fn anywhere(&self, attribute: &InputAttribute, env: &Env, file: &File) -> Option<Addition> {
        let (entry, scope) = match inputs_entry(self.flake, env, &attribute.input) {
            Some(InputsEntry::OfSelf(name)) => match self.at_name(env, file) {
                Some(scope) => (InputsEntry::Inherit, Some(scope)),
                None => (InputsEntry::OfSelf(name), None),
            },
            Some(entry) => (entry, None),
            None => (InputsEntry::Inherit, Some(self.at_name(env, file)?)),
        };
        Some(Addition {
            text: expression(&entry, attribute),
            scope,
        })
    }

    /// The same in `imports` of a module file, where only what `specialArgs` holds can be named: other arguments of a
    /// module depend on its imports.
    pub fn in_imports(
        &self,
        attribute: &InputAttribute,
        env: &Env,
        file: &Rc<File>,
    ) -> Option<Addition> {
        let entry = inputs_entry(self.flake, env, &attribute.input);
        let offered = |name: &str| self.offers(name, &attribute.input);
        let (entry, scope) = match entry {
            Some(InputsEntry::Inherit) if offered("inputs") => (InputsEntry::Inherit, None),
            Some(InputsEntry::Renamed(name)) if offered(&name) => {
                (InputsEntry::Renamed(name), None)
            }
            Some(_) => return None,
            None => (
                InputsEntry::Inherit,
                Some(self.module_formal(env, file, &attribute.input)?),
            ),
        };
        Some(Addition {
            text: expression(&entry, attribute),
            scope,
        })
    }

    /// Whether `specialArgs` has the inputs under `name`.
    fn offers(&self, name: &str, input: &str) -> bool {
        let special = self.built.system.special_arg(self.flake, name);
        let found = special.and_then(|special| self.flake.ev.get(&special, input));
        found.is_some_and(|value| Flake::is_input(&value, input))
    }

    /// Binds `inputs` at the flake's own `outputs`, where it has no at-name.
    fn at_name(&self, env: &Env, file: &File) -> Option<ScopeChange> {
        let inside = file.path == self.flake.file.path && env.lexical("inputs").is_none();
        let ast::Param::Pattern(pattern) =
            self.flake.outputs_lambda().filter(|_| inside)?.param()?
        else {
            return None;
        };
        pattern.pat_bind().is_none().then(|| ScopeChange {
            file: file.path.clone(),
            pattern: range_of(&pattern),
            kind: ScopeKind::AtName,
        })
    }

    /// Takes `inputs` as an argument of the module, where `specialArgs` has it.
    fn module_formal(&self, env: &Env, file: &File, input: &str) -> Option<ScopeChange> {
        if env.lexical("inputs").is_some() || !self.offers("inputs", input) {
            return None;
        }
        let ast::Expr::Lambda(function) = unwrap_parens(file.root().ok()?.expr()?) else {
            return None;
        };
        let ast::Param::Pattern(pattern) = function.param()? else {
            return None;
        };
        Some(ScopeChange {
            file: file.path.clone(),
            pattern: range_of(&pattern),
            kind: ScopeKind::Formal,
        })
    }
}

/// The attribute of the input that `entry` gives a name to.
fn expression(entry: &InputsEntry, attribute: &InputAttribute) -> String {
    let input = &attribute.input;
    match entry {
        InputsEntry::Inherit => attribute.to_string(),
        InputsEntry::Renamed(name) => format!("{name}.{}", attribute.of(input)),
        InputsEntry::OfSelf(name) => format!("{name}.inputs.{}", attribute.of(input)),
        InputsEntry::Alone(name) => attribute.of(name),
    }
}
