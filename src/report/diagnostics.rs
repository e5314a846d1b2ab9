//! Diagnostics for people, in rustc's form: the message, the line with the place underlined, and what to do.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::report::position::{first_line, position};
use crate::report::visible::{visible, visible_line};
use crate::report::{Style, Texts};

/// Narrower than this, underlines no longer fit and only confuse.
const NARROWEST: usize = 40;
/// Wider than this, a line is easier to read trimmed, even where there is no terminal.
const WIDEST: usize = 160;

/// All of `list`, in its order, with a blank line between two.
pub fn diagnostics(list: &[Diagnostic], style: Style, texts: Texts<'_>) -> String {
    let renderer = renderer(style);
    let shown = list
        .iter()
        .map(|diagnostic| renderer.render(&[group(diagnostic, texts)]) + "\n");
    shown.collect::<Vec<_>>().join("\n")
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let decoration = if style.unicode {
        DecorStyle::Unicode
    } else {
        DecorStyle::Ascii
    };
    renderer
        .decor_style(decoration)
        .term_width(style.width.clamp(NARROWEST, WIDEST))
}

fn group<'a>(diagnostic: &'a Diagnostic, texts: Texts<'_>) -> Group<'a> {
    let group = match &diagnostic.place {
        Some(place) => add_place(title(diagnostic), place, texts),
        None => title(diagnostic).elements(std::iter::empty::<Origin<'a>>()),
    };
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(visible(help))),
        None => group,
    }
}

fn title(diagnostic: &Diagnostic) -> Title<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code)
}

/// The line where `place` starts, or only the file where there is no line to show.
fn add_place<'a>(title: Title<'a>, place: &Place, texts: Texts<'_>) -> Group<'a> {
    let file = visible_line(&place.file.to_string());
    let Some((range, text)) = place.range.zip(texts(&place.file)) else {
        return title.element(Origin::path(file));
    };
    // One line is enough to find the place, and it keeps a binding of a hundred lines from filling the screen.
    let (line, covered) = first_line(&text, range.into());
    title.element(
        Snippet::source(line.to_string())
            .line_start(position(&text, range.start).line)
            .path(file)
            .annotation(AnnotationKind::Primary.span(covered)),
    )
}
