//! The hosts: what flows into `outputs.nixosConfigurations` and is an application of some nixpkgs' `lib.nixosSystem`.

use std::rc::Rc;

use super::Flake;
use crate::eval::value::{Attr, Attrs, Call, Kind, Name, Origin, Root, Site, Value};

/// A NixOS host, or why it cannot be seen.
#[derive(Clone)]
pub struct Host {
    /// Its attribute name.
    pub name: Name,
    /// The `name = ...;` that binds it.
    pub binding: Option<Site>,
    /// How it is built.
    pub system: Result<System, Obstacle>,
}

/// The argument of `nixosSystem`.
#[derive(Clone)]
pub struct System {
    /// The input whose `lib.nixosSystem` builds it.
    pub builder: Name,
    /// The application.
    pub origin: Option<Origin>,
    /// The set it is applied to.
    pub arguments: Rc<Attrs>,
    /// The `modules` attribute.
    pub modules: Attr,
}

/// Something that could not be followed.
#[derive(Debug, Clone)]
pub struct Obstacle {
    /// Where, if it is written anywhere.
    pub origin: Option<Origin>,
    /// What and why, lower case, no full stop.
    pub reason: String,
}

/// The hosts in Nix's order, and what may hide further ones.
pub(super) fn read(flake: &Flake) -> (Vec<Host>, Option<Value>) {
    let Some(table) = flake.ev.get(&flake.outputs, "nixosConfigurations") else {
        let hidden = match &flake.outputs.kind {
            Kind::Attrs(attrs) => attrs.rest.clone(),
            _ => Some(flake.outputs.clone()),
        };
        return (Vec::new(), hidden);
    };
    let Kind::Attrs(attrs) = &table.kind else {
        return (Vec::new(), Some(table));
    };
    let host = |(name, attr): (&Name, &Attr)| {
        let value = flake.ev.force(&attr.value);
        Host {
            name: name.clone(),
            binding: (attr.binding.clone()).filter(|site| flake.is_users(&site.origin)),
            system: system(flake, &value),
        }
    };
    (attrs.map.iter().map(host).collect(), attrs.rest.clone())
}

fn system(flake: &Flake, value: &Value) -> Result<System, Obstacle> {
    let obstacle = |reason: String| Obstacle {
        origin: users_origin(flake, value),
        reason,
    };
    match &value.kind {
        Kind::Call(call) => match builder(flake, call) {
            Some(builder) => applied(flake, call, builder, value),
            None => Err(obstacle(format!(
                "it is {}, which is not followed",
                value.describe()
            ))),
        },
        // `nixosSystem { ... } // { ... }`
        Kind::Attrs(attrs) => match &attrs.rest {
            Some(rest) => system(flake, rest),
            None => Err(obstacle(
                "it is an attribute set, not the result of `nixosSystem`".to_string(),
            )),
        },
        _ => Err(obstacle(value.describe())),
    }
}

/// The nixpkgs whose `lib.nixosSystem` is applied.
fn builder(flake: &Flake, call: &Call) -> Option<Name> {
    let Kind::Symbol(symbol) = &call.function.kind else {
        return None;
    };
    let Root::Input(input) = &symbol.root else {
        return None;
    };
    let is_system = symbol
        .path
        .iter()
        .map(|name| &**name)
        .eq(["lib", "nixosSystem"]);
    (is_system && super::is_nixpkgs(flake, input)).then(|| input.clone())
}

fn applied(flake: &Flake, call: &Call, builder: Name, value: &Value) -> Result<System, Obstacle> {
    let argument = flake.ev.force(&call.argument);
    let origin = users_origin(flake, value);
    let obstacle = |reason: &str| Obstacle {
        origin: origin.clone(),
        reason: reason.to_string(),
    };
    let Kind::Attrs(arguments) = &argument.kind else {
        return Err(obstacle(&format!(
            "the argument of `nixosSystem` is {}",
            argument.describe()
        )));
    };
    if arguments.rest.is_some() {
        return Err(obstacle("some arguments of `nixosSystem` are not known"));
    }
    let Some(modules) = arguments.map.get("modules") else {
        return Err(obstacle("`nixosSystem` is called without `modules`"));
    };
    Ok(System {
        builder,
        origin: origin.clone(),
        arguments: arguments.clone(),
        modules: modules.clone(),
    })
}

/// Where the user wrote the value; a host that a framework makes is written nowhere.
fn users_origin(flake: &Flake, value: &Value) -> Option<Origin> {
    value.origin.clone().filter(|origin| flake.is_users(origin))
}

impl System {
    /// The value of an argument of `nixosSystem`.
    pub fn argument(&self, flake: &Flake, name: &str) -> Option<Value> {
        self.arguments
            .map
            .get(name)
            .map(|attr| flake.ev.force(&attr.value))
    }

    /// The value of a name in `specialArgs`.
    pub fn special_arg(&self, flake: &Flake, name: &str) -> Option<Value> {
        flake.ev.get(&self.argument(flake, "specialArgs")?, name)
    }
}
