//! The hosts: what flows into `outputs.nixosConfigurations` and is an application of some nixpkgs' `lib.nixosSystem`.

use std::rc::Rc;

use super::Flake;
use crate::eval::value::{Attr, Attrs, Call, Kind, Name, Origin, Root, Site, Thunk, Value};
use crate::eval::{concat, from_unseen};

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

/// More hosts than this are a table made of something else, such as a directory of data.
const LIMIT: usize = 2_000;

/// The hosts in Nix's order, and what may hide further ones.
pub(super) fn read(flake: &Flake) -> (Vec<Host>, Option<Value>) {
    let Some(table) = flake.ev.get(&flake.outputs, "nixosConfigurations") else {
        let hidden = match &flake.outputs.kind {
            Kind::Attrs(attrs) => unseen_modules(flake).or_else(|| attrs.rest.as_deref().cloned()),
            _ => Some(flake.outputs.clone()),
        };
        return (Vec::new(), hidden);
    };
    let Kind::Attrs(attrs) = &table.kind else {
        return (Vec::new(), Some(table));
    };
    if attrs.map.len() > LIMIT {
        let many = Value::unknown(format!("there are more than {LIMIT} hosts"));
        return (Vec::new(), Some(many));
    }
    let host = |(name, attr): (&Name, &Attr)| {
        let value = flake.ev.force(&attr.value);
        Host {
            name: *name,
            binding: (attr.binding.clone()).filter(|site| flake.is_users(&site.origin())),
            system: system(flake, &value),
        }
    };
    let hosts: Vec<Host> = attrs.map.iter().map(host).collect();
    let hidden = attrs
        .rest
        .as_deref()
        .cloned()
        .or_else(|| match hosts.is_empty() {
            true => unseen_modules(flake),
            false => None,
        });
    (hosts, hidden)
}

/// A table of hosts among the packages of a system, as its path in the outputs and where it is bound. Nix looks there first
/// when `nixos-rebuild` asks it for a host.
pub fn among_packages(flake: &Flake) -> Option<(String, Option<Origin>)> {
    ["packages", "legacyPackages"].iter().find_map(|output| {
        let systems = flake.ev.get(&flake.outputs, output)?;
        let mut systems = systems.as_attrs()?.map.iter();
        systems.find_map(|(_, packages)| {
            let packages = flake.ev.force(&packages.value);
            let table = packages.as_attrs()?.map.get("nixosConfigurations")?;
            let place = table.binding.as_ref().map(|site| site.origin());
            Some((format!("{output}.<system>.nixosConfigurations"), place))
        })
    })
}

/// What may make hosts where none is in sight: the modules of the flake that are not followed.
fn unseen_modules(flake: &Flake) -> Option<Value> {
    let unseen = flake.ev.unseen();
    unseen.first()?;
    let origin = unseen.iter().find_map(|module| module.origin.clone());
    Some(Value {
        origin,
        ..Value::unknown(format!("they {}", from_unseen(&unseen)))
    })
}

fn system(flake: &Flake, value: &Value) -> Result<System, Obstacle> {
    let obstacle = |reason: String| Obstacle {
        origin: users_origin(flake, value),
        reason,
    };
    match &value.kind {
        Kind::Call(call) => match (builder(flake, call), extended(call)) {
            (Some(builder), _) => applied(flake, call, builder, value),
            (None, Some(base)) => extend(flake, &base, call, value),
            (None, None) => Err(obstacle(format!(
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
    (is_system && super::is_nixpkgs(flake, *input)).then_some(*input)
}

/// The host whose `extendModules` is applied.
fn extended(call: &Call) -> Option<Value> {
    let Kind::Symbol(symbol) = &call.function.kind else {
        return None;
    };
    let (Root::Call(base), [name]) = (&symbol.root, symbol.path.as_slice()) else {
        return None;
    };
    (&**name == "extendModules").then(|| Value::of(Kind::Call(base.clone())))
}

/// `base.extendModules { modules = ...; specialArgs = ...; }`: more modules behind the old ones, more special arguments
/// over the old ones.
fn extend(flake: &Flake, base: &Value, call: &Call, value: &Value) -> Result<System, Obstacle> {
    let base = system(flake, base)?;
    let more = arguments_of(flake, call, "extendModules", value)?;
    let mut arguments = (*base.arguments).clone();
    let mut modules = base.modules;
    if let Some(added) = more.map.get("modules") {
        let both = (flake.ev.force(&modules.value), flake.ev.force(&added.value));
        modules = Attr {
            value: Thunk::done(concat(&both.0, &both.1)),
            binding: added.binding.clone(),
        };
        arguments.map.insert("modules".into(), modules.clone());
    }
    if let Some(added) = more.map.get("specialArgs") {
        let name = Name::from("specialArgs");
        let merged = match arguments.map.get(&name) {
            Some(old) => {
                (flake.ev).update(&flake.ev.force(&old.value), &flake.ev.force(&added.value))
            }
            None => flake.ev.force(&added.value),
        };
        let value = Thunk::done(merged);
        arguments.map.insert(
            name,
            Attr {
                value,
                ..added.clone()
            },
        );
    }
    Ok(System {
        builder: base.builder,
        origin: users_origin(flake, value),
        arguments: Rc::new(arguments),
        modules,
    })
}

/// The set that `function` is applied to, all of it.
fn arguments_of(
    flake: &Flake,
    call: &Call,
    function: &str,
    value: &Value,
) -> Result<Rc<Attrs>, Obstacle> {
    let argument = flake.ev.force(&call.argument);
    let obstacle = |reason: String| Obstacle {
        origin: users_origin(flake, value),
        reason,
    };
    match argument.kind {
        Kind::Attrs(arguments) if arguments.rest.is_none() => Ok(arguments),
        Kind::Attrs(_) => Err(obstacle(format!(
            "some arguments of `{function}` are not known"
        ))),
        _ => Err(obstacle(format!(
            "the argument of `{function}` is {}",
            argument.describe()
        ))),
    }
}

fn applied(flake: &Flake, call: &Call, builder: Name, value: &Value) -> Result<System, Obstacle> {
    let arguments = arguments_of(flake, call, "nixosSystem", value)?;
    let origin = users_origin(flake, value);
    let Some(modules) = arguments.map.get("modules") else {
        return Err(Obstacle {
            origin,
            reason: "`nixosSystem` is called without `modules`".to_string(),
        });
    };
    Ok(System {
        builder,
        origin,
        modules: modules.clone(),
        arguments,
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
