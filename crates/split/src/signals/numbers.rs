//! Dates, clocks, counters: lines of numbers stand around a story, not in it.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["clock", "year", "date", "mostly", "only", "some"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    if line.numbers == 0 {
        return;
    }
    if line.words <= 14.0 {
        if line.clock {
            on(0);
        }
        if line.year {
            on(1);
        }
        if is_date(page, block) {
            on(2);
        }
    }
    if line.numbers == line.spaced_words {
        on(4);
    } else if line.numbers * 2 >= line.spaced_words {
        on(3);
    } else {
        on(5);
    }
}

/// A short line with a year and a day, or a clock and a day: `3 May 2024`, `2024-05-03 18:19`.
pub(crate) fn is_date(page: &Page<'_>, block: usize) -> bool {
    let line = &page.lines[block];
    line.words <= 12.0
        && ((line.year && line.small_numbers >= 1)
            || (line.clock && line.small_numbers >= 3)
            || unspaced_date(page, block))
}

/// `2024年5月3日`, `2024. 5. 3.`
fn unspaced_date(page: &Page<'_>, block: usize) -> bool {
    let text = page.blocks[block].text.of(page.text);
    page.lines[block].words <= 12.0
        && page.lines[block].numbers >= 3
        && ["年", "년", "ปี"].iter().any(|mark| text.contains(mark))
        && text.chars().filter(char::is_ascii_digit).count() >= 6
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_date_line() {
        assert!(features_of("numbers", "3 May 2024, 18:19", 0).contains(&"date"));
        assert!(features_of("numbers", "2024年5月3日 18時", 0).contains(&"date"));
        assert!(!features_of("numbers", "More than 300 people came.", 0).contains(&"date"));
    }
}
