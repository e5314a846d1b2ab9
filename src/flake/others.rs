//! What else the flake builds of modules and package sets, besides its hosts: Home Manager configurations, images,
//! machines of another kind, deployments, shells. An edit of a place that one of these shares with a host reaches it too.
//!
//! The outputs are walked only as far as their values are known; what stays unknown is no other configuration.

use std::rc::Rc;

use super::Flake;
use super::hosts::System;
use super::model::Built;
use super::modules::Modules;
use super::overlays::Overlays;
use crate::eval::value::{Attrs, Call, Kind, Name, Pkgs, Root, Symbol, Thunk, Value};

/// Something that is built of modules or a package set and is no host.
pub struct Other {
    /// Its path in the outputs, such as `homeConfigurations.me`.
    pub name: String,
    /// What it is built of; the builder is the input whose function it is built by.
    pub built: Built,
    /// Whether its modules set the options of something else than NixOS.
    pub is_foreign: bool,
}

/// Outputs that are for others to use, or are the hosts themselves, and what Nix adds to the outputs.
const SKIPPED: [&str; 16] = [
    "nixosConfigurations",
    "nixosModules",
    "nixosModule",
    "homeModules",
    "homeManagerModules",
    "darwinModules",
    "flakeModules",
    "flakeModule",
    "modules",
    "overlays",
    "overlay",
    "lib",
    "templates",
    "inputs",
    "outputs",
    "sourceInfo",
];

/// Functions that take modules which are none of NixOS: of Home Manager, nix-darwin, nix-on-droid and system-manager.
const FOREIGN: [&str; 4] = [
    "homeManagerConfiguration",
    "darwinSystem",
    "nixOnDroidConfiguration",
    "makeSystemConfig",
];

/// How deep an output is looked into: `legacyPackages.x86_64-linux.homeConfigurations.me` is the deepest that is usual.
const DEPTH: usize = 3;
/// How many values are looked at. Far more than a configuration repository has; package collections are cut off.
const LIMIT: usize = 4_000;

/// What the flake builds besides its hosts, in Nix's order.
pub(super) fn read(flake: &Flake) -> Vec<Other> {
    let mut walk = Walk {
        flake,
        calls: Vec::new(),
        sets: Vec::new(),
        left: LIMIT,
        found: Vec::new(),
    };
    if let Kind::Attrs(outputs) = &flake.outputs.kind {
        for (name, attr) in &outputs.map {
            match &**name {
                skipped if SKIPPED.contains(&skipped) => {}
                "colmena" => walk.hive(name, &flake.ev.force(&attr.value)),
                _ => walk.visit(name, &flake.ev.force(&attr.value), DEPTH),
            }
        }
    }
    walk.found
}

/// Looks at the outputs that are no configurations, and at what they consist of: modules, overlays, templates.
pub(super) fn look_at_the_rest(flake: &Flake) {
    if let Kind::Attrs(outputs) = &flake.outputs.kind {
        let rest = outputs.map.iter();
        let rest = rest.filter(|(name, _)| SKIPPED.contains(&&***name));
        for (_, attr) in rest {
            flake.ev.look_at_calls(&flake.ev.force(&attr.value));
        }
    }
}

struct Walk<'f> {
    flake: &'f Flake,
    /// The calls that were met.
    calls: Vec<Rc<Call>>,
    /// The package sets that were met.
    sets: Vec<Rc<Pkgs>>,
    left: usize,
    found: Vec<Other>,
}

impl Walk<'_> {
    fn visit(&mut self, name: &str, value: &Value, depth: usize) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return;
        }
        match &value.kind {
            Kind::Call(call) => self.call(name, call),
            Kind::Symbol(symbol) => self.symbol(name, symbol),
            Kind::Pkgs(pkgs) => self.package_set(name, pkgs),
            Kind::Choice(values) => values
                .iter()
                .for_each(|value| self.visit(name, value, depth)),
            Kind::Attrs(attrs) => self.attributes(name, attrs, depth),
            _ => {}
        }
    }

    fn attributes(&mut self, name: &str, attrs: &Attrs, depth: usize) {
        if let Some(rest) = &attrs.rest {
            self.visit(name, rest, depth);
        }
        if depth == 0 {
            return;
        }
        for (inner, attr) in &attrs.map {
            let value = self.flake.ev.force(&attr.value);
            self.visit(&format!("{name}.{inner}"), &value, depth - 1);
        }
    }

    fn symbol(&mut self, name: &str, symbol: &Symbol) {
        match &symbol.root {
            // `(nixosSystem { ... }).config.system.build.isoImage`
            Root::Call(call) => self.call(name, call),
            Root::Pkgs(pkgs) => self.package_set(name, pkgs),
            _ => {}
        }
    }

    fn call(&mut self, name: &str, call: &Rc<Call>) {
        if !is_new(&mut self.calls, call) {
            return;
        }
        let symbol = match &call.function.kind {
            Kind::Symbol(symbol) => symbol,
            Kind::Call(inner) => return self.call(name, inner),
            _ => return,
        };
        match (&symbol.root, symbol.path.last().map(|last| &**last)) {
            (Root::Input(_), Some("makeHive")) => {
                self.hive(name, &self.flake.ev.force(&call.argument));
            }
            (Root::Input(builder), function) => {
                if let Kind::Attrs(arguments) = &self.flake.ev.force(&call.argument).kind {
                    let is_foreign = function.is_some_and(|name| FOREIGN.contains(&name));
                    self.configuration(name, builder, arguments, is_foreign);
                }
            }
            _ => self.symbol(name, symbol),
        }
    }

    /// What a function of an input builds of `modules`.
    fn configuration(
        &mut self,
        name: &str,
        builder: &Name,
        arguments: &Rc<Attrs>,
        is_foreign: bool,
    ) {
        let is_host = self.flake.hosts.iter().any(|host| {
            host.system
                .as_ref()
                .is_ok_and(|system| Rc::ptr_eq(&system.arguments, arguments))
        });
        if is_host || !arguments.map.contains_key("modules") {
            return;
        }
        let mut arguments = (**arguments).clone();
        // Home Manager's name for it.
        if let Some(special) = arguments.map.get("extraSpecialArgs").cloned() {
            arguments.map.insert("specialArgs".into(), special);
        }
        self.push(name, *builder, arguments, is_foreign);
    }

    /// The nodes of a colmena hive: each is a module, and all have `defaults`.
    fn hive(&mut self, name: &str, hive: &Value) {
        let Kind::Attrs(nodes) = &hive.kind else {
            return;
        };
        let ev = &self.flake.ev;
        let meta = |path: &[&str]| ev.get_path(hive, &[&["meta"], path].concat());
        for (node, attr) in &nodes.map {
            if matches!(&**node, "meta" | "network" | "defaults") || node.starts_with("__") {
                continue;
            }
            let defaults = nodes.map.get("defaults").map(|attr| attr.value.clone());
            let modules = Value::list(defaults.into_iter().chain([attr.value.clone()]));
            let mut arguments = vec![("modules".into(), Thunk::done(modules))];
            let pkgs = meta(&["nodeNixpkgs", node]).or_else(|| meta(&["nixpkgs"]));
            arguments.extend(pkgs.map(|pkgs| ("pkgs".into(), Thunk::done(pkgs))));
            let special = meta(&["specialArgs"]);
            arguments.extend(special.map(|args| ("specialArgs".into(), Thunk::done(args))));
            if let Kind::Attrs(arguments) = Value::attrs(arguments).kind {
                self.push(
                    &format!("{name}.{node}"),
                    "colmena".into(),
                    (*arguments).clone(),
                    false,
                );
            }
        }
    }

    /// A package set that packages or shells are taken from.
    fn package_set(&mut self, name: &str, pkgs: &Rc<Pkgs>) {
        if !is_new(&mut self.sets, pkgs) {
            return;
        }
        let value = Value::of(Kind::Pkgs(pkgs.clone()));
        let arguments = [
            ("modules".into(), Thunk::done(Value::list([]))),
            ("pkgs".into(), Thunk::done(value)),
        ];
        if let Kind::Attrs(arguments) = Value::attrs(arguments).kind {
            self.push(name, pkgs.input, (*arguments).clone(), false);
        }
    }

    fn push(&mut self, name: &str, builder: Name, arguments: Attrs, is_foreign: bool) {
        let Some(modules) = arguments.map.get("modules").cloned() else {
            return;
        };
        let system = System {
            builder,
            origin: modules.binding.as_ref().map(|site| site.origin()),
            arguments: Rc::new(arguments),
            modules,
        };
        let modules = Modules::read(self.flake, &system);
        let overlays = Overlays::read(self.flake, &system, &modules);
        self.found.push(Other {
            name: name.to_string(),
            built: Built {
                system,
                modules: Rc::new(modules),
                overlays,
                machine_file: None,
            },
            is_foreign,
        });
    }
}

/// Whether this very value was not met before; it is from now on.
fn is_new<T>(known: &mut Vec<Rc<T>>, value: &Rc<T>) -> bool {
    let new = !known.iter().any(|one| Rc::ptr_eq(one, value));
    if new {
        known.push(value.clone());
    }
    new
}
