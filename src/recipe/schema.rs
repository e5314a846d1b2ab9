//! Every key of the format, in the order in which the documentation tells of them.
//!
//! Reading a key that is not listed here fails in the tests, and `docs/recipes.md` has to tell of exactly these.

/// The tables that may hold keys of the user's own: files, hosts, profiles and modules.
pub const OPEN_TABLES: [&str; 7] = [
    "input.follows",
    "profiles.files",
    "modules.hosts",
    "modules.same",
    "advanced.profiles",
    "home",
    "machines",
];

/// A table's name, empty for the top of the file, and a key in it.
pub const KEYS: [(&str, &str); 32] = [
    ("", "version"),
    ("", "title"),
    ("", "input"),
    ("", "overlay"),
    ("", "modules"),
    ("", "profiles"),
    ("", "remove"),
    ("", "advanced"),
    ("", "home"),
    ("", "machines"),
    ("input", "name"),
    ("input", "url"),
    ("input", "formerly"),
    ("input", "systems"),
    ("input", "follows"),
    ("overlay", "path"),
    ("overlay", "text"),
    ("overlay", "attribute"),
    ("overlay", "defines"),
    ("modules", "all"),
    ("modules", "hosts"),
    ("modules", "same"),
    ("profiles", "dir"),
    ("profiles", "default"),
    ("profiles", "replaces"),
    ("profiles", "inspect"),
    ("profiles", "files"),
    ("remove", "files"),
    ("advanced", "enable"),
    ("advanced", "path"),
    ("advanced", "text"),
    ("advanced", "profiles"),
];
