use std::{
    fmt::Display,
    io::{self, BufWriter, IsTerminal, Write},
};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// Where data goes: stdout, buffered, with what is known about who looks at it.
pub(crate) struct Screen {
    out: BufWriter<io::Stdout>,
    colour: bool,
    terminal: bool,
    width: usize,
    broken: bool,
}

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default().strikethrough();
pub(crate) const ADDED: Style = AnsiColor::Green.on_default().underline();
pub(crate) const HEAD: Style = AnsiColor::Cyan.on_default().bold();

/// Columns where nobody says how many there are: a pipe, a file.
const USUAL_WIDTH: usize = 100;

impl Screen {
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        // `choice` honours NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
        let colour = AutoStream::choice(&stdout) != ColorChoice::Never;
        let width = terminal_size::terminal_size().filter(|_| terminal).map_or(USUAL_WIDTH, |(w, _)| usize::from(w.0));
        Self {
            out: BufWriter::with_capacity(64 << 10, stdout),
            colour,
            terminal,
            width: width.clamp(40, 120),
            broken: false,
        }
    }

    /// Columns to fill.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Whether differences can be shown by colour.
    pub(crate) fn is_coloured(&self) -> bool {
        self.colour
    }

    /// Whether a person looks at it directly.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// The text in a style, where there are colours.
    pub(crate) fn paint(&self, style: Style, text: impl Display) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_string() }
    }

    pub(crate) fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self, "{text}")
    }

    /// A blank line and a title.
    pub(crate) fn title(&mut self, text: &str) -> io::Result<()> {
        let text = self.paint(HEAD, text);
        writeln!(self, "\n{text}")
    }

    /// A paragraph of a page, wrapped.
    pub(crate) fn paragraph(&mut self, indent: &str, text: &str) -> io::Result<()> {
        let options = textwrap::Options::new(self.width).initial_indent(indent).subsequent_indent(indent);
        let filled = textwrap::fill(text, options);
        self.line(filled)
    }

    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *self, value).map_err(io::Error::from)?;
        self.line("")
    }

    /// Hands everything over.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.flush()
    }

    /// Whether the reader of our output went away.
    pub(crate) fn nobody_listens(&self) -> bool {
        self.broken
    }

    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(e) = &result {
            self.broken |= e.kind() == io::ErrorKind::BrokenPipe;
        }
        result
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        self.note(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.note(flushed)
    }
}

/// Says something on stderr: `error: ...`, `warning: ...`. The kind is a word, so that no colour is needed to read it.
pub(crate) fn complain(kind: &str, message: &str) {
    let style = match kind {
        "error" => AnsiColor::Red.on_default().bold(),
        "warning" => AnsiColor::Yellow.on_default().bold(),
        _ => Style::new().bold(),
    };
    // When stderr is gone as well there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{style}{kind}:{style:#} {}", plain(message));
}

/// Text out of pages and inputs, made safe for a terminal: control characters could move the cursor or fake our own lines.
pub(crate) fn plain(text: &str) -> String {
    let harmless = |c: char| !c.is_control() || c == '\n' || c == '\t';
    if text.chars().all(harmless) {
        return text.to_owned();
    }
    text.chars().map(|c| if harmless(c) { c } else { '\u{fffd}' }).collect()
}

/// The text on one line of at most `width` columns, cut with `...`.
pub(crate) fn short(text: &str, width: usize) -> String {
    let text = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.width() <= width {
        return text;
    }
    let mut out = String::new();
    let mut used = 3;
    for c in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out + "..."
}

/// The text with spaces up to `width` columns.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let mut out = text.to_owned();
    for _ in text.width()..width {
        out.push(' ');
    }
    out
}

/// Rows under a head, columns as wide as their widest cell; columns in `right` are set to the right.
pub(crate) fn table(head: &[&str], right: &[usize], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    for row in std::iter::once(&head).chain(rows) {
        let mut line = String::new();
        for (i, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let room = " ".repeat(width - cell.width());
            line.push_str("  ");
            line.push_str(&if right.contains(&i) { room + cell } else { format!("{cell}{room}") });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// `1234567` as `1,234,567`.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 page`, `2 pages`.
pub(crate) fn several(n: u64, one: &str, more: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { more })
}

/// A fetch time for people: `2024-05-03 18:19`.
pub(crate) fn minute(fetched_at: &str) -> String {
    match (fetched_at.get(..10), fetched_at.get(11..16)) {
        (Some(day), Some(time)) => format!("{day} {time}"),
        _ => "undated".to_owned(),
    }
}

/// `2024-05-03`, or from when to when.
pub(crate) fn days(first: &str, last: &str) -> String {
    match (first.get(..10), last.get(..10)) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) | (None, Some(day)) => day.to_owned(),
        (None, None) => "undated".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fits_its_place() {
        assert_eq!(short("Ferry  runs\nagain", 16), "Ferry runs again");
        assert_eq!(short("Ferry runs again", 12), "Ferry run...");
        assert_eq!(short("潮見島の渡し船", 9), "潮見島...");
        assert_eq!(padded("渡し", 6), "渡し  ");
        assert_eq!(plain("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
    }

    #[test]
    fn numbers_and_times_are_for_people() {
        assert_eq!([count(0), count(999), count(1000), count(1234567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(minute("2024-05-03T18:19:08Z"), "2024-05-03 18:19");
        assert_eq!(minute(""), "undated");
        assert_eq!(days("2024-05-03T18:19:08Z", "2024-05-03T19:00:00Z"), "2024-05-03");
        assert_eq!(days("2024-05-03T18:19:08Z", "2024-06-03T19:00:00Z"), "2024-05-03 to 2024-06-03");
    }

    #[test]
    fn tables_line_up() {
        let rows = [vec!["渡し".to_owned(), "7".to_owned()], vec!["a".to_owned(), "1,000".to_owned()]];
        assert_eq!(table(&["site", "n"], &[1], &rows), "  site      n\n  渡し      7\n  a     1,000");
    }
}
