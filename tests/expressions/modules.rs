//! Options, and modules that define them: what the module system makes of an option.

use crate::expression::{Type, Writer};

/// The type of an option.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Bool,
    Int,
    Text,
    Raw,
    Anything,
    Ints,
    SetOfInts,
    SetOfLists,
    Perhaps,
    Either,
    Converted,
    Tree,
    Module,
    SetOfModules,
    ListOfModules,
}

const ALL: [Of; 15] = [
    Of::Ints,
    Of::Int,
    Of::Bool,
    Of::Text,
    Of::Raw,
    Of::Anything,
    Of::SetOfInts,
    Of::SetOfLists,
    Of::Perhaps,
    Of::Either,
    Of::Converted,
    Of::Tree,
    Of::Module,
    Of::SetOfModules,
    Of::ListOfModules,
];

/// What an option of it is declared with.
fn declared(of: Of) -> &'static str {
    match of {
        Of::Bool => "bool",
        Of::Int => "int",
        Of::Text => "str",
        Of::Raw => "raw",
        Of::Anything => "anything",
        Of::Ints => "listOf int",
        Of::SetOfInts => "attrsOf int",
        Of::SetOfLists => "lazyAttrsOf (listOf int)",
        Of::Perhaps => "nullOr (listOf int)",
        Of::Either => "either int (attrsOf int)",
        Of::Converted => "coercedTo int (i: [ i ]) (listOf int)",
        Of::Module | Of::Tree => "inner",
        Of::SetOfModules => "attrsOf inner",
        Of::ListOfModules => "listOf inner",
    }
}

/// The value of an option that some modules define.
pub fn write(writer: &mut Writer) -> String {
    let of = writer.tape.one(&ALL);
    let default = match writer.tape.flag() && of != Of::Tree {
        true => format!("default = {};", plain(writer, of, 2)),
        false => String::new(),
    };
    let inner = writer.tape.one(&[
        "{ options = { i = lib.mkOption { type = int; default = 1; }; l = lib.mkOption { type = listOf int; default = [ 1 ]; }; }; }",
        "{ config, name, ... }: { options.i = lib.mkOption { type = int; default = 1; }; options.l = lib.mkOption { type = listOf int; }; config = lib.mkIf (config.i == 1) { l = [ 2 ]; }; }",
        "{ options.i = lib.mkOption { type = int; default = 2; }; options.l = lib.mkOption { type = listOf int; default = [ ]; }; config.l = lib.mkDefault [ 3 ]; }",
    ]);
    let inner = writer.tape.one(&[
        "submodule (INNER)",
        "submoduleWith { modules = [ (INNER) ]; }",
        "submoduleWith { modules = [ { l = [ 4 ]; } (INNER) ]; shorthandOnlyDefinesConfig = true; }",
        "submodule { imports = [ (INNER) ]; freeformType = lazyAttrsOf (listOf int); }",
    ])
    .replace("INNER", inner);
    let option = match of {
        // Options below it, in place of one.
        Of::Tree => "{ i = lib.mkOption { type = int; default = 1; }; l = lib.mkOption { type = listOf int; default = [ 1 ]; }; }".to_string(),
        _ => format!("lib.mkOption {{ type = {}; {default} }}", declared(of)),
    };
    let mut modules = vec![format!(
        "{{ options.e = lib.mkOption {{ type = bool; default = {}; }}; options.x = {option}; }}",
        known(writer),
    )];
    if of == Of::Module && writer.tape.below(3) == 1 {
        modules.push("{ options.x = lib.mkOption { type = submodule { options.k = lib.mkOption { type = int; default = 5; }; config.l = [ 6 ]; }; }; }".to_string());
    }
    for _ in 0..=writer.tape.below(3) {
        modules.push(module(writer, of, 2));
    }
    if writer.tape.flag() {
        modules.rotate_left(1);
    }
    format!(
        "with lib.types; let inner = {inner}; in (lib.evalModules {{ modules = [ {} ]; }}).config.x",
        modules.join(" ")
    )
}

/// A module in parentheses.
fn module(writer: &mut Writer, of: Of, depth: usize) -> String {
    let content = config(writer, of, depth);
    match writer.tape.below(if depth == 0 { 3 } else { 8 }) {
        6 => format!("({{ config, ... }}: {{ key = \"k\"; config = {content}; }})"),
        7 => {
            let disabled = writer
                .tape
                .one(&["{ key = \"k\"; }", "{ key = \"other\"; }"]);
            format!(
                "({{ config, ... }}: {{ disabledModules = [ {disabled} ]; config = {content}; }})"
            )
        }
        0 => format!("({{ config, ... }}: {{ config = {content}; }})"),
        1 => format!("({{ config, ... }}: {content})"),
        2 => format!("(args@{{ config, ... }}: {{ config = {content}; }})"),
        3 => {
            let imported = module(writer, of, depth - 1);
            format!("({{ config, ... }}: {{ imports = [ {imported} ]; config = {content}; }})")
        }
        4 => {
            let more = module(writer, of, depth - 1);
            format!("{{ imports = [ ({{ config, ... }}: {content}) {more} ]; }}")
        }
        _ => {
            let (one, other) = (module(writer, of, depth - 1), module(writer, of, depth - 1));
            format!(
                "{{ imports = lib.optional {} {one} ++ [ {other} ]; }}",
                known(writer)
            )
        }
    }
}

/// What a module sets.
fn config(writer: &mut Writer, of: Of, depth: usize) -> String {
    match writer.tape.below(if depth == 0 { 3 } else { 7 }) {
        0..=2 => format!("{{ x = {}; }}", definition(writer, of, depth)),
        3 => format!(
            "{{ x = {}; e = {}; }}",
            definition(writer, of, depth),
            known(writer)
        ),
        4 | 5 => format!(
            "(lib.mkIf {} {})",
            condition(writer),
            config(writer, of, depth - 1)
        ),
        _ => format!(
            "(lib.mkMerge [ {} {} ])",
            config(writer, of, depth - 1),
            config(writer, of, depth - 1)
        ),
    }
}

fn known(writer: &mut Writer) -> &'static str {
    writer.tape.one(&["true", "false"])
}

fn condition(writer: &mut Writer) -> &'static str {
    writer.tape.one(&[
        "true",
        "false",
        "config.e",
        "(!config.e)",
        "(builtins.tryEval true).value",
        "(builtins.tryEval false).value",
    ])
}

/// A definition of an option of this type, in parentheses: conditions around a priority around an order.
fn definition(writer: &mut Writer, of: Of, depth: usize) -> String {
    match writer.tape.below(if depth == 0 { 6 } else { 8 }) {
        6 => {
            let inner = definition(writer, of, depth - 1);
            format!("(lib.mkIf {} {inner})", condition(writer))
        }
        7 => {
            let one = definition(writer, of, depth - 1);
            let other = definition(writer, of, depth - 1);
            format!("(lib.mkMerge [ {one} {other} ])")
        }
        // Priorities are for options, not for what holds them.
        _ if of == Of::Tree => plain(writer, of, depth),
        _ => {
            let (mut text, around) = (plain(writer, of, depth), writer.tape.below(24));
            // Of what is not seen nixfix holds that it has no priority and order of its own inside.
            if writer.tape.below(12) == 11 && !text.contains("lib.mk") {
                text = unseen(&text);
            }
            let orders = ["lib.mkBefore", "lib.mkAfter", "lib.mkOrder 900"];
            let priorities = ["lib.mkForce", "lib.mkDefault", "lib.mkOverride 90"];
            if let Some(order) = orders.get(around / 4) {
                text = format!("({order} {text})");
            }
            if let Some(priority) = priorities.get(around % 4) {
                text = format!("({priority} {text})");
            }
            text
        }
    }
}

/// The same for Nix, and nothing that is known for nixfix.
fn unseen(text: &str) -> String {
    format!("(builtins.tryEval {text}).value")
}

/// A value of this type, in parentheses.
fn plain(writer: &mut Writer, of: Of, depth: usize) -> String {
    let list = Type::List(Box::new(Type::Int));
    let shallow = depth.min(1);
    match of {
        Of::Bool => writer.write(&Type::Bool, shallow),
        Of::Int => writer.tape.one(&["1", "2"]).to_string(),
        Of::Text => writer.tape.one(&["\"a\"", "\"b\""]).to_string(),
        Of::Raw => writer.write(&list, shallow),
        Of::Anything => {
            let kind = writer
                .tape
                .one(&[Of::SetOfInts, Of::Int, Of::Ints, Of::SetOfLists]);
            plain(writer, kind, depth)
        }
        Of::Ints => writer.write(&list, shallow),
        Of::Either => match writer.tape.flag() {
            true => set(writer, Of::Int, depth),
            false => plain(writer, Of::Int, depth),
        },
        Of::Converted => match writer.tape.flag() {
            true => writer.write(&list, shallow),
            false => plain(writer, Of::Int, depth),
        },
        Of::Perhaps if writer.tape.below(3) == 1 => "null".to_string(),
        Of::Perhaps => writer.write(&list, shallow),
        Of::SetOfInts => set(writer, Of::Int, depth),
        Of::SetOfLists => set(writer, Of::Ints, depth),
        Of::SetOfModules => set(writer, Of::Module, depth),
        Of::ListOfModules => match writer.tape.below(3) {
            0 => "[ ]".to_string(),
            1 => format!("[ {} ]", plain(writer, Of::Module, depth)),
            _ => format!(
                "[ {} {} ]",
                plain(writer, Of::Module, depth),
                plain(writer, Of::Module, depth)
            ),
        },
        Of::Module | Of::Tree => {
            let inside = depth.saturating_sub(1);
            let mut text = String::new();
            if writer.tape.flag() {
                text += &format!("l = {};", definition(writer, Of::Ints, inside));
            }
            if writer.tape.flag() {
                text += &format!(" i = {};", definition(writer, Of::Int, inside));
            }
            match writer.tape.below(3) {
                1 if of == Of::Module => format!("({{ ... }}: {{ {text} }})"),
                _ => format!("{{ {text} }}"),
            }
        }
    }
}

fn set(writer: &mut Writer, of: Of, depth: usize) -> String {
    let inside = depth.saturating_sub(1);
    match writer.tape.below(4) {
        0 => "{ }".to_string(),
        1 | 2 => format!(
            "{{ {} = {}; }}",
            writer.key(),
            definition(writer, of, inside)
        ),
        _ => format!(
            "{{ a = {}; b = {}; }}",
            definition(writer, of, inside),
            definition(writer, of, inside)
        ),
    }
}
