//! How a place can name the flake's inputs, and what that needs besides: a name for the inputs at `outputs`, or one
//! more argument of a module.

use super::cover::{ScopeChange, ScopeKind};
use crate::eval::env::Env;
use crate::eval::value::Name;
use crate::expr::{Expr, Exprs, Param};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::scope::{InputsEntry, Sought};
use crate::tree::File;

/// The input that is to be named, and the host that goes through the place.
pub(super) struct Reach<'a> {
    pub sought: Sought<'a>,
    pub built: &'a Built,
}

/// A way to name the inputs, and the change that makes it so.
pub(super) type Named = (InputsEntry, Option<ScopeChange>);

impl Reach<'_> {
    /// How the inputs are named in `env`, and the change that makes it so.
    pub fn anywhere(&self, env: &Env, file: &File) -> Option<Named> {
        match self.sought.entry(env) {
            Some(InputsEntry::OfSelf(name)) => match self.at_name(env, file) {
                Some(scope) => Some((InputsEntry::Inherit, Some(scope))),
                None => Some((InputsEntry::OfSelf(name), None)),
            },
            Some(entry) => Some((entry, None)),
            None => match self.at_name(env, file) {
                Some(scope) => Some((InputsEntry::Inherit, Some(scope))),
                None => self.module_formal(env, file),
            },
        }
    }

    /// The same in `imports` of a module file, where only what `specialArgs` holds can be named: other arguments of a
    /// module depend on its imports.
    pub fn in_imports(&self, env: &Env, file: &File) -> Option<Named> {
        match self.sought.entry(env) {
            Some(InputsEntry::Inherit) if self.offers("inputs") => {
                Some((InputsEntry::Inherit, None))
            }
            Some(InputsEntry::Renamed(name)) if self.offers(&name) => {
                Some((InputsEntry::Renamed(name), None))
            }
            Some(_) => None,
            None => self.module_formal(env, file),
        }
    }

    /// Whether `specialArgs` has the inputs under `name`.
    fn offers(&self, name: &str) -> bool {
        let special = self.built.system.special_arg(self.flake(), name);
        special.is_some_and(|special| self.sought.is_in(&special))
    }

    fn flake(&self) -> &Flake {
        self.sought.flake
    }

    /// Binds `inputs` at the flake's own `outputs`, where it has no at-name.
    fn at_name(&self, env: &Env, file: &File) -> Option<ScopeChange> {
        let inside = file.path == self.flake().file.path && env.lexical("inputs").is_none();
        let pattern = self.flake().outputs_pattern().filter(|_| inside)?;
        // Without `...` the set of inputs cannot grow unnoticed, and names are better taken one by one.
        pattern.at_name.is_none().then(|| ScopeChange {
            file: file.path.clone(),
            place: pattern.span.range(),
            kind: ScopeKind::AtName,
        })
    }

    /// Takes an argument of the module by which the inputs can be named, where `specialArgs` has one.
    fn module_formal(&self, env: &Env, file: &File) -> Option<Named> {
        self.built.modules.of_file(&file.path)?;
        let special = self.built.system.argument(self.flake(), "specialArgs")?;
        let (name, entry) = self.sought.special_entry(&special)?;
        if env.lexical(&*name).is_some() {
            return None;
        }
        let exprs = file.exprs()?;
        let (place, kind) = match &exprs[exprs.unwrap_parens(exprs.root())] {
            Expr::Lambda(function) => match &function.param {
                Param::Pattern(pattern) => (pattern.span.range(), ScopeKind::Formal(name)),
                Param::Name(_) => return None,
            },
            _ if is_set(exprs) && !may_hide(exprs, &name) => {
                (exprs.range(exprs.root()), ScopeKind::Function(name))
            }
            _ => return None,
        };
        let scope = ScopeChange {
            file: file.path.clone(),
            place,
            kind,
        };
        Some((entry, Some(scope)))
    }
}

/// Whether a file is a set as it is written, perhaps behind `let`.
fn is_set(exprs: &Exprs) -> bool {
    let mut id = exprs.root();
    while let Expr::LetIn(_, body) = exprs[id] {
        id = body;
    }
    matches!(exprs[id], Expr::AttrSet(_))
}

/// Whether an argument `name` of the whole file may hide what a `with` in it has by that name.
fn may_hide(exprs: &Exprs, name: &str) -> bool {
    let name = Name::from(name);
    let is_it = |expr: &Expr| matches!(expr, Expr::Ident(variable) if *variable == name);
    exprs.any(is_it) && exprs.any(|expr| matches!(expr, Expr::With(..)))
}
