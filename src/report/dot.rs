//! `nixfix show --format dot`: how a flake hangs together, as a graph for Graphviz.
//!
//! A module file is one node, however many hosts reach it. What is there under a condition only has a dashed edge.

use std::collections::BTreeSet;

use crate::flake::describe::Part;
use crate::flake::outline::{Branch, HostOutline, Outline, Site};
use crate::report::visible::visible_line;

/// The flake as a graph.
pub fn dot(outline: &Outline) -> String {
    let mut graph = Graph::default();
    let flake = format!("flake {}", outline.flake);
    graph.node(&flake, outline.flake.as_str(), "folder");
    for host in &outline.hosts {
        graph.host(&flake, host);
    }
    let mut text =
        "digraph nixfix {\n  rankdir=LR;\n  node [fontname=\"monospace\"];\n".to_string();
    for line in graph.lines {
        text.push_str(&format!("  {line};\n"));
    }
    text + "}\n"
}

#[derive(Default)]
struct Graph {
    /// The statements, each once.
    lines: Vec<String>,
    known: BTreeSet<String>,
}

impl Graph {
    fn add(&mut self, line: String) {
        if self.known.insert(line.clone()) {
            self.lines.push(line);
        }
    }

    fn node(&mut self, id: &str, label: &str, shape: &str) {
        self.add(format!(
            "{} [label={}, shape={shape}]",
            quoted(id),
            quoted(label)
        ));
    }

    fn edge(&mut self, from: &str, to: &str, certain: bool) {
        let style = if certain { "" } else { " [style=dashed]" };
        self.add(format!("{} -> {}{style}", quoted(from), quoted(to)));
    }

    fn host(&mut self, flake: &str, host: &HostOutline) {
        let id = format!("host {}", host.name);
        let shape = if host.builder.is_ok() {
            "box3d"
        } else {
            "octagon"
        };
        self.node(&id, &host.name, shape);
        self.edge(flake, &id, true);
        self.sites(&id, &host.overlays);
        for (index, module) in host.modules.iter().enumerate() {
            self.module(&id, &format!("{id} {index}"), module);
        }
    }

    /// A module below `parent`; `path` is its name where it has no other.
    fn module(&mut self, parent: &str, path: &str, module: &Branch) {
        let id = match (&module.file, &module.part.place) {
            (Some(file), _) => format!("module {file}"),
            // Written once, however many hosts it is in.
            (None, Some((file, line))) => format!("module {} {file}:{line}", module.part.name),
            (None, None) => format!("module {path}"),
        };
        self.node(&id, &label(&module.part, module.file.is_none()), "note");
        self.edge(parent, &id, module.part.certain);
        self.sites(&id, &module.overlays);
        for (index, import) in module.imports.iter().enumerate() {
            self.module(&id, &format!("{path} {index}"), import);
        }
    }

    fn sites(&mut self, parent: &str, sites: &[Site]) {
        for overlay in sites.iter().flat_map(|site| &site.overlays) {
            let at = overlay.place.as_ref();
            let at = at.map_or_else(String::new, |(file, line)| format!(" {file}:{line}"));
            let id = format!("overlay {}{at}", overlay.name);
            self.node(&id, &overlay.name, "component");
            self.edge(parent, &id, overlay.certain);
        }
    }
}

/// The name; of what has no file of its own, with the place below it.
fn label(part: &Part, with_place: bool) -> String {
    match part.place.as_ref().filter(|_| with_place) {
        Some((file, line)) => format!("{}\n{file}:{line}", part.name),
        None => part.name.clone(),
    }
}

/// A string of the language: only quotes and backslashes have a meaning in it, and `\n` breaks a label.
fn quoted(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let line = visible_line(line).replace('\\', "\\\\");
        line.replace('"', "\\\"")
    });
    format!("\"{}\"", lines.collect::<Vec<_>>().join("\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_at_no_quote_of_its_text() {
        for (text, expected) in [
            ("a", r#""a""#),
            (r#"a"b"#, r#""a\"b""#),
            (r"a\", r#""a\\""#),
            (r#"\""#, r#""\\\"""#),
            ("a\nb", r#""a\nb""#),
            ("a\x1bb", r#""a\\x1bb""#),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
