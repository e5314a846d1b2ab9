//! How a flake may declare its inputs, and what the declaration looks like with one more.

use super::flake::Comments;
use super::template::Template;

/// A way to declare inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// `inputs = { a = { url = ""; }; };`
    Nested,
    /// `inputs = { a.url = ""; };`
    Dotted,
    /// Both in one set.
    Mixed,
    /// `inputs = { a.url = ""; };` on one line.
    OneLine,
    /// `inputs.a.url = "";`
    Flat,
    /// `inputs.a = { url = ""; };`
    FlatNested,
    /// A set, and one input besides it.
    Split,
    /// A dotted set, below `outputs`.
    Below,
    /// `inputs = { };`
    Empty,
    /// Not at all: the inputs are those that `outputs` names.
    Absent,
}

/// Every way.
pub const ALL: [Inputs; 10] = [
    Inputs::Nested,
    Inputs::Dotted,
    Inputs::Mixed,
    Inputs::OneLine,
    Inputs::Flat,
    Inputs::FlatNested,
    Inputs::Split,
    Inputs::Below,
    Inputs::Empty,
    Inputs::Absent,
];

const NIXPKGS: &str = r#"url = "github:nixos/nixpkgs/nixos-unstable";"#;
const UTILS: &str = r#"url = "github:numtide/flake-utils";"#;
const LLAMA: &str = r#"url = "github:ggml-org/llama.cpp";"#;
const FOLLOWS: &str = r#"inputs.nixpkgs.follows = "nixpkgs";"#;

impl Inputs {
    /// Whether inputs other than the new one are declared, rather than taken from the registry.
    pub fn is_declared(self) -> bool {
        !matches!(self, Inputs::Empty | Inputs::Absent)
    }

    /// The declarations, where there is room for such comments.
    pub fn template(self, comments: Comments) -> Option<Template> {
        let mut template = Template::default();
        match self {
            Inputs::OneLine => one_line(&mut template, comments)?,
            Inputs::Absent => absent(&mut template),
            _ => {
                let entries = self.entries();
                if entries.is_empty() && comments.need_entries() {
                    return None;
                }
                let set = self.is_set();
                if !set && comments.need_set() {
                    return None;
                }
                self.open(&mut template, comments);
                let mut body = body(&entries, comments);
                self.add_new(&mut body, comments);
                template.append(if set { body.indented() } else { body });
                self.close(&mut template, comments);
            }
        }
        Some(template.indented())
    }

    fn is_set(self) -> bool {
        !matches!(self, Inputs::Flat | Inputs::FlatNested)
    }

    fn entries(self) -> Vec<String> {
        let dotted = |name: &str, url: &str| format!(" {name}.{url}");
        let nested = |name: &str, url: &str| format!(" {name} = {{\n   {url}\n }};");
        match self {
            Inputs::Nested => vec![nested("nixpkgs", NIXPKGS), nested("flake-utils", UTILS)],
            Inputs::Dotted | Inputs::Below => {
                vec![dotted("nixpkgs", NIXPKGS), dotted("flake-utils", UTILS)]
            }
            Inputs::Mixed => vec![dotted("nixpkgs", NIXPKGS), nested("flake-utils", UTILS)],
            Inputs::Flat => vec![
                dotted("inputs.nixpkgs", NIXPKGS),
                dotted("inputs.flake-utils", UTILS),
            ],
            Inputs::FlatNested => vec![
                nested("inputs.nixpkgs", NIXPKGS),
                nested("inputs.flake-utils", UTILS),
            ],
            Inputs::Split => vec![dotted("nixpkgs", NIXPKGS)],
            Inputs::OneLine | Inputs::Empty | Inputs::Absent => Vec::new(),
        }
    }

    fn open(self, template: &mut Template, comments: Comments) {
        if !self.is_set() {
            return;
        }
        let lines = match (self, comments) {
            // A set that is empty but for a comment stands on lines of its own.
            (Inputs::Empty, Comments::None) => "-inputs = { };\n+inputs = {",
            (_, Comments::Opening) => " inputs = { # where all comes from",
            _ => " inputs = {",
        };
        template.push(lines);
    }

    fn close(self, template: &mut Template, comments: Comments) {
        match (self, comments) {
            (Inputs::Empty, Comments::None) => template.push("+};"),
            (Inputs::Split, _) => template.push(&format!(" }};\n inputs.flake-utils.{UTILS}")),
            _ if self.is_set() => template.push(" };"),
            _ => template,
        };
    }

    fn add_new(self, body: &mut Template, comments: Comments) {
        let prefix = if self.is_set() { "" } else { "inputs." };
        if comments == Comments::Paragraphs && self.entries().len() > 1 {
            body.push("+");
        }
        let dotted = matches!(
            self,
            Inputs::Dotted | Inputs::Below | Inputs::Flat | Inputs::Split
        );
        if dotted {
            body.push(&format!(
                "+{prefix}llama-cpp.{LLAMA}\n+{prefix}llama-cpp.{FOLLOWS}"
            ));
            return;
        }
        body.push(&format!(
            "+{prefix}llama-cpp = {{\n+  {LLAMA}\n+  {FOLLOWS}\n+}};"
        ));
    }
}

/// The entries with their comments.
fn body(entries: &[String], comments: Comments) -> Template {
    let mut body = Template::default();
    for (index, entry) in entries.iter().enumerate() {
        match comments {
            Comments::Between if index == 1 => drop(body.push(" # The helpers")),
            Comments::Paragraphs => {
                if index > 0 {
                    body.push(" ");
                }
                body.push(&format!(" # Input number {index}"));
            }
            _ => {}
        }
        let last = index + 1 == entries.len();
        let trailing = if comments == Comments::Trailing && last {
            " # the last one"
        } else {
            ""
        };
        body.push(&format!("{entry}{trailing}"));
    }
    if comments == Comments::Closing {
        body.push(" # nothing more for now");
    }
    body
}

fn one_line(template: &mut Template, comments: Comments) -> Option<()> {
    let trailing = match comments {
        Comments::None => "",
        Comments::Trailing => " # all of them",
        _ => return None,
    };
    template.push(&format!(
        "-inputs = {{ nixpkgs.{NIXPKGS} flake-utils.{UTILS} }};{trailing}\n+inputs = {{"
    ));
    let entries = format!(
        "+nixpkgs.{NIXPKGS}\n+flake-utils.{UTILS}\n+llama-cpp.{LLAMA}\n+llama-cpp.{FOLLOWS}"
    );
    template.append(Template::read(&entries).indented());
    template.push(&format!("+}};{trailing}"));
    Some(())
}

fn absent(template: &mut Template) {
    template.push(&format!(
        "+inputs = {{\n+  llama-cpp = {{\n+    {LLAMA}\n+    {FOLLOWS}\n+  }};\n+}};\n+"
    ));
}
