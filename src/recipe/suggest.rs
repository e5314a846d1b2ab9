//! "Did you mean": the known name nearest to one that is not known.

/// The candidate that `name` is most likely a typo of, if one is near enough.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // One slip in a short name, about one in three characters in a longer one.
    let tolerance = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= tolerance)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The help for an unknown `name`: the likely one, or else all there are. `None` if there are none.
pub fn did_you_mean(name: &str, candidates: &[&str]) -> Option<String> {
    if let Some(likely) = closest(name, candidates.iter().copied()) {
        return Some(format!("did you mean `{likely}`?"));
    }
    let all: Vec<String> = candidates.iter().map(|name| format!("`{name}`")).collect();
    (!all.is_empty()).then(|| format!("known here: {}", all.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILES: [&str; 4] = ["cuda", "vulkan", "rocm", "cpu-optimized"];

    #[test]
    fn a_slip_finds_the_name_that_was_meant() {
        for (typo, meant) in [
            ("cud", "cuda"),
            ("vulcan", "vulkan"),
            ("rcom", "rocm"),
            ("cpu_optimised", "cpu-optimized"),
        ] {
            assert_eq!(closest(typo, PROFILES), Some(meant));
        }
    }

    #[test]
    fn another_word_is_no_slip_and_lists_what_there_is() {
        assert_eq!(closest("metal", PROFILES), None);
        assert_eq!(
            did_you_mean("metal", &["cuda", "rocm"]).as_deref(),
            Some("known here: `cuda`, `rocm`")
        );
        assert_eq!(did_you_mean("metal", &[]), None);
    }
}
