use std::borrow::Cow;

/// A text as a cell of CSV that spreadsheets show and do not run: what they would take for a formula gets a `'` before it.
///
/// Excel, LibreOffice and Google Sheets calculate every cell that begins with one of these characters, quoted or not, and a formula can send
/// what else is in the sheet elsewhere (CWE-1236; the list is OWASP's "CSV Injection"). So that the text can be had again, what begins
/// with `'` and would be a formula behind it gets another one: without the first `'` of such cells everything is as it was.
///
/// ```
/// use copydesk_text::as_cell;
/// assert_eq!(as_cell("=1+1"), "'=1+1");
/// assert_eq!(as_cell("'=1+1"), "''=1+1");
/// assert_eq!(as_cell("1+1 and 'more'"), "1+1 and 'more'");
/// ```
pub fn as_cell(text: &str) -> Cow<'_, str> {
    match text.trim_start_matches('\'').starts_with(FORMULAS) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The last four are what East Asian keyboards write, which Excel takes for the first four.
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_begins_as_a_formula_is_marked() {
        for text in ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''-"] {
            assert_eq!(as_cell(text), format!("'{text}"));
        }
        for text in ["", "'", "'tis the season", "Ferry = ship", " =1", "– a dash", "5-2", "a"] {
            assert_eq!(as_cell(text), text);
        }
    }

    proptest! {
        #[test]
        fn the_text_can_be_had_again(text in "['=+@a-]{0,5}") {
            let cell = as_cell(&text).into_owned();
            let marked = cell.starts_with('\'') && cell.trim_start_matches('\'').starts_with(FORMULAS);
            prop_assert_eq!(if marked { &cell[1..] } else { &cell }, &text);
            prop_assert!(!cell.starts_with(FORMULAS));
        }
    }
}
