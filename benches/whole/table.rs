//! The table that is printed: what was measured, against its bound.

/// A figure and what it may be at most.
pub struct Row {
    /// What was measured.
    pub what: String,
    /// Of which repository.
    pub of: String,
    /// The figure.
    pub measured: f64,
    /// The bound; a figure without one is there to be known.
    pub bound: Option<f64>,
    /// The unit, empty for a ratio.
    pub unit: &'static str,
}

impl Row {
    /// A ratio with its bound.
    pub fn ratio(what: &str, of: &str, measured: f64, bound: f64) -> Row {
        Row {
            what: what.to_string(),
            of: of.to_string(),
            measured,
            bound: Some(bound),
            unit: "",
        }
    }

    /// An amount of memory with its bound, both in bytes.
    pub fn memory(what: &str, of: &str, measured: f64, bound: f64) -> Row {
        let mib = |bytes: f64| bytes / f64::from(1 << 20);
        Row {
            unit: "MiB",
            ..Row::ratio(what, of, mib(measured), mib(bound))
        }
    }

    /// A figure that no bound is set for.
    pub fn figure(what: &str, of: &str, measured: f64, unit: &'static str) -> Row {
        Row {
            bound: None,
            unit,
            ..Row::ratio(what, of, measured, 0.0)
        }
    }

    fn verdict(&self) -> &'static str {
        match self.bound {
            None => "",
            Some(bound) if self.measured <= bound => "holds",
            Some(_) => "short",
        }
    }
}

/// Prints a row as soon as it is known.
pub fn print(row: &Row) {
    let number = |value: f64| {
        format!(
            "{value:.2}{}{}",
            if row.unit.is_empty() { "" } else { " " },
            row.unit
        )
    };
    let bound = row.bound.map(number).unwrap_or_default();
    println!(
        "{:<34} {:<36} {:>12} {:>12}  {}",
        row.what,
        row.of,
        number(row.measured),
        bound,
        row.verdict()
    );
}

/// Prints the heading.
pub fn heading() {
    println!(
        "{:<34} {:<36} {:>12} {:>12}  verdict",
        "what", "repository", "measured", "at most"
    );
}

/// Prints how many rows hold.
pub fn summary(rows: &[Row]) {
    let bounded = rows.iter().filter(|row| row.bound.is_some()).count();
    let short = rows.iter().filter(|row| row.verdict() == "short").count();
    println!(
        "\n{} of {bounded} bounds hold, {short} fall short",
        bounded - short
    );
}
