//! A small flake with one host, in every combination of styles.

use super::headers::{self, Header};
use super::inputs::{self, Inputs};
use super::template::{Side, Style, Template};

/// Where comments stand, in the inputs and in the list of modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// Nowhere.
    None,
    /// Behind the opening delimiter.
    Opening,
    /// Above an entry.
    Between,
    /// Above each entry, with blank lines between them.
    Paragraphs,
    /// Behind the last entry, on its line.
    Trailing,
    /// Before the closing delimiter, on a line of its own.
    Closing,
}

const COMMENTS: [Comments; 6] = [
    Comments::None,
    Comments::Opening,
    Comments::Between,
    Comments::Paragraphs,
    Comments::Trailing,
    Comments::Closing,
];

impl Comments {
    /// Whether there must be entries for such a comment.
    pub fn need_entries(self) -> bool {
        matches!(
            self,
            Comments::Between | Comments::Paragraphs | Comments::Trailing
        )
    }

    /// Whether there must be a set around the entries for such a comment.
    pub fn need_set(self) -> bool {
        matches!(self, Comments::Opening | Comments::Closing)
    }
}

const UNITS: [(&str, &str); 3] = [("2 spaces", "  "), ("4 spaces", "    "), ("tabs", "\t")];
const ENDS: [(&str, &str, bool); 4] = [
    ("LF", "\n", true),
    ("CRLF", "\r\n", true),
    ("LF, no final newline", "\n", false),
    ("CRLF, no final newline", "\r\n", false),
];

/// One combination: what nixfix is given, and what it must make of it.
pub struct Case {
    /// What messages call it.
    pub name: String,
    /// The files before, by path.
    pub before: Vec<(&'static str, String)>,
    /// The same files after.
    pub after: Vec<(&'static str, String)>,
}

/// How many of the further styles each way of declaring inputs takes with each head.
const SAMPLES: usize = 3;

/// Every way of declaring inputs with every head, in a few of the further styles, taken in turn so that each meets each. The
/// environment variable `NIXFIX_MATRIX` says how many; there are 72.
pub fn cases() -> Vec<Case> {
    let samples = std::env::var("NIXFIX_MATRIX")
        .ok()
        .and_then(|number| number.parse().ok());
    let samples: usize = samples.unwrap_or(SAMPLES);
    let further = further_styles();
    let mut turn = further.iter().cycle();
    let mut cases = Vec::new();
    for inputs in inputs::ALL {
        for header in headers::ALL {
            let round = turn.by_ref().take(further.len());
            let sensible = round.filter_map(|further| case(inputs, header, *further));
            cases.extend(sensible.take(samples));
        }
    }
    cases
}

type Further = (
    Comments,
    (&'static str, &'static str),
    (&'static str, &'static str, bool),
);

/// Comments, indentation and line ends in every combination; neighbours differ in all three.
fn further_styles() -> Vec<Further> {
    let total = COMMENTS.len() * UNITS.len() * ENDS.len();
    let nth = |index: usize| {
        let index = index * 31 % total;
        let (comments, rest) = (
            index / (UNITS.len() * ENDS.len()),
            index % (UNITS.len() * ENDS.len()),
        );
        (
            COMMENTS[comments],
            UNITS[rest / ENDS.len()],
            ENDS[rest % ENDS.len()],
        )
    };
    (0..total).map(nth).collect()
}

fn case(
    inputs: Inputs,
    header: &Header,
    (comments, (unit_name, unit), (end_name, eol, final_newline)): Further,
) -> Option<Case> {
    // Nix would know of no nixpkgs.
    if !inputs.is_declared() && !header.names_inputs() {
        return None;
    }
    let flake = flake(inputs, header, comments)?;
    let style = Style {
        unit,
        eol,
        final_newline,
        tight: header.tight,
    };
    let files = |side| {
        vec![
            ("flake.nix", flake.write(side, style)),
            ("machines/carbon.nix", machine().write(side, style)),
        ]
    };
    Some(Case {
        name: format!(
            "inputs {inputs:?}, outputs {}, comments {comments:?}, {unit_name}, {end_name}",
            header.name
        ),
        before: files(Side::Before),
        after: files(Side::After),
    })
}

fn flake(inputs: Inputs, header: &Header, comments: Comments) -> Option<Template> {
    let declared = inputs.template(comments)?;
    let mut outputs = Template::read(header.lines);
    outputs
        .append(host(header, comments).indented())
        .push(" };");
    let outputs = outputs.indented();
    let mut flake = Template::default();
    flake.push(" {\n   description = \"One machine\";\n ");
    if inputs == Inputs::Below {
        flake.append(outputs).push(" ").append(declared);
    } else {
        flake.append(declared);
        if inputs != Inputs::Absent {
            flake.push(" ");
        }
        flake.append(outputs);
    }
    flake.push(" }");
    Some(flake)
}

fn host(header: &Header, comments: Comments) -> Template {
    let mut modules = Template::default();
    if matches!(comments, Comments::Between | Comments::Paragraphs) {
        modules.push(" # The machine itself");
    }
    let behind = |wanted, text| if comments == wanted { text } else { "" };
    let (opening, trailing) = (
        behind(Comments::Opening, " # in this order"),
        behind(Comments::Trailing, " # the machine"),
    );
    modules.push(&format!(" ./machines/carbon.nix{trailing}"));
    if comments == Comments::Closing {
        modules.push(" # ./machines/old.nix");
    }
    modules.push(&format!(
        "+{{ nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix {{ {} }}) ]; }}",
        header.argument
    ));
    let mut host = Template::default();
    host.push(&format!(
        " nixosConfigurations.carbon = {}.lib.nixosSystem {{\n   system = \"x86_64-linux\";\n   modules = [{opening}",
        header.nixpkgs
    ));
    host.append(modules.indented().indented())
        .push("   ];\n };");
    host
}

fn machine() -> Template {
    Template::read(concat!(
        " { pkgs, ... }:\n {\n   imports = [\n     ./disk.nix\n",
        "+    ./hardware-profiles/cuda.nix\n",
        "   ];\n   services.xserver.videoDrivers = [ \"nvidia\" ];\n }",
    ))
}
