//! Going through the steps of the plan one by one.

use anyhow::Result;

use super::answer::{letter, prompt};
use super::choose::{self, Chosen};
use super::leave_out::skip;
use super::state::State;
use super::{Dialogue, Review};
use crate::plan::{FileChange, Step, StepFile};
use crate::report::{self, Style, visible_line};

const HELP: &str = "\
y - make this change
n - skip this change, and what cannot be done without it
a - make this change and all that follow
d - skip this change and all that follow
c - choose the profile of a host
e - see the evidence for the profile of each host that this change is for
s - see the whole diff of this change
k - go back to the change before
q - quit; nothing is written
? - see this help
";

/// A diff of more lines is cut until it is asked for.
const LONGEST: usize = 40;

/// Asks about every step that was not accepted. Says whether to go on; `past` holds a state for each answer.
pub(super) fn go_through(
    review: &Review,
    state: &mut State,
    past: &mut Vec<State>,
    dialogue: &mut dyn Dialogue,
) -> Result<bool> {
    let mut shown = None;
    while let Some((number, step)) = state.open() {
        let (step, count) = (step.clone(), state.plan.steps.len());
        if shown.as_ref() != Some(&step.title) {
            dialogue.show(&screen(review, number, count, &step))?;
            shown = Some(step.title.clone());
        }
        let prompt = prompt(review.style, "Make this change", "y,n,a,d,c,e,s,k,q,?");
        let Some(answer) = letter(dialogue, &prompt)? else {
            return Ok(false);
        };
        let before = state.clone();
        match answer {
            'y' => state.accept(&step),
            'a' => state
                .plan
                .steps
                .clone()
                .iter()
                .for_each(|step| state.accept(step)),
            'n' => skip(review, state, &[step], dialogue)?,
            'd' => {
                let rest = open_steps(state);
                skip(review, state, &rest, dialogue)?;
            }
            'k' => {
                match past.pop() {
                    Some(earlier) => *state = earlier,
                    None => dialogue.show("this is the first change\n")?,
                }
                shown = None;
                continue;
            }
            'q' => return Ok(false),
            _ => {
                if !look(review, state, &step, answer, dialogue)? {
                    return Ok(false);
                }
                if state.is_like(&before) {
                    continue;
                }
            }
        }
        shown = None;
        if !state.is_like(&before) {
            past.push(before);
        }
    }
    Ok(true)
}

/// The answers that are no decision about the step. Says whether to go on.
fn look(
    review: &Review,
    state: &mut State,
    step: &Step,
    answer: char,
    dialogue: &mut dyn Dialogue,
) -> Result<bool> {
    match answer {
        'c' => return choose(review, state, step, dialogue),
        'e' => dialogue.show(&evidence(review, state, step))?,
        's' => dialogue.show(&diff(step, review.style))?,
        _ => dialogue.show(HELP)?,
    }
    Ok(true)
}

fn open_steps(state: &State) -> Vec<Step> {
    let mut rest = state.clone();
    let mut open = Vec::new();
    while let Some((_, step)) = rest.open() {
        let step = step.clone();
        rest.accept(&step);
        open.push(step);
    }
    open
}

/// `(2/7) Write the overlay ...`, and its diff.
fn screen(review: &Review, number: usize, count: usize, step: &Step) -> String {
    let style = review.style;
    let title = format!("({number}/{count}) {}", visible_line(&step.title));
    let diff = diff(step, style);
    let lines = diff.lines().count();
    let mut text = format!("\n{}\n", style.bold(&title));
    if lines <= LONGEST {
        return text + &diff;
    }
    for line in diff.lines().take(LONGEST) {
        text += &format!("{line}\n");
    }
    text + &format!("({} more lines; s shows them all)\n", lines - LONGEST)
}

fn evidence(review: &Review, state: &State, step: &Step) -> String {
    let of = step.kind.hosts();
    let hosts = state.plan.hosts.iter();
    let hosts = hosts.filter(|host| of.is_empty() || of.contains(&host.name));
    hosts
        .map(|host| report::host_evidence(host, review.style))
        .collect()
}

/// Asks for a profile and plans again with it. Says whether to go on.
fn choose(
    review: &Review,
    state: &mut State,
    step: &Step,
    dialogue: &mut dyn Dialogue,
) -> Result<bool> {
    let mut hosts = step.kind.hosts().to_vec();
    if hosts.is_empty() {
        dialogue.show("this change is for no host by itself\n")?;
        return Ok(true);
    }
    if let Some(one) = choose::host(review, &hosts, dialogue)? {
        hosts = vec![one];
    }
    let mut next = state.clone();
    match choose::profile(review, &mut next, &hosts, dialogue)? {
        Chosen::Nothing => return Ok(true),
        Chosen::Quit => return Ok(false),
        Chosen::Profile => {}
        Chosen::LeaveOut => next.request.left_out.hosts.extend(hosts.iter().cloned()),
    }
    next.replan(review);
    let refused = next.refusals().find(|said| {
        let host = said.host.as_ref();
        host.is_some_and(|host| hosts.contains(host))
    });
    if let Some(why) = next.flaw().or(refused) {
        let why = report::diagnostics(std::slice::from_ref(why), review.style, review.texts);
        dialogue.show(&why)?;
    } else {
        *state = next;
    }
    Ok(true)
}

fn diff(step: &Step, style: Style) -> String {
    let changes: Vec<FileChange> = step.files.iter().map(StepFile::change).collect();
    report::diff(&changes, style)
}
