//! Two versions beside each other, each as it was printed.

use std::ops::Range;

use crate::{Fate, Part, Severity};

/// A stretch of one of two texts that a change takes away, or brings.
pub(crate) struct Mark {
    pub(crate) severity: Severity,
    pub(crate) range: Range<usize>,
}

/// The same words, printed in two ways.
pub(crate) struct Reprint {
    pub(crate) severity: Severity,
    pub(crate) a: Range<usize>,
    pub(crate) b: Range<usize>,
}

/// What two texts are laid out by, all of it in the order of the text.
pub(crate) struct Plan<'t> {
    pub(crate) a: &'t str,
    pub(crate) b: &'t str,
    /// Where the paragraphs and the runs of words that both have stand.
    pub(crate) same: Vec<[Range<usize>; 2]>,
    /// What went.
    pub(crate) removed: Vec<Mark>,
    /// What came.
    pub(crate) added: Vec<Mark>,
    pub(crate) reprints: Vec<Reprint>,
}

impl Plan<'_> {
    /// The parts of each row. What is not [`Fate::Added`] is `a`, and what is not [`Fate::Removed`] is `b`, to the byte; a row ends where
    /// each of the two has a paragraph that ends, or no text in the row, and the two line feeds there belong to none.
    pub(crate) fn rows(&self) -> Vec<Vec<Part>> {
        let mut parts = Parts::default();
        let (mut at_a, mut at_b) = (0, 0);
        let mut reprints = self.reprints.iter().peekable();
        let (mut removed, mut added) = (self.removed.as_slice(), self.added.as_slice());
        let reprinted = |parts: &mut Parts, (at_a, at_b): (usize, usize), Reprint { severity, a, b }: &Reprint| {
            parts.alike(&self.a[at_a..a.start], &self.b[at_b..b.start], Severity::Cosmetic);
            parts.push(Fate::Removed, &self.a[a.clone()], Some(*severity));
            parts.push(Fate::Added, &self.b[b.clone()], Some(*severity));
            (a.end, b.end)
        };
        for [in_a, in_b] in &self.same {
            // What stands before the first word of a gap is printed with it, and rules and signs may stand alone.
            let first = reprints.peek().filter(|reprint| reprint.a.start < in_a.start || reprint.b.start < in_b.start);
            let (start_a, start_b) =
                first.map_or((in_a.start, in_b.start), |reprint| (reprint.a.start, reprint.b.start));
            self.gap(&mut parts, at_a..start_a, at_b..start_b, &mut removed, &mut added);
            (at_a, at_b) = (start_a, start_b);
            while let Some(reprint) = reprints.next_if(|reprint| reprint.a.start < in_a.end) {
                (at_a, at_b) = reprinted(&mut parts, (at_a, at_b), reprint);
            }
            if at_a < in_a.end && at_b < in_b.end {
                parts.alike(&self.a[at_a..in_a.end], &self.b[at_b..in_b.end], Severity::Cosmetic);
                (at_a, at_b) = (in_a.end, in_b.end);
            }
        }
        // What stands behind the last word of both.
        for reprint in reprints {
            (at_a, at_b) = reprinted(&mut parts, (at_a, at_b), reprint);
        }
        self.gap(&mut parts, at_a..self.a.len(), at_b..self.b.len(), &mut removed, &mut added);
        rows(&parts.all)
    }

    /// What stands between two runs: what went and what came, and what is printed around them.
    fn gap(&self, parts: &mut Parts, a: Range<usize>, b: Range<usize>, removed: &mut &[Mark], added: &mut &[Mark]) {
        let gone = take(removed, a.end);
        let come = take(added, b.end);
        let (text_a, text_b) = (&self.a[a.clone()], &self.b[b.clone()]);
        // Where only one text has words here, what the other has stands before them as far as it can.
        let (lead_a, lead_b) = match (gone, come) {
            ([], []) => return parts.alike(text_a, text_b, Severity::Cosmetic),
            ([first, ..], [other, ..]) => (first.range.start - a.start, other.range.start - b.start),
            ([first, ..], []) => {
                let lead = &text_a[..first.range.start - a.start];
                (lead.len(), common(lead, text_b))
            }
            ([], [first, ..]) => {
                let lead = &text_b[..first.range.start - b.start];
                (common(lead, text_a), lead.len())
            }
        };
        let severity = gone.first().or(come.first()).map_or(Severity::Cosmetic, |mark| mark.severity);
        parts.alike(&text_a[..lead_a], &text_b[..lead_b], severity);
        let end_a = self.marked(parts, Fate::Removed, gone, a.start + lead_a);
        let end_b = self.marked(parts, Fate::Added, come, b.start + lead_b);
        parts.alike(&self.a[end_a..a.end], &self.b[end_b..b.end], severity);
    }

    /// The marks of one text, with what is printed between them; where the last one ends.
    fn marked(&self, parts: &mut Parts, fate: Fate, marks: &[Mark], start: usize) -> usize {
        let text = if fate == Fate::Removed { self.a } else { self.b };
        let mut at = start;
        for mark in marks {
            parts.push(fate, &text[at..mark.range.start], None);
            parts.push(fate, &text[mark.range.clone()], Some(mark.severity));
            at = mark.range.end;
        }
        at
    }
}

/// The marks that begin before an end.
fn take<'m>(marks: &mut &'m [Mark], end: usize) -> &'m [Mark] {
    let (taken, rest) = marks.split_at(marks.partition_point(|mark| mark.range.start < end));
    *marks = rest;
    taken
}

/// Bytes with which two texts begin alike.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

#[derive(Default)]
struct Parts {
    all: Vec<Part>,
}

impl Parts {
    fn push(&mut self, fate: Fate, text: &str, severity: Option<Severity>) {
        if text.is_empty() {
            return;
        }
        match self.all.last_mut() {
            Some(last) if last.fate == fate && last.severity == severity => last.text.push_str(text),
            _ => self.all.push(Part { fate, text: text.to_owned(), severity }),
        }
    }

    /// Two texts that are alike but for white space, or for print that belongs to a change of a severity.
    fn alike(&mut self, mut a: &str, mut b: &str, severity: Severity) {
        if a == b {
            return self.push(Fate::Same, a, None);
        }
        while !(a.is_empty() && b.is_empty()) {
            for is_space in [true, false] {
                let [end_a, end_b] =
                    [a, b].map(|text| text.find(|c: char| c.is_whitespace() != is_space).unwrap_or(text.len()));
                let ((here, rest_a), (there, rest_b)) = (a.split_at(end_a), b.split_at(end_b));
                (a, b) = (rest_a, rest_b);
                if here == there {
                    self.push(Fate::Same, here, None);
                } else {
                    let severity = (!is_space).then_some(severity);
                    self.push(Fate::Removed, here, severity);
                    self.push(Fate::Added, there, severity);
                }
            }
        }
    }
}

/// What the rows are made of: text, or the end of a paragraph.
struct Item {
    fate: Fate,
    text: String,
    severity: Option<Severity>,
    ends: bool,
}

const BREAK: &str = "\n\n";

fn rows(parts: &[Part]) -> Vec<Vec<Part>> {
    let mut items: Vec<Item> = Vec::with_capacity(parts.len() * 2);
    for Part { fate, text, severity } in parts {
        for (at, piece) in text.split(BREAK).enumerate() {
            let item = |text: &str, ends| Item { fate: *fate, text: text.to_owned(), severity: *severity, ends };
            items.extend((at > 0).then(|| item(BREAK, true)));
            items.extend((!piece.is_empty()).then(|| item(piece, false)));
        }
    }
    // Whether a paragraph of the text ends where an item does: of the first, of the second.
    let mut ends_behind = vec![[true; 2]; items.len()];
    let mut ends = [true; 2];
    for (at, item) in items.iter().enumerate().rev() {
        ends_behind[at] = ends;
        for side in sides(item.fate) {
            ends[side] = item.ends;
        }
    }
    let mut out: Vec<Vec<Part>> = Vec::new();
    let mut row = Parts::default();
    let mut holds = [false; 2];
    for (item, ends_behind) in items.iter().zip(ends_behind) {
        let is_other = |side: usize| !sides(item.fate).contains(&side);
        if item.ends && (0..2).all(|side| !is_other(side) || !holds[side] || ends_behind[side]) {
            out.push(std::mem::take(&mut row.all));
            holds = [false; 2];
            continue;
        }
        if item.ends && sides(item.fate).all(|side| !holds[side]) {
            continue;
        }
        row.push(item.fate, &item.text, item.severity);
        for side in sides(item.fate) {
            holds[side] = true;
        }
    }
    out.push(row.all);
    out.retain(|row| row.iter().any(|part| !part.text.trim().is_empty()));
    out
}

/// The texts that a part stands in.
fn sides(fate: Fate) -> Range<usize> {
    match fate {
        Fate::Same => 0..2,
        Fate::Removed => 0..1,
        Fate::Added => 1..2,
    }
}
