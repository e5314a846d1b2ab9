//! `nixfix show --tree`: how a flake hangs together.
//!
//! A module that several hosts reach is written out at the first of them.

use std::collections::BTreeMap;

use crate::flake::describe::Part;
use crate::flake::outline::{Branch, HostOutline, Outline, Place, Site};
use crate::path::RepoPath;
use crate::report::Style;
use crate::report::visible::visible_line;

/// The flake as a tree.
pub fn tree(outline: &Outline, style: Style) -> String {
    let mut shown = Shown::default();
    let inputs = outline.inputs.iter().map(|(name, reference)| {
        let reference = reference.as_deref().unwrap_or("-");
        Node::leaf(format!("{name}  {reference}"))
    });
    let mut hosts: Vec<Node> = outline
        .hosts
        .iter()
        .map(|one| host(one, &mut shown))
        .collect();
    let hidden = outline.hidden.as_ref();
    hosts.extend(hidden.map(|why| Node::leaf(format!("others out of sight: {why}"))));
    let root = Node {
        label: outline.flake.to_string(),
        below: vec![
            Node {
                label: "inputs".to_string(),
                below: inputs.collect(),
            },
            Node {
                label: "hosts".to_string(),
                below: hosts,
            },
        ],
    };
    let mut text = style.bold(&visible_line(&root.label)) + "\n";
    draw(&root.below, "", Lines::of(style), &mut text);
    text
}

struct Node {
    label: String,
    below: Vec<Node>,
}

impl Node {
    fn leaf(label: String) -> Node {
        Node {
            label,
            below: Vec::new(),
        }
    }
}

/// The module files that were written out, each as it was.
#[derive(Default)]
struct Shown<'a>(BTreeMap<&'a RepoPath, &'a Branch>);

impl<'a> Shown<'a> {
    /// Whether the very same was written out before; remembers it if not.
    fn before(&mut self, branch: &'a Branch) -> bool {
        let Some(file) = &branch.file else {
            return false;
        };
        let known = self.0.entry(file).or_insert(branch);
        !std::ptr::eq(*known, branch) && hangs_alike(known, branch)
    }
}

/// Whether the same hangs on both, wherever they are imported.
fn hangs_alike(one: &Branch, other: &Branch) -> bool {
    (&one.overlays, &one.imports) == (&other.overlays, &other.imports)
}

fn host<'a>(host: &'a HostOutline, shown: &mut Shown<'a>) -> Node {
    let at = at(&host.place);
    match &host.builder {
        Err(reason) => Node::leaf(format!("{}{at}: cannot be followed: {reason}", host.name)),
        Ok(builder) => {
            let overlays = host.overlays.iter().map(site);
            let modules = host.modules.iter().map(|module| branch(module, shown));
            Node {
                label: format!("{}  built by {builder}{at}", host.name),
                below: overlays.chain(modules.collect::<Vec<_>>()).collect(),
            }
        }
    }
}

fn branch<'a>(module: &'a Branch, shown: &mut Shown<'a>) -> Node {
    let label = part(&module.part);
    let has_more = !(module.overlays.is_empty() && module.imports.is_empty());
    if shown.before(module) && has_more {
        return Node::leaf(format!("{label} (as above)"));
    }
    let overlays = module.overlays.iter().map(site);
    let imports = module.imports.iter().map(|one| branch(one, shown));
    let imports: Vec<Node> = imports.collect();
    Node {
        label,
        below: overlays.chain(imports).collect(),
    }
}

fn site(site: &Site) -> Node {
    Node {
        label: format!("overlays{}", at(&site.place)),
        below: site
            .overlays
            .iter()
            .map(|one| Node::leaf(part(one)))
            .collect(),
    }
}

fn part(part: &Part) -> String {
    let perhaps = if part.certain {
        ""
    } else {
        " (under a condition)"
    };
    format!("{}{}{perhaps}", part.name, at(&part.place))
}

fn at(place: &Option<Place>) -> String {
    let place = place.as_ref();
    place.map_or_else(String::new, |(file, line)| format!("  at {file}:{line}"))
}

/// What the branches are drawn with.
#[derive(Clone, Copy)]
struct Lines {
    branch: &'static str,
    last: &'static str,
    through: &'static str,
}

impl Lines {
    fn of(style: Style) -> Lines {
        if style.unicode {
            Lines {
                branch: "├── ",
                last: "└── ",
                through: "│   ",
            }
        } else {
            Lines {
                branch: "|-- ",
                last: "`-- ",
                through: "|   ",
            }
        }
    }
}

fn draw(nodes: &[Node], indent: &str, lines: Lines, text: &mut String) {
    for (index, node) in nodes.iter().enumerate() {
        let is_last = index + 1 == nodes.len();
        let (mark, further) = match is_last {
            true => (lines.last, "    "),
            false => (lines.branch, lines.through),
        };
        text.push_str(&format!("{indent}{mark}{}\n", visible_line(&node.label)));
        draw(&node.below, &format!("{indent}{further}"), lines, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_of_utf8_gets_lines() {
        let outline = Outline {
            flake: RepoPath::new("flake.nix").unwrap(),
            inputs: vec![
                (
                    "nixpkgs".to_string(),
                    Some("github:nixos/nixpkgs".to_string()),
                ),
                ("\x1b[2J".to_string(), None),
            ],
            hosts: Vec::new(),
            hidden: Some("it is computed".to_string()),
        };
        let style = Style {
            unicode: true,
            ..Style::PLAIN
        };
        let expected = "\
flake.nix
├── inputs
│   ├── nixpkgs  github:nixos/nixpkgs
│   └── \\x1b[2J  -
└── hosts
    └── others out of sight: it is computed
";
        assert_eq!(tree(&outline, style), expected);
    }
}
