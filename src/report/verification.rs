//! `nixfix verify` for people: a table of the hosts, and below it what is wrong, in Nix's own words.

use colored::Color;

use crate::report::Style;
use crate::report::table::{Cell, Column, Keep, table};
use crate::report::visible::{visible, visible_line};
use crate::verify::{Failure, HostVerdict, PackageState, PackageVerdict, Verification};

const COLUMNS: [Column; 6] = [
    Column {
        heading: "HOST",
        keep: Keep::Always,
    },
    Column {
        heading: "SYSTEM",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "PROFILE",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "PACKAGE",
        keep: Keep::Always,
    },
    Column {
        heading: "VARIANTS",
        keep: Keep::IfRoom,
    },
    Column {
        heading: "RESULT",
        keep: Keep::Always,
    },
];

/// What was found, a line for each host.
pub fn verified_hosts(verification: &Verification, style: Style) -> String {
    if verification.hosts.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<Cell>> = verification.hosts.iter().map(row).collect();
    table(&COLUMNS, &rows, style)
}

/// What is wrong, each with Nix's own message below it; empty where nothing is.
pub fn verification_failures(verification: &Verification, style: Style) -> String {
    let mut out = String::new();
    for failure in &verification.failures {
        add_failure(&mut out, &failure.what, failure, style);
    }
    for host in &verification.hosts {
        for failure in &host.failures {
            add_failure(
                &mut out,
                &format!("host `{}`: {}", host.name, failure.what),
                failure,
                style,
            );
        }
    }
    for build in verification.builds.iter().filter(|build| !build.success) {
        let what = format!("host `{}`: `{}` does not build", build.host, build.package);
        add_error(&mut out, &what, style);
    }
    out
}

/// The `cmakeFlags` of each host's package.
pub fn verified_flags(verification: &Verification) -> String {
    let mut out = String::new();
    for (host, package) in verification
        .hosts
        .iter()
        .filter_map(|host| Some((host, used_package(host)?)))
    {
        out.push_str(&format!(
            "\n{}: {}\n",
            visible_line(&host.name),
            visible_line(&package.answer.name)
        ));
        for flag in &package.answer.flags {
            out.push_str(&format!("  {}\n", visible_line(flag)));
        }
        if package.answer.flags.is_empty() {
            out.push_str("  no cmakeFlags\n");
        }
    }
    out
}

/// In a sentence, how it went; empty where no host is known.
pub fn verification_summary(verification: &Verification) -> String {
    let hosts = verification.hosts.len();
    if hosts == 0 {
        return String::new();
    }
    let good = verification
        .hosts
        .iter()
        .filter(|host| host.failures.is_empty())
        .count();
    let noun = if hosts == 1 { "host" } else { "hosts" };
    let mut text = if good == hosts {
        format!("{hosts} {noun} verified")
    } else {
        format!("{good} of {hosts} hosts verified")
    };
    if verification.checked && verification.failures.is_empty() {
        text.push_str("; nix flake check passes");
    }
    for build in verification.builds.iter().filter(|build| build.success) {
        text.push_str(&format!(
            "; built {} of {}",
            visible_line(&build.package),
            visible_line(&build.host)
        ));
    }
    text + "\n"
}

/// The package that a host has installed, or should have.
pub(super) fn used_package(host: &HostVerdict) -> Option<&PackageVerdict> {
    let wanted = host.package.as_ref()?;
    host.packages
        .iter()
        .find(|package| package.answer.name == *wanted)
}

fn row(host: &HostVerdict) -> Vec<Cell> {
    let result = match host.failures.first() {
        None => Cell::colored("ok", Color::Green),
        Some(failure) => Cell::colored(&failure.what, Color::Red),
    };
    vec![
        Cell::new(&host.name),
        Cell::or_dash(host.system.clone()),
        Cell::or_dash(host.profile.clone()),
        Cell::or_dash(host.package.clone()),
        Cell::or_dash(variants(host)),
        result,
    ]
}

/// How many of the recipe's packages evaluate.
fn variants(host: &HostVerdict) -> Option<String> {
    let count = |state: PackageState| {
        host.packages
            .iter()
            .filter(|package| package.state == state)
            .count()
    };
    let (all, good) = (host.packages.len(), count(PackageState::Evaluates));
    match (all, count(PackageState::Unavailable)) {
        (0, _) => None,
        (_, 0) => Some(format!("{good} of {all}")),
        (_, unavailable) => Some(format!("{good} of {all}, {unavailable} not on this system")),
    }
}

fn add_failure(out: &mut String, what: &str, failure: &Failure, style: Style) {
    add_error(out, what, style);
    for line in failure.message.iter().flat_map(|message| message.lines()) {
        out.push_str(format!("  | {}", visible(line)).trim_end());
        out.push('\n');
    }
}

fn add_error(out: &mut String, what: &str, style: Style) {
    let error = style.paint("error", Color::Red);
    out.push_str(&format!("{error}: {}\n", visible_line(what)));
}
