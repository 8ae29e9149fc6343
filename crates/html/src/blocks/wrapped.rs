//! Lines of preformatted text: those that a reader is meant to see as lines, and those that were broken because a screen was full.
//!
//! Telegrams, mail and pages of the nineties break prose at a width: there every line is so full that the first word of the next one had
//! no room in it. Lines of verse, of a table, of a police log end where they end: the next one's first word would nearly always have fitted.

use crate::lines::is_wide;
use crate::scan::entities;
use crate::scan::names::Name;
use crate::scan::{LITERAL, Stream};

/// Narrower than this no telegram is set: shorter lines are shown as they stand. Of mail, the narrowest is 50 and more.
const NARROWEST: usize = 40;
/// With fewer breaks than this a paragraph alone does not tell whether it is full, and the whole text is asked.
const TELLING: usize = 3;

/// A line: where it ends in the source, and what counts of it.
#[derive(Debug)]
struct Line {
    /// Where the line feed or break behind it stands in the source.
    end: u32,
    /// Columns up to its last word; none where there is no word.
    width: usize,
    /// Columns of its first word.
    first: usize,
    /// Spaces before it.
    indent: usize,
    /// Whether it begins in the middle of a sentence.
    is_lower: bool,
    /// Whether it ends one.
    is_end: bool,
    /// Whether it is laid out as a row, an entry or an item: by gaps between columns, a number, a dash.
    is_row: bool,
}

impl Line {
    fn of(text: &str, end: u32) -> Line {
        let shown = text.trim();
        let columns = |text: &str| text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum();
        let word = match shown.chars().next() {
            Some(c) if is_wide(c) => &shown[..c.len_utf8()],
            _ => shown.split_whitespace().next().unwrap_or(""),
        };
        let starts = |chars: &[char]| shown.starts_with(chars);
        // behind the end of a sentence two spaces are a habit of typists
        let has_gap = shown.match_indices("  ").any(|(at, _)| !shown[..at].ends_with(['.', '!', '?', ':', '"', ' ']))
            || shown.contains('\t');
        Line {
            end,
            width: if shown.is_empty() { 0 } else { columns(text.trim_end()) },
            first: columns(word),
            indent: text.len() - text.trim_start().len(),
            is_lower: shown.starts_with(char::is_lowercase),
            is_end: shown
                .trim_end_matches(['"', '”', '’', '»', ')'])
                .ends_with(['.', '!', '?', ':', '…', '。', '！', '？']),
            is_row: has_gap || starts(&['-', '*', '•', '–', '—', '+', '|', '>']) || is_numbered(word),
        }
    }

    /// Whether the next line's first word had no room behind this line.
    fn is_full(&self, next: &Line, width: usize) -> bool {
        self.width + 1 + next.first > width
    }

    /// Whether the next line is one of its own by how it stands there.
    fn is_before_new(&self, next: &Line) -> bool {
        next.is_row || next.indent > self.indent + 1
    }
}

/// `1.`, `12)`, `07:12`, `5/6`: what entries and items begin with. A figure in the middle of a sentence is one that stands alone.
fn is_numbered(word: &str) -> bool {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=4).contains(&digits) && word[digits..].starts_with(['.', ')', ':', '/']) && word.len() <= 10
}

/// Where, in the source, lines of the preformatted element `at` end that go on in the next one; in order.
pub(super) fn wrapped(stream: &Stream<'_>, at: u32, end: u32) -> Vec<u32> {
    let mut paragraphs: Vec<Vec<Line>> = vec![Vec::new()];
    let mut text = String::new();
    let mut close = |text: &mut String, end: u32| {
        let line = Line::of(text, end);
        text.clear();
        match paragraphs.last_mut() {
            Some(paragraph) if line.width > 0 => paragraph.push(line),
            Some(paragraph) if !paragraph.is_empty() => paragraphs.push(Vec::new()),
            _ => {}
        }
    };
    for node in at + 1..end {
        let node = stream.node(node);
        if node.name == Name::BR && !node.is_text() {
            close(&mut text, node.start);
        }
        if !node.is_text() {
            continue;
        }
        let mut start = node.start;
        for (number, line) in stream.text_of(node).split('\n').enumerate() {
            if number > 0 {
                close(&mut text, start - 1);
            }
            match node.flags & LITERAL {
                0 => text.push_str(&entities::decode(line)),
                _ => text.push_str(line),
            }
            start += line.len() as u32 + 1;
        }
    }
    close(&mut text, u32::MAX);
    joints(&paragraphs)
}

fn joints(paragraphs: &[Vec<Line>]) -> Vec<u32> {
    // what the text as a whole is set to: the width that nine lines in ten keep, of those that another one follows
    let mut widths: Vec<usize> =
        paragraphs.iter().flat_map(|lines| &lines[..lines.len().max(1) - 1]).map(|line| line.width).collect();
    widths.sort_unstable();
    let Some(&width) = widths.get((widths.len() * 9 / 10).min(widths.len().max(1) - 1)) else { return Vec::new() };
    let all = share_of_full(paragraphs.iter().map(Vec::as_slice), width);
    let mut joints = Vec::new();
    for lines in paragraphs {
        let own = lines.iter().take(lines.len() - lines.len().min(1)).map(|line| line.width).max().unwrap_or(0);
        // a long address in one line of a paragraph is no width of the others
        let own = if lines.len() > TELLING && own <= width + width / 8 { own } else { width };
        let own_share = share_of_full([lines.as_slice()].into_iter(), own);
        let (is_prose, width) = match own_share {
            (breaks, full) if breaks >= TELLING => (full * 5 >= breaks * 4, own),
            _ if all.0 >= TELLING => (all.1 * 5 >= all.0 * 4, width),
            // Two or three lines alone: a long one that no sentence ends with goes on.
            _ => (lines.iter().rev().skip(1).all(|line| !line.is_end && line.width >= NARROWEST + 10), width),
        };
        if !is_prose || width < NARROWEST || lines.iter().filter(|line| line.is_row).count() * 2 > lines.len() {
            continue;
        }
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            let goes_on = next.is_lower && !line.is_end;
            if goes_on || (!line.is_before_new(next) && line.is_full(next, width - width / 10)) {
                joints.push(line.end);
            }
        }
    }
    joints.sort_unstable();
    joints
}

/// How many breaks there are in these paragraphs, and behind how many full lines they stand. Nobody fills lines to the last column.
fn share_of_full<'l>(paragraphs: impl Iterator<Item = &'l [Line]>, width: usize) -> (usize, usize) {
    let breaks = paragraphs.flat_map(|lines| lines.windows(2)).filter_map(|pair| match pair {
        [line, next] if !line.is_before_new(next) => Some(line.is_full(next, width - width / 32)),
        _ => None,
    });
    breaks.fold((0, 0), |(breaks, full), is_full| (breaks + 1, full + usize::from(is_full)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that a reader sees, of text in `pre`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let source = format!("<pre>{text}</pre>");
        let stream = Stream::read(&source, 1000, 0).unwrap();
        let soft = wrapped(&stream, 0, stream.len());
        let mut shown = source.clone().into_bytes();
        for end in soft {
            assert_eq!(shown[end as usize], b'\n');
            shown[end as usize] = b' ';
        }
        let shown = String::from_utf8(shown).unwrap();
        let shown = shown.trim_start_matches("<pre>").trim_end_matches("</pre>");
        let lines: Vec<&str> = shown.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, expected, "lines of {text:?}");
    }

    #[test]
    fn full_lines_are_one_paragraph() {
        check(
            "   PORT ALDER (Nordfoto) - The ferry to the outer islands sailed again\non Friday morning, three weeks after its engine failed in a storm and\nleft 412 people without a connection to the mainland. Its captain said\nthat she had hoped for less.\n   Fishing boats had carried post and medicine in the meantime. A trip was\npaid for with 180 crowns, which the owners of the boats called fair.",
            &[
                "PORT ALDER (Nordfoto) - The ferry to the outer islands sailed again on Friday morning, three weeks after its engine failed in a storm and left 412 people without a connection to the mainland. Its captain said that she had hoped for less.",
                "Fishing boats had carried post and medicine in the meantime. A trip was paid for with 180 crowns, which the owners of the boats called fair.",
            ],
        );
    }

    #[test]
    fn lines_of_a_log_are_lines() {
        let log = [
            "MON 07:12 Goose on the runway of the county airfield, removed by a volunteer",
            "MON 21:40 Complaint of noise, Elm Court, found to be a rehearsal",
            "TUE 02:15 Light in the closed bakery, baker advised to call ahead in future",
            "SUN 11:00 Report of a suspicious man in church, found to be the new pastor",
        ];
        check(&log.join("\n"), &log);
    }

    #[test]
    fn verse_is_lines_however_long_they_are() {
        let verse = [
            "The old boat lay upon the sand as though it had been poured there,",
            "and all the gulls of all the bay came down to see who owned it,",
            "but nobody had owned the boat since Margit Holm was buried",
            "with all her nets about her feet and all her debts unpaid.",
        ];
        check(&verse.join("\n"), &verse);
        check(
            "the goose walks in\nand nobody minds\nthe door",
            &["the goose walks in", "and nobody minds", "the door"],
        );
    }

    #[test]
    fn rows_are_rows() {
        let rows = [
            "Harbour United        12   9   2   1   31:10",
            "Sporting Marlow Cross 12   7   3   2   22:14",
            "Osterey Old Boys      12   1   0  11    6:40",
        ];
        check(&rows.join("\n"), &rows);
    }

    #[test]
    fn a_table_beside_prose_leaves_the_prose_as_it_is() {
        check(
            "The harbour trust has counted the ships that went through the strait in\nthe first week, and found more than it had hoped for when it opened the\ngates again, most of them with timber on board, and a few with cattle,\nit said.\n\nMonday     12\nTuesday    19\nWednesday  31",
            &[
                "The harbour trust has counted the ships that went through the strait in the first week, and found more than it had hoped for when it opened the gates again, most of them with timber on board, and a few with cattle, it said.",
                "Monday     12",
                "Tuesday    19",
                "Wednesday  31",
            ],
        );
    }

    #[test]
    fn scripts_without_spaces_are_set_to_a_width_too() {
        check(
            "離島と本土を結ぶフェリーが金曜日の朝、三週間ぶりに運航\nを再開した。嵐で機関が故障し、島には四百人あまりが取り\n残されていた。船長は「もっと早いと思っていた」と話して\nいる。",
            &[
                "離島と本土を結ぶフェリーが金曜日の朝、三週間ぶりに運航 を再開した。嵐で機関が故障し、島には四百人あまりが取り 残されていた。船長は「もっと早いと思っていた」と話して いる。",
            ],
        );
    }
}
