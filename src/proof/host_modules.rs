//! Point 3, for modules of inputs: a host that had none of its modules has it exactly once; nothing else is added.

use super::hosts::Pair;
use crate::flake::modules::Module;
use crate::pass::modules_named;
use crate::recipe::HostModule;

impl Pair<'_> {
    /// The modules that this run had to add to the host: those that it did not have.
    fn lacking(&self) -> Vec<&HostModule> {
        let modules = self.question.recipe.modules.as_ref();
        let ran = !self.is_excluded() && self.question.ran("insert-modules");
        let asked = modules.filter(|_| ran).map(|all| all.of(self.host));
        let is_lacking =
            |one: &&HostModule| modules_named(self.before, self.old, one).next().is_none();
        let asked = asked.unwrap_or_default().into_iter();
        asked.filter(is_lacking).collect()
    }

    /// Whether a module of the edited tree is one that this run had to add.
    pub fn is_added(&self, module: &Module) -> bool {
        self.lacking().iter().any(|one| {
            let name = &one.attribute;
            self.after
                .is_attribute(&module.value, &name.input, &name.path)
        })
    }

    /// Each of them is there once, under every condition.
    pub fn added_modules(&self) -> Result<(), String> {
        for wanted in self.lacking() {
            let found: Vec<&Module> = modules_named(self.after, self.new, wanted).collect();
            match found.as_slice() {
                [only] if only.certain => {}
                [_] => {
                    let name = &wanted.attribute;
                    return Err(format!("it has the module `{name}` under a condition only"));
                }
                _ => {
                    let (name, times) = (&wanted.attribute, found.len());
                    return Err(format!("it has the module `{name}` {times} times"));
                }
            }
        }
        Ok(())
    }
}
