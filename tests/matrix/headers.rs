//! How the `outputs` function may take its argument, and what becomes of its head.

/// The head of `outputs`.
pub struct Header {
    /// What messages call it.
    pub name: &'static str,
    /// Its lines as a diff, from `outputs` to the brace that opens its body.
    pub lines: &'static str,
    /// What the body calls nixpkgs.
    pub nixpkgs: &'static str,
    /// How the new import names the inputs.
    pub argument: &'static str,
    /// Whether the file is written as Alejandra does.
    pub tight: bool,
}

/// Names the inputs by themselves, as an at-name `inputs` allows.
const INHERIT: &str = "inherit inputs;";
const ATTRS: &str = "inputs = attrs;";
const ALONE: &str = "inputs = { inherit llama-cpp; };";

const fn header(name: &'static str, lines: &'static str, argument: &'static str) -> Header {
    Header {
        name,
        lines,
        nixpkgs: "nixpkgs",
        argument,
        tight: false,
    }
}

impl Header {
    const fn reaching(mut self, nixpkgs: &'static str) -> Header {
        self.nixpkgs = nixpkgs;
        self
    }

    const fn tight(mut self) -> Header {
        self.tight = true;
        self
    }

    /// Whether nixpkgs and flake-utils are formals, so that Nix knows of them even if nothing declares them.
    pub fn names_inputs(&self) -> bool {
        self.nixpkgs == "nixpkgs"
    }
}

/// Every head.
pub const ALL: &[Header] = &[
    header(
        "open",
        "-outputs = { self, nixpkgs, flake-utils, ... }: {\n+outputs = { self, nixpkgs, flake-utils, ... }@inputs: {",
        INHERIT,
    ),
    header(
        "open, tight",
        "-outputs = { self, nixpkgs, flake-utils, ... }: {\n+outputs = { self, nixpkgs, flake-utils, ... }@inputs: {",
        INHERIT,
    )
    .tight(),
    header(
        "open, many lines",
        " outputs = {\n   self,\n   nixpkgs,\n   flake-utils,\n   ...\n-}: {\n+}@inputs: {",
        INHERIT,
    ),
    header(
        "open, without self",
        "-outputs = { nixpkgs, ... }: {\n+outputs = { nixpkgs, ... }@inputs: {",
        INHERIT,
    ),
    header(
        "closed",
        "-outputs = { self, nixpkgs, flake-utils }: {\n+outputs = { self, nixpkgs, flake-utils, llama-cpp }: {",
        ALONE,
    ),
    header(
        "closed, tight",
        "-outputs = { self, nixpkgs, flake-utils }: {\n+outputs = { self, nixpkgs, flake-utils, llama-cpp }: {",
        ALONE,
    )
    .tight(),
    header(
        "closed, comma at the end",
        "-outputs = { self, nixpkgs, flake-utils, }: {\n+outputs = { self, nixpkgs, flake-utils, llama-cpp, }: {",
        ALONE,
    ),
    header(
        "closed, many lines",
        " outputs = {\n   self,\n   nixpkgs,\n-  flake-utils\n+  flake-utils,\n+  llama-cpp\n }: {",
        ALONE,
    ),
    header(
        "closed, many lines, comma at the end",
        " outputs = {\n   self,\n   nixpkgs,\n   flake-utils,\n+  llama-cpp,\n }: {",
        ALONE,
    ),
    header(
        "closed, comment behind the last",
        " outputs = {\n   self,\n   nixpkgs,\n-  flake-utils # helpers\n+  flake-utils, # helpers\n+  llama-cpp\n }: {",
        ALONE,
    ),
    header(
        "closed, comment behind the last comma",
        " outputs = {\n   self,\n   nixpkgs,\n   flake-utils, # helpers\n+  llama-cpp,\n }: {",
        ALONE,
    ),
    header(
        "closed, block comment behind the last",
        "-outputs = { self, nixpkgs, flake-utils /* helpers */ }: {\n+outputs = { self, nixpkgs, flake-utils, llama-cpp /* helpers */ }: {",
        ALONE,
    ),
    header(
        "closed, leading commas",
        " outputs =\n   { self\n   , nixpkgs\n   , flake-utils\n+  , llama-cpp\n   }: {",
        ALONE,
    ),
    header(
        "closed, leading commas, comment behind the last",
        " outputs =\n   { self\n   , nixpkgs\n   , flake-utils # helpers\n+  , llama-cpp\n   }: {",
        ALONE,
    ),
    header(
        "closed, at-name after",
        "-outputs = { self, nixpkgs, flake-utils }@inputs: {\n+outputs = { self, nixpkgs, flake-utils, llama-cpp }@inputs: {",
        INHERIT,
    ),
    header(
        "closed, other at-name before",
        "-outputs = attrs@{ self, nixpkgs, flake-utils }: {\n+outputs = attrs@{ self, nixpkgs, flake-utils, llama-cpp }: {",
        ATTRS,
    ),
    header(
        "closed, formals with defaults",
        "-outputs = { self, nixpkgs, flake-utils ? null }: {\n+outputs = { self, nixpkgs, flake-utils ? null, llama-cpp }: {",
        ALONE,
    ),
    header(
        "open, leading commas",
        " outputs =\n   { self\n   , nixpkgs\n   , flake-utils\n   , ...\n-  }: {\n+  }@inputs: {",
        INHERIT,
    ),
    header(
        "at-name after, leading commas",
        " outputs =\n   { self\n   , nixpkgs\n   , flake-utils\n   , ...\n   }@inputs: {",
        INHERIT,
    ),
    header(
        "at-name before",
        " outputs = inputs@{ self, nixpkgs, flake-utils, ... }: {",
        INHERIT,
    ),
    header(
        "at-name before, apart",
        " outputs = inputs @ { self, nixpkgs, flake-utils, ... }: {",
        INHERIT,
    ),
    header(
        "at-name after",
        " outputs = { self, nixpkgs, flake-utils, ... }@inputs: {",
        INHERIT,
    ),
    header(
        "at-name after, apart",
        " outputs = { self, nixpkgs, flake-utils, ... } @ inputs: {",
        INHERIT,
    ),
    header(
        "at-name after, tight",
        " outputs = { self, nixpkgs, flake-utils, ... }@inputs: {",
        INHERIT,
    )
    .tight(),
    header(
        "at-name after, many lines",
        " outputs = {\n   self,\n   nixpkgs,\n   flake-utils,\n   ... # and what else there is\n }@inputs: {",
        INHERIT,
    ),
    header(
        "other at-name after",
        " outputs = { self, nixpkgs, flake-utils, ... }@attrs: {",
        ATTRS,
    ),
    header(
        "other at-name before",
        " outputs = attrs@{ self, nixpkgs, flake-utils, ... }: {",
        ATTRS,
    ),
    header(
        "at-name before, no formals",
        " outputs = inputs@{ ... }: {",
        INHERIT,
    )
    .reaching("inputs.nixpkgs"),
    header(
        "at-name after, no formals",
        " outputs = { ... }@inputs: {",
        INHERIT,
    )
    .reaching("inputs.nixpkgs"),
    header(
        "only self",
        "-outputs = { self, ... }: {\n+outputs = { self, ... }@inputs: {",
        INHERIT,
    )
    .reaching("self.inputs.nixpkgs"),
    header("bare name", " outputs = inputs: {", INHERIT).reaching("inputs.nixpkgs"),
    header("other bare name", " outputs = attrs: {", ATTRS).reaching("attrs.nixpkgs"),
    header(
        "the formal is there, open",
        " outputs = { self, nixpkgs, flake-utils, llama-cpp ? null, ... }: {",
        ALONE,
    ),
    header(
        "the formal is there, closed",
        " outputs = { self, nixpkgs, flake-utils, llama-cpp ? null }: {",
        ALONE,
    ),
    header(
        "the formal is there, at-name",
        " outputs = inputs@{ self, nixpkgs, flake-utils, llama-cpp ? null, ... }: {",
        INHERIT,
    ),
];
