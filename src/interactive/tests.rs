//! Reviews with answers prepared, and the transcripts of them.

use std::collections::VecDeque;

use super::*;
use crate::path::RepoPath;
use crate::plan::{HostStatus, LeftOut};
use crate::recipe::Source;

/// Two hosts with the old overlay each, one of them with a card, and a third whose profile is the user's to say.
const FLEET: &str = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      modules = [
        { nixpkgs.overlays = [ (import ./pkgs/llama-cpp-variants.nix inputs) ]; }
        ./hosts/carbon.nix
      ];
    };
    nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
      modules = [
        { nixpkgs.overlays = [ (import ./pkgs/llama-cpp-variants.nix inputs) ]; }
        ./hosts/boron.nix
      ];
    };
  };
}
#- /hosts/carbon.nix
{ services.xserver.videoDrivers = [ "nvidia" ]; }
#- /hosts/boron.nix
{ services.openssh.enable = true; }
#- /pkgs/llama-cpp-variants.nix
inputs: final: prev: { llama-cpp-cuda = prev.llama-cpp; }
"#;

/// A host that two profiles claim, and one that none does.
const CONTRADICTORY: &str = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem { modules = [ ./hosts/carbon.nix ]; };
    nixosConfigurations.boron = nixpkgs.lib.nixosSystem { modules = [ ./hosts/boron.nix ]; };
  };
}
#- /hosts/carbon.nix
{
  services.xserver.videoDrivers = [ "nvidia" ];
  services.ollama.acceleration = "rocm";
}
#- /hosts/boron.nix
{ services.openssh.enable = true; }
"#;

/// Answers from a list; remembers everything that was said.
struct Prepared {
    answers: VecDeque<&'static str>,
    said: String,
}

impl Dialogue for Prepared {
    fn show(&mut self, text: &str) -> Result<()> {
        assert!(text.is_empty() || text.ends_with('\n'), "{text:?}");
        self.said.push_str(text);
        Ok(())
    }

    fn ask(&mut self, prompt: &str) -> Result<Option<String>> {
        self.said.push_str(prompt);
        let answer = self.answers.pop_front();
        self.said
            .push_str(&answer.map_or(String::new(), |answer| format!("{answer}\n")));
        Ok(answer.map(|answer| format!("{answer}\n")))
    }
}

/// The transcript, and the plan; `None` where the user quit.
fn answered(fixture: &str, answers: &str) -> (String, Option<Plan>) {
    reviewed(fixture, answers, |request| request)
}

fn reviewed(
    fixture: &str,
    answers: &str,
    with: impl Fn(Request) -> Request,
) -> (String, Option<Plan>) {
    let tree = crate::tree::fixture(fixture);
    let flags = crate::recipe::Flags::default();
    let recipe = Recipe::load(vec![Source::built_in()], &flags, &RepoPath::root()).unwrap();
    let request = with(Request {
        flake: RepoPath::new("flake.nix").unwrap(),
        only: Vec::new(),
        skip: Vec::new(),
        keep_going: false,
        shadow: false,
        left_out: LeftOut::default(),
    });
    let texts = |path: &RepoPath| tree.file(path).ok().map(|file| file.text.clone());
    let asked = Review {
        tree: &tree,
        recipe: &recipe,
        request: &request,
        style: Style {
            width: 80,
            ..Style::PLAIN
        },
        texts: &texts,
        during: &|work| work(),
        closing: Some(|count| format!("Write {count} files and commit")),
    };
    let answers: &'static str = String::from(answers).leak();
    let mut dialogue = Prepared {
        answers: answers.split_whitespace().collect(),
        said: String::new(),
    };
    let plan = match review(&asked, &mut dialogue).unwrap() {
        Reviewed::Planned(planned) => Some(planned.0),
        Reviewed::Quit => None,
    };
    (dialogue.said, plan)
}

fn changed(plan: &Plan) -> Vec<&str> {
    plan.changes
        .iter()
        .map(|change| change.path.as_str())
        .collect()
}

fn text<'a>(plan: &'a Plan, path: &str) -> &'a str {
    let mut all = plan.changes.iter();
    let change = all.find(|change| change.path.as_str() == path);
    change.unwrap().after.as_deref().unwrap()
}

/// The questions of a transcript, without the diffs.
fn titles(said: &str) -> Vec<&str> {
    let is_title =
        |line: &&str| line.starts_with('(') && line.contains('/') && !line.ends_with(')');
    said.lines().filter(is_title).collect()
}

#[test]
fn accepting_everything_gives_the_plan_of_an_ordinary_run() {
    let (said, plan) = answered(FLEET, "y y y y y y y y y");
    let steps = [
        "(1/8) Add the input `llama-cpp`",
        "(2/8) Write the overlay `nixos/pkgs/llama-cpp-overlay.nix`",
        "(3/8) Apply `nixos/pkgs/llama-cpp-overlay.nix` to `carbon` in `flake.nix`",
        "(4/8) Apply `nixos/pkgs/llama-cpp-overlay.nix` to `boron` in `flake.nix`",
        "(5/8) Write 4 hardware profiles in `hosts/hardware-profiles`",
        "(6/8) Import the profile `cpu-optimized` for `boron` in `hosts/boron.nix`",
        "(7/8) Import the profile `cuda` for `carbon` in `hosts/carbon.nix`",
        "(8/8) Delete `pkgs/llama-cpp-variants.nix` and every reference to it",
    ];
    assert_eq!(titles(&said), steps);
    let (rest, all) = answered(FLEET, "y a y");
    assert_eq!(titles(&rest), steps[..2]);
    let (plan, all) = (plan.unwrap(), all.unwrap());
    assert_eq!(plan.changes, all.changes);
    assert_eq!(plan.changes.len(), 9);
}

#[test]
fn a_host_that_is_skipped_stays_as_it_is() {
    let fleet = FLEET.replace(
        "{ nixpkgs.overlays = [ (import ./pkgs/llama-cpp-variants.nix inputs) ]; }\n",
        "\n",
    );
    let (said, plan) = answered(&fleet, "y y n y y y y y");
    let plan = plan.unwrap();
    let with_it =
        "  skipped with it: Import the profile `cuda` for `carbon` in\n    `hosts/carbon.nix`\n";
    assert!(said.contains(with_it), "{said}");
    assert!(!changed(&plan).contains(&"hosts/carbon.nix"));
    assert_eq!(
        text(&plan, "flake.nix")
            .matches("llama-cpp-overlay.nix")
            .count(),
        1
    );
    let carbon = plan.hosts.iter().find(|host| host.name == "carbon");
    assert_eq!(carbon.unwrap().status, HostStatus::LeftOut);
    assert!(!plan.refused);
}

#[test]
fn a_skip_that_would_leave_nothing_is_told_and_not_made() {
    // Either the old overlay goes from every host, or none that has it can get the new one.
    for answers in ["y y n a y", "y y y y y y y n y y"] {
        let (said, plan) = answered(FLEET, answers);
        assert!(said.contains("host `boron` stays as it is"), "{said}");
        assert!(said.contains("so it is not skipped\n"), "{said}");
        assert_eq!(plan.unwrap().changes.len(), 9);
    }
}

#[test]
fn without_the_overlay_nothing_that_needs_it_is_left() {
    let (said, plan) = answered(FLEET, "y n n y");
    let plan = plan.unwrap();
    assert_eq!(changed(&plan), ["flake.nix"]);
    assert!(text(&plan, "flake.nix").contains("llama-cpp-variants.nix"));
    assert_eq!(said.matches("skipped with it: ").count(), 5, "{said}");
}

#[test]
fn a_profile_can_be_skipped_and_chosen() {
    let (_, plan) = answered(FLEET, "y y y y y n y y y");
    let plan = plan.unwrap();
    assert!(!changed(&plan).contains(&"hosts/boron.nix"));
    assert!(
        text(&plan, "flake.nix")
            .matches("llama-cpp-overlay.nix")
            .count()
            == 2
    );

    let (said, plan) = answered(FLEET, "y y y y y c vulcan 2 y y y y");
    assert!(said.contains("did you mean `vulkan`?"), "{said}");
    assert!(text(&plan.unwrap(), "hosts/boron.nix").contains("hardware-profiles/vulkan.nix"));
}

#[test]
fn quitting_and_the_end_of_the_input_do_nothing() {
    for answers in ["q", "y y q", "", "y a n", "y a"] {
        assert!(answered(FLEET, answers).1.is_none(), "{answers}");
    }
}

#[test]
fn skipping_everything_leaves_nothing_to_write() {
    let (_, plan) = answered(FLEET, "d");
    assert_eq!(changed(&plan.unwrap()), [""; 0]);
}

#[test]
fn going_back_asks_again_and_forgets_the_answer() {
    let (said, plan) = answered(FLEET, "y n k y a y");
    assert_eq!(plan.unwrap().changes.len(), 9);
    let asked = titles(&said);
    assert_eq!(asked[1], asked[3]);
    let (_, plan) = answered(FLEET, "a k a y");
    assert_eq!(plan.unwrap().changes.len(), 9);
}

#[test]
fn a_contradictory_host_is_asked_about_with_both_sides() {
    let (said, plan) = answered(CONTRADICTORY, "1 a y");
    for side in [
        "cuda: hosts/carbon.nix:2: services.xserver.videoDrivers",
        "rocm: hosts/carbon.nix:3: services.ollama.acceleration",
        "Which profile for `carbon` [1 cuda, 2 vulkan, 3 rocm, 4 cpu-optimized, 5 leave out, q]? 1\n",
    ] {
        assert!(said.contains(side), "{said}");
    }
    let plan = plan.unwrap();
    assert!(text(&plan, "hosts/carbon.nix").contains("hardware-profiles/cuda.nix"));

    let (_, plan) = answered(CONTRADICTORY, "5 a y");
    let plan = plan.unwrap();
    assert!(!changed(&plan).contains(&"hosts/carbon.nix"));
    assert!(changed(&plan).contains(&"hosts/boron.nix"));
    assert!(answered(CONTRADICTORY, "q").1.is_none());
}

#[test]
fn a_host_that_cannot_be_served_is_left_only_if_the_user_agrees() {
    let broken = CONTRADICTORY.replace("[ ./hosts/carbon.nix ]", "[ ./hosts/missing.nix ]");
    assert!(answered(&broken, "q").1.is_none());
    let (said, plan) = answered(&broken, "y a y");
    assert!(said.contains("git does not track"), "{said}");
    assert!(changed(&plan.unwrap()).contains(&"hosts/boron.nix"));
    let keep = |request| Request {
        keep_going: true,
        ..request
    };
    let (_, plan) = reviewed(&broken, "a y", keep);
    assert!(plan.is_some());
}

#[test]
fn evidence_diff_and_help_decide_nothing() {
    let (said, plan) = answered(FLEET, "? e s x y a y");
    assert_eq!(plan.unwrap().changes.len(), 9);
    for shown in [
        "y - make this change\n",
        "carbon: cuda (certain)\n  cuda: services.xserver.videoDrivers at hosts/carbon.nix:1\n",
        "boron: cpu-optimized (default)\n  default, no evidence\n",
    ] {
        assert!(said.contains(shown), "{said}");
    }
    assert_eq!(titles(&said).len(), 2);
}

#[test]
fn the_first_screens_look_like_this() {
    let (said, _) = answered(FLEET, "y n q");
    let expected = "
(1/8) Add the input `llama-cpp`
diff --git a/flake.nix b/flake.nix
--- a/flake.nix
+++ b/flake.nix
@@ -1,5 +1,7 @@
 {
   inputs.nixpkgs.url = \"nixpkgs\";
+  inputs.llama-cpp.url = \"github:ggml-org/llama.cpp\";
+  inputs.llama-cpp.inputs.nixpkgs.follows = \"nixpkgs\";
   outputs = { nixpkgs, ... }@inputs: {
     nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
       modules = [
Make this change [y,n,a,d,c,e,s,k,q,?]? y

(2/8) Write the overlay `nixos/pkgs/llama-cpp-overlay.nix`
";
    assert!(said.starts_with(expected), "{said}");
    let rest = "
Make this change [y,n,a,d,c,e,s,k,q,?]? n
  skipped with it: Apply `nixos/pkgs/llama-cpp-overlay.nix` to `carbon` in
    `flake.nix`
  skipped with it: Apply `nixos/pkgs/llama-cpp-overlay.nix` to `boron` in
    `flake.nix`
  skipped with it: Write 4 hardware profiles in `hosts/hardware-profiles`
  skipped with it: Import the profile `cpu-optimized` for `boron` in
    `hosts/boron.nix`
  skipped with it: Import the profile `cuda` for `carbon` in
    `hosts/carbon.nix`

(2/2) Delete `pkgs/llama-cpp-variants.nix` and every reference to it
";
    assert!(said.contains(rest), "{said}");
}

/// A corpus case in the form of a fixture.
fn case(name: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let before = root.join(name).join("before");
    let (mut fixture, mut open) = (String::new(), vec![before.clone()]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).unwrap();
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else {
            let inside = path.strip_prefix(&before).unwrap().display();
            fixture += &format!("#- /{inside}\n{}", std::fs::read_to_string(&path).unwrap());
        }
    }
    fixture
}

#[test]
fn any_one_step_can_be_skipped_and_the_rest_is_proven_or_the_reason_told() {
    for name in [
        "guide",
        "hosts-by-map-attrs",
        "old-overlay-in-a-shared-module",
    ] {
        let fixture = case(name);
        let (_, all) = answered(&fixture, "a y");
        let steps = all.unwrap().steps;
        assert!(!steps.is_empty(), "{name}");
        for (index, step) in steps.iter().enumerate() {
            let (said, plan) = answered(&fixture, &format!("{}n a y", "y ".repeat(index)));
            let plan = plan.unwrap();
            assert!(!said.contains("could not be proven"), "{name}: {said}");
            assert!(!plan.refused, "{name}, without {}: {said}", step.title);
            let kept = ["so it is not skipped", "cannot be left out"];
            let is_kept = kept.iter().any(|reason| said.contains(reason));
            let stays = plan.steps.iter().any(|one| one.title == step.title);
            assert_eq!(stays, is_kept, "{name}, without {}: {said}", step.title);
        }
    }
}
