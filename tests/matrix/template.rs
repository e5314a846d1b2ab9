//! A text before and after a migration in one: the lines of a diff, and the style in which both are written.

/// On which side a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Both,
    Before,
    After,
}

/// Lines of a diff, written with two spaces a level.
#[derive(Debug, Clone, Default)]
pub struct Template(Vec<(Mark, String)>);

/// Which side of a template to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The user's text.
    Before,
    /// What nixfix must make of it.
    After,
}

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// One level of indentation.
    pub unit: &'static str,
    /// The line end.
    pub eol: &'static str,
    /// Whether the last line has one.
    pub final_newline: bool,
    /// Whether braces and brackets stick to what they enclose.
    pub tight: bool,
}

impl Template {
    /// Reads lines that begin with `-` (only before), `+` (only after) or a space, as a diff has them.
    pub fn read(text: &str) -> Template {
        let line = |line: &str| match line.split_at_checked(1) {
            Some(("-", rest)) => (Mark::Before, rest.to_string()),
            Some(("+", rest)) => (Mark::After, rest.to_string()),
            Some((" ", rest)) => (Mark::Both, rest.to_string()),
            _ => panic!("`{line}` is no line of a diff"),
        };
        let lines = text.lines().filter(|line| !line.is_empty());
        Template(lines.map(line).collect())
    }

    /// Appends lines of a diff.
    pub fn push(&mut self, text: &str) -> &mut Template {
        self.append(Template::read(text))
    }

    /// Appends another template.
    pub fn append(&mut self, other: Template) -> &mut Template {
        self.0.extend(other.0);
        self
    }

    /// Puts every line one level deeper.
    pub fn indented(mut self) -> Template {
        for (_, line) in self.0.iter_mut().filter(|(_, line)| !line.is_empty()) {
            line.insert_str(0, "  ");
        }
        self
    }

    /// One side in some style.
    pub fn write(&self, side: Side, style: Style) -> String {
        let other = match side {
            Side::Before => Mark::After,
            Side::After => Mark::Before,
        };
        let lines = self.0.iter().filter(|(mark, _)| *mark != other);
        let lines: Vec<String> = lines.map(|(_, line)| style.line(line)).collect();
        let mut text = lines.join(style.eol);
        if style.final_newline {
            text.push_str(style.eol);
        }
        text
    }
}

impl Style {
    fn line(&self, line: &str) -> String {
        let content = line.trim_start_matches(' ');
        let levels = (line.len() - content.len()) / 2;
        let content = if self.tight {
            tighten(content)
        } else {
            content.to_string()
        };
        format!("{}{content}", self.unit.repeat(levels))
    }
}

/// As Alejandra writes braces, brackets and at-names.
fn tighten(content: &str) -> String {
    let inner = content
        .replace("{ ", "{")
        .replace(" }", "}")
        .replace("[ ", "[")
        .replace(" ]", "]");
    let apart = inner.replace("}@", "} @ ").replace("@{", " @ {");
    // A comment is nothing that a brace could stick to.
    apart.replace("{#", "{ #").replace("[#", "[ #")
}
