//! Texts on which a parser or an evaluator that trusts its input runs out of stack, memory or time.

/// Levels or repetitions: beyond every limit there is.
const MANY: usize = 200_000;

/// The texts, each with a name.
pub fn texts() -> Vec<(&'static str, String)> {
    let runs = |unit: &str| unit.repeat(MANY);
    vec![
        ("nested lists", format!("{}{}", runs("["), runs("]"))),
        ("open lists", runs("[")),
        ("nested sets", format!("{}1{}", runs("{a="), runs(";}"))),
        ("nested parentheses", format!("{}1{}", runs("("), runs(")"))),
        ("negations", format!("{}1", runs("- "))),
        ("nots", format!("{}a", runs("! "))),
        ("applications", runs("a ")),
        ("additions", format!("1{}", runs(" + 1"))),
        ("tight additions", format!("1{}", runs("+1"))),
        ("concatenations", format!("[]{}", runs(" ++ []"))),
        ("updates", format!("{{}}{}", runs(" // {}"))),
        ("implications", format!("a{}", runs(" -> a"))),
        ("selections", format!("a{}", runs(".a"))),
        ("alternatives", format!("a.a{}", runs(" or a.a"))),
        ("lambdas", format!("{}a", runs("a: "))),
        ("lets", format!("{}1", runs("let a = 1; in "))),
        ("conditions", format!("{}1", runs("if a then a else "))),
        ("open strings", runs("\"${")),
        (
            "an endless function",
            "let f = x: f (x + 1); in f 0".to_string(),
        ),
        (
            "an endless list",
            "let f = x: [ x ] ++ f (x + 1); in { imports = f 0; }".to_string(),
        ),
        (
            "a doubling list",
            format!(
                "let d = l: l ++ l; in {{ imports = {}[ ./a.nix ]{}; }}",
                "d (".repeat(40),
                ")".repeat(40)
            ),
        ),
        ("itself", "{ imports = [ ./default.nix ]; }".to_string()),
    ]
}
