//! What a recipe does, in words.

use crate::pass::PASSES;
use crate::recipe::Recipe;
use crate::report::visible::visible_line;

/// The recipe in the file `name`: its title, what it adds and removes, and the passes that it runs.
pub fn recipe(name: &str, recipe: &Recipe) -> String {
    let passes = PASSES.iter().filter(|pass| (pass.wanted)(recipe));
    let passes: Vec<&str> = passes.map(|pass| pass.name).collect();
    let mut lines = vec![format!("{name}: {}", recipe.title)];
    lines.extend(parts(recipe).into_iter().map(|part| format!("- {part}")));
    let passes = if passes.is_empty() {
        "none: the recipe has no part that does anything".to_string()
    } else {
        passes.join(", ")
    };
    lines.push(format!("passes: {passes}"));
    let lines = lines.iter().map(|line| visible_line(line) + "\n");
    lines.collect()
}

fn parts(recipe: &Recipe) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(
        recipe
            .input
            .iter()
            .map(|input| format!("input `{}` from {}", input.name, input.url)),
    );
    parts.extend(recipe.overlays().map(|overlay| {
        let path = &overlay.path;
        format!("overlay `{path}` with {}", quoted(&overlay.defines))
    }));
    let of_input = recipe.input_overlay.iter();
    parts.extend(of_input.map(|overlay| format!("overlay `{}`", overlay.attribute)));
    if let Some(modules) = &recipe.modules {
        let all = modules.all.iter();
        parts.extend(all.map(|module| format!("module `{}` for every host", module.attribute)));
        for host in &modules.hosts {
            let named = host.modules.iter();
            parts
                .extend(named.map(|one| format!("module `{}` for `{}`", one.attribute, host.name)));
        }
    }
    let profiles: Vec<&String> = recipe.choosable_profiles().map(|one| &one.name).collect();
    if !profiles.is_empty() {
        parts.push(format!(
            "one of the profiles {} for each host",
            quoted(&profiles)
        ));
    }
    let removed = recipe.remove.files.iter();
    parts.extend(removed.map(|file| format!("`{file}` and every reference to it go")));
    parts
}

fn quoted(names: &[impl AsRef<str>]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    names.join(", ")
}
