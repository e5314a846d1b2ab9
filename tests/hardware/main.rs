//! The labelled set of `set/`: small flakes, each host with its true profile and the least that must be known of it; and
//! what becomes of the verdicts.

#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod case;
mod choices;

use case::{Case, Label, cases};
use nixfix::plan::{Confidence, HostPlan};
use nixfix::recipe::Flags;
use nixfix::stack::run_deep;

/// What is wrong with the verdict on a host.
fn flaw(label: &Label, found: &HostPlan) -> Option<String> {
    let (profile, confidence) = (found.profile.as_deref()?, found.confidence?);
    let right = profile == label.profile;
    let fine = match (label.least.as_str(), confidence) {
        ("contradictory", confidence) => confidence == Confidence::Contradictory,
        ("default", Confidence::Default) | ("likely", Confidence::Likely) => {
            right || label.least == "default"
        }
        ("certain" | "likely" | "default", Confidence::Certain) => right,
        ("default", Confidence::Likely) => right,
        _ => false,
    };
    let Label {
        host,
        profile: truth,
        least,
    } = label;
    (!fine).then(|| {
        format!(
            "{host}: is {truth} ({least}), found {profile} {confidence:?} on {:#?}",
            found.evidence
        )
    })
}

fn set() -> Vec<Case> {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hardware/set");
    let entries = std::fs::read_dir(directory).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    texts.flat_map(|text| cases(&text)).collect()
}

/// How often what was found.
#[derive(Default)]
struct Figures {
    claims: usize,
    right: usize,
    defaults: usize,
    asked: usize,
}

impl Figures {
    fn count(&mut self, label: &Label, found: &HostPlan) {
        match found.confidence {
            Some(Confidence::Certain | Confidence::Likely) => {
                self.claims += 1;
                self.right += usize::from(found.profile.as_ref() == Some(&label.profile));
            }
            Some(Confidence::Contradictory) => self.asked += 1,
            _ => self.defaults += 1,
        }
    }
}

#[test]
fn every_host_of_the_labelled_set_is_judged_rightly() {
    run_deep(|| {
        let mut figures = Figures::default();
        let mut flaws = Vec::new();
        for case in set() {
            let plan = case.plan(&Flags::default());
            for label in &case.labels {
                let host = plan.hosts.iter().find(|host| host.name == label.host);
                let host = host.unwrap_or_else(|| panic!("{}: {}", case.sentence, label.host));
                assert!(host.confidence.is_some(), "{}: {host:?}", case.sentence);
                figures.count(label, host);
                flaws.extend(flaw(label, host).map(|flaw| format!("{}: {flaw}", case.sentence)));
            }
        }
        let Figures {
            claims,
            right,
            defaults,
            asked,
        } = figures;
        let all = claims + defaults + asked;
        let share = |part: usize| part * 100 / all;
        println!("{all} hosts: {right} of {claims} claims right; claims {} %, left as default {} %, asked {} %",
            share(claims), share(defaults), share(asked));
        assert!(flaws.is_empty(), "{}", flaws.join("\n"));
        assert!(all >= 60 && right == claims);
    })
    .unwrap();
}
