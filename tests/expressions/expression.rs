//! Expressions of a type, made of choices: every form of the language, around the functions of [`crate::forms`].

use crate::forms;
use crate::modules;
use crate::tape::Tape;

/// The file that an expression stands in.
pub const MAIN: &str = "main.nix";

/// The files beside it.
pub const FILES: &[(&str, &str)] = &[
    ("a.nix", "{ a = 1; b = \"two\"; }\n"),
    ("b/default.nix", "x: [ x ]\n"),
    ("b/c.nix", "[ 1 2 ]\n"),
    ("b/_d.nix", "{ }\n"),
    ("e.txt", "one\ntwo\n"),
    ("f.json", "{ \"a\": [1, null], \"b\": { \"c\": \"d\" } }\n"),
];

/// An expression, as a function of `{ lib }`.
pub struct Expression {
    /// The text of its file.
    pub text: String,
}

/// What an expression is.
#[derive(Clone, PartialEq)]
pub enum Type {
    /// A truth value.
    Bool,
    /// An integer.
    Int,
    /// A string.
    Text,
    /// A path.
    Path,
    /// A string that names a path. Nix has another store here than elsewhere, so that not all may be asked of it.
    Place,
    /// A list of such.
    List(Box<Type>),
    /// A set of such.
    Set(Box<Type>),
}

impl Expression {
    /// The expression that a tape makes.
    pub fn read(tape: &mut Tape) -> Expression {
        Expression::written(tape, |writer| {
            let wanted = writer.any_type(2);
            writer.write(&wanted, 4)
        })
    }

    /// The value of an option that the modules of a tape define.
    pub fn read_modules(tape: &mut Tape) -> Expression {
        Expression::written(tape, modules::write)
    }

    fn written(tape: &mut Tape, write: impl Fn(&mut Writer) -> String) -> Expression {
        let mut writer = Writer {
            tape,
            scope: Vec::new(),
            names: 0,
        };
        let text = write(&mut writer);
        Expression {
            text: format!("{{ lib }}:\n{text}\n"),
        }
    }
}

/// Writes expressions, and knows which names are in scope.
pub struct Writer<'w, 't> {
    /// What decides.
    pub tape: &'w mut Tape<'t>,
    scope: Vec<(String, Type)>,
    names: usize,
}

impl Writer<'_, '_> {
    /// Any type, of lists and sets nested that deep.
    pub fn any_type(&mut self, depth: usize) -> Type {
        match self.tape.below(if depth == 0 { 4 } else { 8 }) {
            0 => Type::Text,
            1 => Type::Bool,
            2 => Type::Int,
            3 => Type::Path,
            4 | 5 => Type::List(Box::new(self.any_type(depth - 1))),
            _ => Type::Set(Box::new(self.any_type(depth - 1))),
        }
    }

    /// An expression of that type, in parentheses where it needs them anywhere.
    pub fn write(&mut self, wanted: &Type, depth: usize) -> String {
        if depth == 0 {
            return self.simple(wanted);
        }
        let text = match self.tape.below(24) {
            0 => return self.simple(wanted),
            1 => {
                let condition = self.write(&Type::Bool, depth - 1);
                let (yes, no) = (self.write(wanted, depth - 1), self.write(wanted, depth - 1));
                format!("if {condition} then {yes} else {no}")
            }
            2 => {
                let of = self.any_type(1);
                let (name, value) = (self.name(), self.write(&of, depth - 1));
                let body = self.within(&[(&name, &of)], wanted, depth - 1);
                format!("let {name} = {value}; in {body}")
            }
            3 => {
                let of = self.any_type(1);
                let value = self.write(&of, depth - 1);
                let function = self.function(&[&of], wanted, depth - 1);
                format!("{function} {value}")
            }
            4 => {
                let of = self.any_type(1);
                let (name, all, value) = (self.name(), self.name(), self.write(&of, depth - 1));
                let set = Type::Set(Box::new(of.clone()));
                let body = self.within(&[(&name, &of), (&all, &set)], wanted, depth - 1);
                let given = self.tape.one(&[
                    "{ }",
                    "{ NAME = VALUE; }",
                    "{ NAME = VALUE; other = VALUE; }",
                ]);
                let given = given.replace("NAME", &name).replace("VALUE", &value);
                let default = self.write(&of, depth - 1);
                format!("({{ {name} ? {default}, ... }}@{all}: {body}) {given}")
            }
            5 => {
                let of = self.any_type(1);
                let (name, value) = (self.name(), self.write(&of, depth - 1));
                // What `with` brings into scope yields to what is bound there.
                let body = self.within(&[(&name, &of)], wanted, depth - 1);
                format!("with {{ {name} = {value}; }}; {body}")
            }
            6 => {
                let of = self.any_type(1);
                let (name, value) = (self.name(), self.write(&of, depth - 1));
                let body = self.within(&[(&name, &of)], wanted, depth - 1);
                let out = self.name();
                format!("(rec {{ {out} = {body}; {name} = {value}; }}).{out}")
            }
            7 => {
                let value = self.write(wanted, depth - 1);
                format!(
                    "assert {} || true; {value}",
                    self.write(&Type::Bool, depth - 1)
                )
            }
            8 => {
                let set = self.write(&Type::Set(Box::new(wanted.clone())), depth - 1);
                let (name, default) = (self.key(), self.write(wanted, depth - 1));
                format!("{set}.{name} or {default}")
            }
            9 => {
                let list = self.write(&Type::List(Box::new(wanted.clone())), depth - 1);
                let item = self.write(wanted, depth - 1);
                let take =
                    self.tape
                        .one(&["builtins.head", "lib.last", "lib.findFirst (_: true) null"]);
                match take {
                    "lib.last" => format!("lib.last ({list} ++ [ {item} ])"),
                    take => format!("{take} ([ {item} ] ++ {list})"),
                }
            }
            10 => {
                let value = self.write(wanted, depth - 1);
                let (name, key) = (self.name(), self.key());
                format!("let {name}.{key} = {value}; in {name}.{key}")
            }
            11 => {
                let (name, value) = (self.name(), self.write(wanted, depth - 1));
                format!("let inherit ({{ {name} = {value}; }}) {name}; in {name}")
            }
            12 => {
                // Nix knows what it is, and the evaluator does not.
                let value = self.write(wanted, depth - 1);
                format!("(builtins.tryEval {value}).value")
            }
            _ => forms::write(self, wanted, depth),
        };
        format!("({text})")
    }

    /// A variable, or a literal.
    fn simple(&mut self, wanted: &Type) -> String {
        let all = self.scope.iter().filter(|(_, of)| of == wanted);
        let fitting: Vec<&str> = all.map(|(name, _)| name.as_str()).collect();
        if !fitting.is_empty() && self.tape.below(4) > 0 {
            return self.tape.one(&fitting).to_string();
        }
        match wanted {
            Type::Bool => self.tape.one(&["true", "false"]).to_string(),
            Type::Int => self.tape.one(&["0", "1", "2", "7", "(-1)"]).to_string(),
            Type::Text => self.text().to_string(),
            Type::Path => self
                .tape
                .one(&[
                    "./a.nix",
                    "./b",
                    "./b/c.nix",
                    "./.",
                    "./none",
                    "./b/../e.txt",
                ])
                .to_string(),
            Type::Place => format!("(toString {})", self.simple(&Type::Path)),
            Type::List(_) if self.tape.flag() => "[ ]".to_string(),
            Type::List(of) => format!("[ {} ]", self.simple(of)),
            Type::Set(_) if self.tape.flag() => "{ }".to_string(),
            Type::Set(of) => format!("{{ {} = {}; }}", self.key(), self.simple(of)),
        }
    }

    fn text(&mut self) -> &'static str {
        self.tape.one(&[
            r#""a""#,
            r#""""#,
            r#""b.nix""#,
            r#""a/b""#,
            r#""A-b_c""#,
            r#""/_d""#,
            r#""x y""#,
            r#""ä""#,
            r#""$a${"b"}""#,
            "''\n  a\n    b''",
            r#""one\ntwo""#,
            r#""/""#,
            r#"".""#,
            r#""it's""#,
        ])
    }

    /// The name of an attribute.
    pub fn key(&mut self) -> &'static str {
        self.tape.one(&["a", "b", "c", "\"a.b\""])
    }

    /// A name that is not in scope yet, or hides another.
    fn name(&mut self) -> String {
        if self.tape.below(4) == 1 {
            return self.tape.one(&["x0", "x1"]).to_string();
        }
        self.names += 1;
        format!("x{}", self.names - 1)
    }

    /// An expression that sees these names.
    fn within(&mut self, names: &[(&str, &Type)], wanted: &Type, depth: usize) -> String {
        let before = self.scope.clone();
        for (name, of) in names {
            self.scope.retain(|(known, _)| known != name);
            self.scope.push((name.to_string(), (*of).clone()));
        }
        let text = self.write(wanted, depth);
        self.scope = before;
        text
    }

    /// A function of arguments of these types, in parentheses.
    pub fn function(&mut self, of: &[&Type], wanted: &Type, depth: usize) -> String {
        let names: Vec<String> = of.iter().map(|_| self.name()).collect();
        let named: Vec<(&str, &Type)> = names
            .iter()
            .map(String::as_str)
            .zip(of.iter().copied())
            .collect();
        let body = self.within(&named, wanted, depth);
        format!("({}: {body})", names.join(": "))
    }
}
