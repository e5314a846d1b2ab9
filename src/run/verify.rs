//! `nixfix verify`, and the same question within `nixfix apply --verify`.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use super::console::Console;
use super::locate::Site;
use super::show::unknown_host;
use super::{WRONG, plan, refuse};
use crate::cli::{DataFormat, Format, Migration, Verify};
use crate::nix::Nix;
use crate::report;
use crate::verify::{Build, Expectation, Failure, HostVerdict, Verification};

/// Runs `nixfix verify`.
pub(super) fn verify(console: &Console, arguments: &Verify) -> Result<ExitCode> {
    let site = Site::find(console, arguments.target.path.as_deref())?;
    let migration = Migration::of_profiles(arguments.profiles.clone());
    let (plan, recipe) = match plan(console, &site, &migration)? {
        Ok(planned) => planned,
        Err(diagnostics) => {
            let format = if arguments.format == DataFormat::Json {
                Format::Json
            } else {
                Format::Human
            };
            return refuse(console, &site, format, diagnostics);
        }
    };
    let nix = Nix::find(&site.flake_directory(), arguments.limit.duration());
    let nix = nix.context(
        "there is no nix on the path, and `verify` asks it; https://nixos.org/download has one",
    )?;
    let mut verification = ask(console, &nix, &Expectation::of_flake(&plan, &recipe))?;
    if arguments.check {
        check(console, &nix, &mut verification)?;
    }
    for host in &arguments.build {
        build(console, &nix, host, &mut verification)?;
    }
    print(console, &site, arguments, &verification)?;
    if verification.succeeded() {
        return Ok(ExitCode::SUCCESS);
    }
    if !plan.changes.is_empty() {
        console
            .say("note: the migration is not complete: `nixfix check` shows what is pending\n")?;
    }
    Ok(ExitCode::from(WRONG))
}

/// Asks about every host, with progress.
pub(super) fn ask(console: &Console, nix: &Nix, expectation: &Expectation) -> Result<Verification> {
    let watch = console.watch("asking nix for the hosts");
    crate::verify::verify(nix, expectation, |done, all, host| {
        watch.set(&format!("[{}/{all}] {host}", done + 1));
    })
}

fn check(console: &Console, nix: &Nix, verification: &mut Verification) -> Result<()> {
    let answer = console.stage("nix flake check", || nix.check());
    verification.checked = true;
    if let Err(message) = answer.context("could not run `nix flake check`")? {
        verification
            .failures
            .push(Failure::because("`nix flake check` fails", message));
    }
    Ok(())
}

fn build(console: &Console, nix: &Nix, name: &str, verification: &mut Verification) -> Result<()> {
    let Some(host) = verification.hosts.iter().find(|host| host.name == name) else {
        let known: Vec<&str> = verification
            .hosts
            .iter()
            .map(|host| host.name.as_str())
            .collect();
        bail!("{}", unknown_host(name, &known));
    };
    let Some(package) = buildable(host) else {
        return Ok(());
    };
    console.say(&report::visible(&format!(
        "building `{package}` of host `{name}`\n"
    )))?;
    let success = nix.build(name, package)?;
    verification.builds.push(Build {
        host: name.to_string(),
        package: package.to_string(),
        success,
    });
    Ok(())
}

/// The package of the host; none where something is wrong with the host, which is told anyway.
fn buildable(host: &HostVerdict) -> Option<&str> {
    host.package.as_deref().filter(|_| host.failures.is_empty())
}

fn print(
    console: &Console,
    site: &Site,
    arguments: &Verify,
    verification: &Verification,
) -> Result<()> {
    if arguments.format == DataFormat::Json {
        return console.print(&report::verification_json(verification, &site.flake));
    }
    console.print(&report::verified_hosts(verification, console.out))?;
    if arguments.flags {
        console.print(&report::verified_flags(verification))?;
    }
    console.complain(&report::verification_failures(verification, console.err))?;
    console.say(&report::verification_summary(verification))
}
