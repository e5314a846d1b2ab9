//! Hosts, and the text that names them.

use super::*;
use crate::path::RepoPath;
use crate::plan::{Evidence, HostStatus};

const PROFILES: [&str; 4] = ["cuda", "vulkan", "rocm", "cpu-optimized"];

fn host(name: &str, profile: &str, confidence: Confidence, evidence: &[(&str, &str)]) -> HostPlan {
    let line = |(says, text): &(&str, &str)| Evidence {
        file: RepoPath::new("machines/a.nix").unwrap(),
        line: 3,
        says: (*says).to_string(),
        text: (*text).to_string(),
    };
    HostPlan {
        name: name.to_string(),
        system: None,
        status: HostStatus::Changes,
        reason: None,
        machine_file: None,
        profile: Some(profile.to_string()),
        confidence: Some(confidence),
        evidence: evidence.iter().map(line).collect(),
        overlay_at: None,
        profile_at: None,
    }
}

fn fleet() -> Vec<HostPlan> {
    let drivers = ("cuda", "services.xserver.videoDrivers");
    vec![
        host("carbon", "cuda", Confidence::Certain, &[drivers]),
        host("boron", "cpu-optimized", Confidence::Default, &[]),
        host(
            "my host",
            "vulkan",
            Confidence::Likely,
            &[("vulkan", "hardware.graphics.enable")],
        ),
        host(
            "nitrogen",
            "cpu-optimized",
            Confidence::Contradictory,
            &[
                ("not cuda", "boot.blacklistedKernelModules: nvidia"),
                drivers,
            ],
        ),
    ]
}

fn written(existing: Option<&str>, hosts: &[HostPlan]) -> String {
    match user_file(existing, hosts, &PROFILES) {
        Outcome::Text(text) => {
            let again = user_file(Some(&text), hosts, &PROFILES);
            assert_eq!(again, Outcome::Complete, "{text}");
            text
        }
        other => panic!("{other:?}"),
    }
}

const LINES: &str = r#"carbon = "cuda"            # certain: services.xserver.videoDrivers at machines/a.nix:3
# boron = "cpu-optimized"  # default: no evidence
"my host" = "vulkan"       # likely: hardware.graphics.enable at machines/a.nix:3
# nitrogen = "cuda"        # contradictory: choose a profile, and remove the `#`
#   not cuda: boot.blacklistedKernelModules: nvidia at machines/a.nix:3
#   cuda: services.xserver.videoDrivers at machines/a.nix:3
"#;

#[test]
fn a_new_file_names_every_host_and_counts_only_what_rests_on_evidence() {
    assert_eq!(written(None, &fleet()), format!("{HEAD}{MACHINES}{LINES}"));
}

#[test]
fn hosts_go_behind_those_that_are_there_and_every_byte_stays() {
    for (before, after) in [
        ("version = 1\n", ""),
        (
            "# mine\nversion = 1\n[machines]  # hosts\n",
            "\n# of the input\n[input]\nname = 'llama' # x\n",
        ),
        (
            "version = 1\n[ machines ]\nx = 'cuda'\n\n# boron_ = \"cuda\"\n",
            "\n# of the input\n[input]\nname = 'llama'",
        ),
        (
            "version = 1\n[\"machines\"]\nx = 'cuda'\n# x2 = 'rocm'\n#   rocm: y\n",
            "# not a host\n[profiles]\n",
        ),
    ] {
        let text = written(Some(&format!("{before}{after}")), &fleet());
        let lines = if after.is_empty() {
            format!("\n{MACHINES}{LINES}")
        } else {
            LINES.to_string()
        };
        assert_eq!(text, format!("{before}{lines}{after}"));
    }
}

#[test]
fn only_hosts_without_a_line_are_added() {
    let existing =
        "version = 1\n[machines]\nboron = 'rocm'\n#my-host='x'\n# \"my host\" = \"cuda\"\n";
    let added: Vec<String> = written(Some(existing), &fleet())
        .strip_prefix(existing)
        .unwrap()
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0.to_string()))
        .collect();
    assert_eq!(added, ["carbon", "# nitrogen"]);
}

#[test]
fn line_ends_and_a_missing_last_one_stay() {
    let carbon = &fleet()[..1];
    assert_eq!(
        written(Some("version = 1\r\n[machines]\r\nx = 'cuda'\r\n"), carbon),
        "version = 1\r\n[machines]\r\nx = 'cuda'\r\ncarbon = \"cuda\"  # certain: services.xserver.videoDrivers at machines/a.nix:3\r\n"
    );
    let text = written(Some("version = 1\n[machines]\nx = 'cuda'"), carbon);
    assert!(
        text.starts_with("version = 1\n[machines]\nx = 'cuda'\ncarbon = \"cuda\"")
            && !text.ends_with('\n')
    );
}

#[test]
fn dotted_keys_get_more_of_their_kind_and_an_inline_table_is_left_alone() {
    let text = written(
        Some("version = 1\nmachines.x = 'cuda'\n\n[input]\n"),
        &fleet()[..2],
    );
    assert_eq!(
        text,
        "version = 1\nmachines.x = 'cuda'\n\
        machines.carbon = \"cuda\"            # certain: services.xserver.videoDrivers at machines/a.nix:3\n\
        # machines.boron = \"cpu-optimized\"  # default: no evidence\n\n[input]\n"
    );
    let inline = user_file(
        Some("version = 1\nmachines = { x = 'cuda' }\n"),
        &fleet(),
        &PROFILES,
    );
    assert_eq!(inline, Outcome::Inline);
}

#[test]
fn odd_names_and_texts_come_back_as_they_are() {
    for name in ["a.b", "", "ü", "a\"b\\c", "a\u{7f}\u{1b}\nb", "'x'", "# x"] {
        let evidence = [("cuda", "a\u{7f}\r\nb = 'c'")];
        let text = written(None, &[host(name, "cuda", Confidence::Certain, &evidence)]);
        let table: toml::Table = toml::from_str(&text).unwrap();
        let machines = table["machines"].as_table().unwrap();
        assert_eq!(machines.len(), 1, "{text}");
        assert_eq!(machines[name].as_str(), Some("cuda"), "{text}");
        let asked = written(
            None,
            &[host(name, "cuda", Confidence::Contradictory, &evidence)],
        );
        assert!(
            toml::from_str::<toml::Table>(&asked).unwrap()["machines"]
                .as_table()
                .unwrap()
                .is_empty()
        );
    }
}

#[test]
fn a_default_names_what_speaks_for_it_or_did_not_suffice() {
    let reason = |says: &str| {
        let host = host("x", "cpu-optimized", Confidence::Default, &[(says, "a.b")]);
        let text = written(None, &[host]);
        let line = text.lines().last().unwrap();
        line.split_once("  # ").unwrap().1.to_string()
    };
    let other = "default, undecided: vulkan: a.b at machines/a.nix:3";
    assert_eq!(reason("vulkan"), other);
    assert_eq!(reason("cpu-optimized"), "default: a.b at machines/a.nix:3");
}

#[test]
fn a_host_of_which_nothing_is_known_gets_no_line() {
    let mut unknown = host("x", "cuda", Confidence::Certain, &[]);
    (unknown.profile, unknown.confidence) = (None, None);
    assert_eq!(
        user_file(None, std::slice::from_ref(&unknown), &PROFILES),
        Outcome::Complete
    );
    assert_eq!(unjudged(&[unknown]).count(), 1);
}
