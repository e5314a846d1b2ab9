//! What the guard must do, as tables.

use super::*;

#[track_caller]
fn refused(text: &str, message: &str) {
    assert_eq!(check(text).unwrap_err().message, message);
}

#[test]
fn what_would_exhaust_the_stack_is_refused() {
    let many = 50_000;
    refused(&"[".repeat(many), "brackets are nested too deeply");
    refused(&"(".repeat(many), "brackets are nested too deeply");
    refused(&"\"${".repeat(many), "brackets are nested too deeply");
    for chain in [
        "- ", "! ", "a.a or ", "a ++ ", "a // ", "a -> ", "a + ", "a ", "x: ",
    ] {
        refused(&chain.repeat(many), "expression is too long");
    }
    refused(
        &"a ++ a ++ a ++ a ++ (".repeat(500),
        "expression is too long",
    );
    refused(
        &format!("[ {}]", "a.a or ".repeat(many)),
        "expression is too long",
    );
}

#[test]
fn what_would_take_quadratic_time_is_refused() {
    refused(&"a.".repeat(5_000), "path or selection is too long");
    refused(&"1+".repeat(5_000), "path or selection is too long");
    refused(&" ".repeat(MAX_BYTES + 1), "file is longer than 1 MiB");
}

#[test]
fn brackets_must_match_even_where_the_parser_is_lenient() {
    refused("(a]", "bracket does not match");
    refused("a)", "bracket does not match");
    refused("[ { ] }", "bracket does not match");
}

#[test]
fn long_but_flat_files_pass() {
    let body = "a.b.c = \"x\" + [ 1 2 (f x) ];\n".repeat(10_000);
    assert_eq!(check(&format!("{{ {body} }}")), Ok(()));
    assert_eq!(
        check(&format!("[ {} ]", "./a.nix b ".repeat(20_000))),
        Ok(())
    );
    assert_eq!(
        check(&format!(
            "\"{}\" # {}",
            "a/".repeat(9_000),
            "[".repeat(9_000)
        )),
        Ok(())
    );
    assert_eq!(
        check(&format!("''{}''", "[ - ''${ $${ ".repeat(9_000))),
        Ok(())
    );
}

#[test]
fn the_limits_hold_on_a_small_stack() {
    let texts = [
        format!("{}a", "- ".repeat(MAX_CHAIN - 1)),
        format!("{}a", "a ++ ".repeat(MAX_CHAIN / 2 - 1)),
        format!("{}a", "a + ".repeat(MAX_CHAIN / 2 - 1)),
        format!("{}a", "a ".repeat(MAX_CHAIN - 1)),
        format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)),
    ];
    for text in texts {
        assert!(super::super::parse(&text).is_ok());
    }
}

#[test]
fn blanks_are_those_that_nix_knows() {
    refused("{\u{a0}}", "white space that Nix does not know");
    refused("# a\r{ }", "carriage return inside a comment");
    assert_eq!(check("{ \t\r\n} # a\r\n/* \r\u{a0} */ \"\u{a0}\""), Ok(()));
}

#[test]
fn what_is_parsed_unseen_is_refused_all_the_same() {
    let nested = format!("{}{}", "[".repeat(MAX_DEPTH + 1), "]".repeat(MAX_DEPTH + 1));
    let chain = format!("{}a", "- ".repeat(MAX_CHAIN + 1));
    for text in [nested, chain, "{\u{a0}}".into(), "# a\r{ }".into()] {
        assert!(is_small(&text));
        assert_eq!(
            super::super::parse(&text).unwrap_err(),
            [check(&text).unwrap_err()]
        );
    }
}

#[test]
fn no_text_with_many_tokens_is_small() {
    for token in [
        "[", "- ", "1a ", "a.", "1+", "é", "\"", "''${", "a-", "1.5 ",
    ] {
        let text = token.repeat(FEW_TOKENS);
        let count = rnix::tokenize(&text).filter(|(kind, _)| *kind != TOKEN_WHITESPACE);
        assert!(!is_small(&text) || count.count() <= FEW_TOKENS, "{token}");
    }
    assert!(!is_small(&"a/".repeat(MAX_PATH_RUN)));
}

proptest::proptest! {
    #[test]
    fn a_tree_is_scanned_as_its_text_is(text in "[\\[\\](){}a-b1 =;:,.\"'$#/\\r\\n\t*+]{0,40}") {
        let parsed = rnix::Root::parse(&text);
        let tree = parsed.syntax();
        proptest::prop_assert_eq!(check_tree(&text, tree.green()), check(&text));
    }
}
