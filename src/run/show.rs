//! `nixfix show`.

use std::process::ExitCode;

use anyhow::{Result, bail};

use super::console::{Console, Pages};
use super::locate::Site;
use super::{plan, refuse};
use crate::cli::{Format, Migration, Show, ShowFormat};
use crate::flake::describe::describe;
use crate::flake::model::Model;
use crate::flake::outline::{Outline, outline};
use crate::plan::Plan;
use crate::recipe::suggest::did_you_mean;
use crate::report::{self, Outcome};

/// Prints what nixfix sees.
pub(super) fn show(console: &Console, arguments: &Show) -> Result<ExitCode> {
    let site = Site::find(console, arguments.target.path.as_deref())?;
    if arguments.tree || arguments.format == ShowFormat::Dot {
        return show_outline(console, &site, arguments);
    }
    let migration = Migration::of_profiles(arguments.profiles.clone());
    let mut planned = match plan(console, &site, &migration)? {
        Ok((plan, _)) => plan,
        Err(diagnostics) => return refuse(console, &site, format(arguments), diagnostics),
    };
    if let Some(name) = &arguments.host {
        keep_host(&mut planned, name)?;
    }
    if arguments.format == ShowFormat::Json {
        let outcome = Outcome::of(&planned);
        console.print(&report::json(
            &planned,
            outcome,
            &|path| site.text(path),
            None,
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let data = match &arguments.host {
        Some(name) => {
            let known = describe(&site.tree, &site.flake, name).unwrap_or_default();
            report::show_host(&planned.hosts[0], &known, console.out)
        }
        None => report::show(&planned, console.out),
    };
    let said = report::diagnostics(&planned.diagnostics, console.err, &|path| site.text(path));
    console.read(&Pages {
        before: "",
        data: &data,
        after: console.unless_quiet(&said),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn format(arguments: &Show) -> Format {
    match arguments.format {
        ShowFormat::Json => Format::Json,
        ShowFormat::Human | ShowFormat::Dot => Format::Human,
    }
}

/// Prints how the flake hangs together, as a tree or a graph.
fn show_outline(console: &Console, site: &Site, arguments: &Show) -> Result<ExitCode> {
    let model = match Model::read(&site.tree, &site.flake) {
        Ok(model) => model,
        Err(diagnostics) => return refuse(console, site, format(arguments), diagnostics),
    };
    let only = arguments.host.as_deref();
    let outline = outline(&model, only);
    if let (Some(name), Outline { hosts, .. }) = (only, &outline)
        && hosts.is_empty()
    {
        let names: Vec<&str> = model.flake.hosts.iter().map(|host| &*host.name).collect();
        bail!("{}", unknown_host(name, &names));
    }
    match arguments.format {
        ShowFormat::Dot => console.print(&report::dot(&outline))?,
        ShowFormat::Human | ShowFormat::Json => console.read(&Pages {
            before: "",
            data: &report::tree(&outline, console.out),
            after: "",
        })?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Leaves nothing in the plan but the host and what is said of it.
fn keep_host(plan: &mut Plan, name: &str) -> Result<()> {
    let names: Vec<String> = plan.hosts.iter().map(|host| host.name.clone()).collect();
    plan.hosts.retain(|host| host.name == name);
    plan.diagnostics
        .retain(|said| said.host.as_deref().is_none_or(|host| host == name));
    if plan.hosts.is_empty() {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        bail!("{}", unknown_host(name, &names));
    }
    Ok(())
}

/// That the flake has no such host, and which it has.
pub(super) fn unknown_host(name: &str, hosts: &[&str]) -> String {
    let help = did_you_mean(name, hosts).unwrap_or_else(|| "it has no hosts".to_string());
    format!("the flake has no host `{name}`: {help}")
}
