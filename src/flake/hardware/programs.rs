//! Programs for language models: what the user already runs them on says more than any driver.

use super::reader::{Item, Reader, package_path};
use super::settings::Setting;
use super::signs::{CUDA, Fact, ROCM, Strength, VULKAN};
use crate::eval::value::{Kind, Value};

/// The switches of nixpkgs' packages, and of llama.cpp's own flake.
const SWITCHES: &[(&str, &str)] = &[
    ("cudaSupport", CUDA),
    ("rocmSupport", ROCM),
    ("vulkanSupport", VULKAN),
    ("useCuda", CUDA),
    ("useRocm", ROCM),
    ("useVulkan", VULKAN),
];

/// The ends of packages' names, such as `ollama-cuda`, and the package sets for one kind of card.
const SUFFIXES: &[(&str, &str)] = &[("-cuda", CUDA), ("-rocm", ROCM), ("-vulkan", VULKAN)];
const SETS: &[(&str, &str)] = &[
    ("pkgsCuda", CUDA),
    ("pkgsForCudaArch", CUDA),
    ("pkgsRocm", ROCM),
];

/// Notes what the host runs language models on.
pub(super) fn read(reader: &mut Reader) {
    if !is_off(reader, "ollama") {
        ollama(reader);
    }
    if !is_off(reader, "llama-cpp") {
        llama_cpp(reader);
    }
    for item in installed(reader) {
        installed_variant(reader, &item);
    }
    containers(reader);
}

/// Devices that containers are given: `--device=nvidia.com/gpu=all`, `--gpus=all`, `--device=/dev/kfd`.
const DEVICES: &[(&str, &str)] = &[
    ("nvidia.com/gpu", CUDA),
    ("--gpus", CUDA),
    ("/dev/kfd", ROCM),
];

fn containers(reader: &mut Reader) {
    const CONTAINERS: [&str; 3] = ["virtualisation", "oci-containers", "containers"];
    for name in reader.names(&CONTAINERS) {
        for option in ["extraOptions", "devices"] {
            for item in reader.items(&[&CONTAINERS[..], &[&*name, option]].concat()) {
                if let Some(profile) = item.text().and_then(|text| device(&text)) {
                    let (fact, text) = (Fact::Computes(profile), format!("container `{name}`"));
                    let origin = item.origin();
                    reader.note(fact, Strength::Likely, &item.setting, origin.as_ref(), text);
                }
            }
        }
    }
}

/// What the device that a container is given is for.
fn device(text: &str) -> Option<&'static str> {
    let device = text.strip_prefix("--device=").unwrap_or(text);
    let row = DEVICES.iter().find(|(start, _)| device.starts_with(start));
    row.map(|(_, profile)| *profile)
}

/// Whether the service is switched off in so many words.
fn is_off(reader: &Reader, service: &str) -> bool {
    let settings = reader.settings(&["services", service, "enable"]);
    let off = |setting: &Setting| setting.certain && setting.value.as_bool() == Some(false);
    settings.iter().any(off)
}

fn ollama(reader: &mut Reader) {
    for setting in reader.settings(&["services", "ollama", "acceleration"]) {
        let named = [("cuda", CUDA), ("rocm", ROCM), ("vulkan", VULKAN)];
        let profile = setting
            .value
            .as_text()
            .and_then(|text| match_of(&text, &named));
        if let Some(profile) = profile {
            let (fact, text) = (Fact::Runs(profile), "services.ollama.acceleration");
            reader.note(fact, Strength::Certain, &setting, None, text.to_string());
        }
    }
    for setting in reader.settings(&["services", "ollama", "package"]) {
        if let Some((_, profile, text)) = variant(reader, &setting.value, &["ollama"]) {
            let text = format!("services.ollama.package: {text}");
            reader.note(Fact::Runs(profile), Strength::Certain, &setting, None, text);
        }
    }
}

fn llama_cpp(reader: &mut Reader) {
    for setting in reader.settings(&["services", "llama-cpp", "package"]) {
        if let Some((_, profile, text)) = variant(reader, &setting.value, &["llama-cpp"]) {
            let text = format!("services.llama-cpp.package: {text}");
            let fact = Fact::Chosen(profile);
            reader.note(fact, Strength::Certain, &setting, None, text);
        }
    }
}

const SYSTEM_PACKAGES: [&str; 2] = ["environment", "systemPackages"];
const USERS: [&str; 2] = ["users", "users"];

/// The packages in `environment.systemPackages` and in those of each user.
pub(super) fn installed(reader: &Reader) -> Vec<Item> {
    let mut items = reader.items(&SYSTEM_PACKAGES);
    for user in reader.names(&USERS) {
        items.extend(reader.items(&["users", "users", &user, "packages"]));
    }
    items
}

/// The same, where a package of one of these names is among those that may be installed.
pub(super) fn installed_of(reader: &Reader, names: &[String]) -> Vec<Item> {
    let is_sought = |item: &Value| {
        let name = package_path(item).and_then(|mut path| path.pop());
        name.is_some_and(|name| names.contains(&name))
    };
    let mut lists = vec![reader.possible_items(&SYSTEM_PACKAGES)];
    for user in reader.possible_names(&USERS) {
        lists.push(reader.possible_items(&["users", "users", &user, "packages"]));
    }
    match lists.iter().flatten().any(is_sought) {
        true => installed(reader),
        false => Vec::new(),
    }
}

fn installed_variant(reader: &mut Reader, item: &Item) {
    if package_path(&item.value).is_some_and(|path| path[0] == "rocmPackages") {
        let (fact, text) = (Fact::Computes(ROCM), "rocmPackages is installed");
        let origin = item.origin();
        reader.note(
            fact,
            Strength::Likely,
            &item.setting,
            origin.as_ref(),
            text.to_string(),
        );
    }
    let Some((program, profile, text)) = variant(reader, &item.value, &["llama-cpp", "ollama"])
    else {
        return;
    };
    let fact = match program {
        "llama-cpp" => Fact::Chosen(profile),
        _ => Fact::Runs(profile),
    };
    let origin = item.origin();
    reader.note(
        fact,
        Strength::Certain,
        &item.setting,
        origin.as_ref(),
        text,
    );
}

/// Which of `programs` the package is, what it is built for, and how that is written.
fn variant<'p>(
    reader: &Reader,
    package: &Value,
    programs: &[&'p str],
) -> Option<(&'p str, &'static str, String)> {
    let path = package_path(package)?;
    let name = path.last()?;
    let program = programs
        .iter()
        .find(|program| name.starts_with(**program))?;
    let is_in = |(set, _): &&(&str, &str)| path.iter().any(|part| part == set);
    if let Some((set, profile)) = SETS.iter().find(is_in)
        && name == program
    {
        return Some((program, profile, format!("{set}.{name}")));
    }
    for (suffix, profile) in SUFFIXES {
        if name.strip_suffix(suffix) == Some(program) {
            return Some((program, profile, name.clone()));
        }
    }
    let (switch, profile) = switched_on(reader, package).filter(|_| name == program)?;
    Some((
        program,
        profile,
        format!("{name}.override {{ {switch} = true; }}"),
    ))
}

/// The one switch that the arguments of `.override` turn on.
fn switched_on(reader: &Reader, package: &Value) -> Option<(&'static str, &'static str)> {
    let Kind::Call(call) = &package.kind else {
        return None;
    };
    if let Kind::Symbol(symbol) = &call.function.kind
        && symbol.path.last().is_some_and(|name| &**name == "override")
    {
        let arguments = reader.ev().force(&call.argument);
        let on = |(switch, _): &&(&str, &str)| {
            let value = reader.ev().get(&arguments, switch);
            value.and_then(|value| value.as_bool()) == Some(true)
        };
        return SWITCHES.iter().find(on).copied();
    }
    // `(llama-cpp.override { ... }).overrideAttrs f`
    let Kind::Symbol(symbol) = &call.function.kind else {
        return None;
    };
    let crate::eval::value::Root::Call(inner) = &symbol.root else {
        return None;
    };
    switched_on(reader, &Value::of(Kind::Call(inner.clone())))
}

fn match_of(text: &str, table: &[(&str, &'static str)]) -> Option<&'static str> {
    let row = table.iter().find(|(name, _)| *name == text);
    row.map(|(_, profile)| *profile)
}
