use crate::digit::digit_value;

/// Folds the number at the start of `text` to its ASCII digits, without thousands separators and leading zeros and with
/// a point before decimals; returns how many bytes it stands on. `0` if there is none.
///
/// `1,000`, `1.000.000`, `1 000` (no-break space), `1'000` group; `3.5` and `3,5` are decimals; `1,000` groups and
/// `1.000` does too: three digits after one separator are a thousand more often than a decimal in news.
pub(crate) fn fold_number(text: &str, folded: &mut Vec<u8>) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    let digits = |chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>, out: &mut Vec<u8>| {
        let (from, mut end) = (out.len(), 0);
        while let Some(&(k, c)) = chars.peek() {
            let Some(value) = digit_value(c) else { break };
            out.push(b'0' + value);
            end = k + c.len_utf8();
            chars.next();
        }
        (out.len() - from, end)
    };
    let start = folded.len();
    let (first, after) = digits(&mut chars, folded);
    if first == 0 {
        return 0;
    }
    end = end.max(after);
    let groups = first <= 3;
    let mut rest = chars;
    while let Some(&(_, separator)) = rest.peek() {
        if !matches!(separator, '.' | ',' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '’' | '٬' | '٫' | '，') {
            break;
        }
        let mut ahead = rest.clone();
        ahead.next();
        let mark = folded.len();
        let (count, after) = digits(&mut ahead, folded);
        let decimal = matches!(separator, '.' | ',' | '٫');
        if count == 3 && groups && separator != '٫' {
            // one more group of thousands
        } else if decimal && count > 0 && !matches!(ahead.peek(), Some(&(_, '.'))) {
            folded.insert(mark, b'.');
            end = after;
            break;
        } else {
            folded.truncate(mark);
            break;
        }
        end = after;
        rest = ahead;
    }
    let zeros = folded[start..].iter().take_while(|&&b| b == b'0').count();
    let zeros = if folded.get(start + zeros).is_some_and(u8::is_ascii_digit) { zeros } else { zeros.saturating_sub(1) };
    folded.drain(start..start + zeros);
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, bytes: usize) {
        let mut folded = Vec::new();
        let end = fold_number(text, &mut folded);
        assert_eq!((std::str::from_utf8(&folded).unwrap(), end), (expected, bytes), "{text:?}");
    }

    #[test]
    fn thousands() {
        check("1000", "1000", 4);
        check("1,000 men", "1000", 5);
        check("1.000.000", "1000000", 9);
        check("12\u{A0}500", "12500", 7);
        check("1'250", "1250", 5);
        check("٢٬٥٠٠", "2500", 10);
    }

    #[test]
    fn decimals() {
        check("3.5 per cent", "3.5", 3);
        check("3,5 Prozent", "3.5", 3);
        check("0.25", "0.25", 4);
        check("1,234.5", "1234.5", 7);
        check("٣٫٥", "3.5", 6);
    }

    #[test]
    fn what_follows_stays_out() {
        check("42, then", "42", 2);
        check("2024.", "2024", 4);
        check("12.05.2024", "12", 2);
        check("1,000,00", "1000.00", 8);
        check("10m", "10", 2);
        check("none", "", 0);
    }

    #[test]
    fn leading_zeros() {
        check("007", "7", 3);
        check("0", "0", 1);
        check("000", "0", 3);
    }
}
