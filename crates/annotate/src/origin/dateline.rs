//! The place, agency and date before a story's first sentence: `MARROW BAY, Kessia, May 3 (Reuters) -`.

use copydesk_model::Span;
use jiff::civil::Date;
use memchr::{memchr2, memchr3};

use super::agencies::{Agency, Named, named};
use super::byline::run_in;
use crate::dates::{Expressions, Language, Value};
use crate::limits::Limits;
use crate::paragraphs::Paragraph;

/// What a dateline says.
#[derive(Clone, Debug, PartialEq)]
pub struct Dateline {
    /// All of it, in the body.
    pub span: Span,
    /// The places, in the body, as printed.
    pub places: Vec<Span>,
    /// The agencies named in it.
    pub agencies: Vec<(&'static Agency, Span)>,
    /// The date in it.
    pub date: Option<(Span, Option<Date>)>,
    /// How sure it is that this is a dateline, 0 to 1.
    pub confidence: f32,
}

/// A dateline whose date is not resolved yet.
#[derive(Clone, Debug)]
pub(crate) struct Unresolved {
    dateline: Dateline,
    /// The expressions of time in it, the first of which is its date.
    expressions: Option<Expressions>,
}

impl Unresolved {
    /// The dateline; `near` is the day that a date without a year is near.
    pub(crate) fn near(&self, near: Option<Date>) -> Dateline {
        let mut dateline = self.dateline.clone();
        if let (Some((_, day)), Some(expressions)) = (&mut dateline.date, &self.expressions) {
            *day = match expressions.resolve(&near.into()).first().map(|mention| mention.value) {
                Some(Ok(Value::Day(day))) => Some(day),
                _ => None,
            };
        }
        dateline
    }
}

/// Reads the dateline that a paragraph begins with.
pub(crate) fn dateline(
    paragraph: Paragraph<'_>,
    language: Option<&'static Language>,
    limits: &Limits,
) -> Option<Unresolved> {
    let text = paragraph.text;
    // `Von Ada Renn, dpa.`: people, and no places.
    if run_in(text, limits).is_some() {
        return None;
    }
    let mut end = text.len().min(limits.dateline);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let names = named(head);
    let (places, agencies, end, confidence) = bracketed(head, &names, limits)
        .or_else(|| leading(head, &names))
        .or_else(|| joined(head, &names, limits))
        .or_else(|| telegram(head, &names))
        .or_else(|| slug(head))
        .or_else(|| bare(head, paragraph.start == 0, limits))?;
    let shift = |start: usize, end: usize| Span::new(paragraph.start + start, paragraph.start + end);
    let expressions = language.map(|language| Expressions::find(&head[places.0..places.1], language));
    let expressions = expressions.filter(|expressions| expressions.first().is_some());
    let (places, date) = divide(head, places, expressions.as_ref().and_then(Expressions::first));
    let dateline = Dateline {
        span: shift(0, end),
        places: places.into_iter().map(|(start, end)| shift(start, end)).collect(),
        agencies: agencies.into_iter().map(|name| (name.agency, shift(name.start, name.end))).collect(),
        date: date.map(|(start, end)| (shift(start, end), None)),
        confidence,
    };
    Some(Unresolved { dateline, expressions })
}

/// Range of what holds place and date, the agencies, where the dateline ends, and how sure it is.
type Found = ((usize, usize), Vec<Named>, usize, f32);

/// `PLACE, date (AGENCY) -`, `PLACE. /AGENCY/.`
fn bracketed(head: &str, names: &[Named], limits: &Limits) -> Option<Found> {
    let first = names.first()?;
    let open = head[..first.start].rfind(['(', '（', '/', '[', '【'])?;
    let opening = head[open..].chars().next()?;
    let inner = open + opening.len_utf8();
    let closing = match opening {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '【' => '】',
        _ => '/',
    };
    // Between slashes an agency stands alone.
    let until = match closing {
        '/' => first.end,
        _ => first.start,
    };
    let close = until + head[until..].find(closing)?;
    // `/Корр. ТАСС Ада Ренн/`
    let before_name = head[inner..first.start].trim();
    let is_alone = before_name.is_empty() || before_name.ends_with('.') && before_name.chars().count() <= 6;
    if closing == '/' && !is_alone || close - inner > 60 {
        return None;
    }
    let inside: Vec<Named> = names.iter().copied().filter(|name| name.start >= inner && name.end <= close).collect();
    let before = head[..open].trim_end();
    let after = head[close + closing.len_utf8()..].trim_start();
    let is_parted = after.starts_with(DASHES) || after.starts_with([':', '=', '.', ',']);
    // `(서울=연합뉴스)`
    if before.is_empty() {
        let place = head[inner..first.start].trim_end();
        // `【東京共同】`
        if opening == '【' && !place.is_empty() {
            return Some(((inner, inner + place.len()), inside, close + closing.len_utf8(), 0.97));
        }
        if let Some(place) = place.strip_suffix(['=', '＝', '-', '·']) {
            return Some(((inner, inner + place.trim_end().len()), inside, close + closing.len_utf8(), 0.97));
        }
        // `[東京 3日 ロイター] - `
        let is_whole = head[inside.last()?.end..close].trim().is_empty() && is_parted && is_place(place, limits);
        let end = dash_end(head, close + closing.len_utf8());
        return is_whole.then_some(((inner, inner + place.len()), inside, end, 0.9));
    }
    // Brackets in a sentence: `the union (AFP) said`.
    let weak = inside.iter().all(|name| name.weak);
    let sure = match (is_parted, is_place(before, limits)) {
        (_, false) => return None,
        (true, true) => 0.98,
        // `København /ritzau/`
        (false, true) if closing == '/' => 0.9,
        // `Mumbai, June 12 (IANS)`, `नयी दिल्ली 03 मई (वार्ता)`
        (false, true) if before.contains(char::is_numeric) && !(weak && is_cased(before)) => 0.85,
        // Without a dash or a date only a place in capitals stands apart from a sentence.
        (false, true) if weak || !is_upper(before.split(',').next().unwrap_or("")) => return None,
        (false, true) => 0.85,
    };
    Some(((0, before.len()), inside, dash_end(head, close + closing.len_utf8()), sure))
}

/// `(AGENCY) - PLACE, date -`
fn leading(head: &str, names: &[Named]) -> Option<Found> {
    let first = names.first()?;
    // `AFP - The port`
    if first.start == 0
        && [" - ", " – ", " — ", " -- ", ": ", "—"].iter().any(|dash| head[first.end..].starts_with(dash))
    {
        let end = dash_end(head, first.end);
        return Some(((end, end), vec![*first], end, 0.9));
    }
    let inner = head.strip_prefix(['(', '[', '【', '（'])?;
    let open = head.len() - inner.len();
    if first.start != open {
        return None;
    }
    let close = first.end + head[first.end..].find([')', ']', '】', '）'])?;
    // `(AP Photo/Lena Ost) A carousel horse`
    if head[open..close].to_lowercase().contains("photo") {
        return None;
    }
    let inside: Vec<Named> = names.iter().copied().filter(|name| name.end <= close).collect();
    let after = close + head[close..].chars().next()?.len_utf8();
    let end = dash_end(head, after);
    let rest = &head[end..];
    // A place follows, before another dash.
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| rest.find(dash)).min();
    let is_stated = |place: &str| is_upper(place) || place.contains(char::is_numeric) && is_cased(place);
    if let Some(dash) = dash.filter(|dash| *dash <= 40 && is_stated(&rest[..*dash])) {
        return Some(((end, end + dash), inside, dash_end(head, end + dash), 0.97));
    }
    (end > after || !rest.is_empty()).then_some(((end, end), inside, end, 0.9))
}

/// `PLACE-AGENCY`, alone in a line or before a dash: how agencies of Arab countries sign.
fn joined(head: &str, names: &[Named], limits: &Limits) -> Option<Found> {
    let first = names.first()?;
    let before = head[..first.start].trim_end();
    // `ИНТЕРФАКС.RU - `
    let after = head[first.end..].trim_start_matches(".RU").trim_start();
    let is_parted = after.starts_with(DASHES);
    let ends = after.is_empty() || is_parted || after.starts_with([':', '،', '|']);
    // Not `HARRISBURG, PA - `, which is a state.
    let parted = before.strip_suffix(DASHES).or_else(|| before.strip_suffix('/'));
    let parted = parted.or_else(|| before.strip_suffix(',').filter(|_| !first.weak));
    // `رام الله 3-5-2024 وفا-`, `Москва. 3 мая. Интерфакс - `
    let dated = is_parted && before.rfind(char::is_numeric).is_some_and(|digit| before.len() - digit <= LONGEST_MONTH);
    // `BERLIN dpa |`, `ASTANA. KAZINFORM – `
    let shouted = is_upper(before) && (after.starts_with('|') || is_parted && !first.weak);
    let place = parted.or((dated || shouted).then_some(before))?.trim_end();
    // `Berlin/dpa.` and `Berlin - dpa -`
    let sentence = before.ends_with('/') && place.contains('.');
    if place.is_empty() || sentence || !ends && !after.starts_with('.') || !is_place(place, limits) {
        return None;
    }
    Some(((0, place.len()), vec![*first], dash_end(head, first.end), 0.93))
}

/// `新华社北京5月3日电`
fn telegram(head: &str, names: &[Named]) -> Option<Found> {
    let first = names.first()?;
    if first.start > 6 || !matches!(head[first.start..].chars().next()?, '\u{2E80}'..='\u{9FFF}') {
        return None;
    }
    let rest = &head[first.end..];
    let end = rest.find(['电', '電', '讯', '訊']).filter(|end| *end <= 60)?;
    Some(((first.end, first.end + end), vec![*first], first.end + end + 3, 0.98))
}

/// `【ソウル＝田宮直樹】`: a place and who writes from it.
fn slug(head: &str) -> Option<Found> {
    let inner = head.strip_prefix('【')?;
    let start = head.len() - inner.len();
    let equals = start + inner.find(['＝', '='])?;
    let close = start + inner.find('】')?;
    (start < equals && equals < close && close - start <= 60)
        .then(|| ((start, equals), Vec::new(), close + '】'.len_utf8(), 0.9))
}

/// `LONDON —`, `NEW DELHI:`: a place alone, in capitals. Behind a colon only in the first paragraph: so speak people in interviews.
fn bare(head: &str, is_first: bool, limits: &Limits) -> Option<Found> {
    let dash = parting_dash(head);
    let colon = if is_first { head.find(": ") } else { None };
    let end = dash.into_iter().chain(colon).min()?;
    let place = head[..end].trim_end();
    let shouted = place.split(',').next()?;
    let words = shouted.split_whitespace().count();
    let shouts = shouted.chars().count() >= 3 && is_upper(shouted) && words <= if Some(end) == dash { 4 } else { 3 };
    // American papers set an em dash, and name the region.
    let sure = match (Some(end) == dash, head[end..].trim_start().starts_with(['—', '-']), place.contains(',')) {
        (true, true, _) | (true, _, true) => 0.8,
        (true, ..) => 0.7,
        _ => 0.65,
    };
    // `Rabat - La coopérative` says nothing of itself; what else says that an agency wrote it tells.
    let is_title =
        Some(end) == dash && words <= 3 && shouted.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let follows = head[dash_end(head, end)..].starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"');
    // `بيروت ـ قالت`
    let is_joined = !is_cased(shouted) && words <= 2 && head[end..].starts_with(" ـ ");
    let sure = if is_joined {
        0.75
    } else if shouts {
        sure
    } else {
        TITLE
    };
    let stands = shouts || is_first && (is_title && follows || is_joined);
    (stands && place.len() <= 60 && is_place(place, limits))
        .then(|| ((0, place.len()), Vec::new(), dash_end(head, end), sure))
}

/// How sure a place in small letters is, where no agency stands beside it.
const TITLE: f32 = 0.5;

/// Where the first dash with white space around it stands, or the first em dash with white space behind it; with the white space before it.
fn parting_dash(head: &str) -> Option<usize> {
    // The first bytes of what may part: `-`, `–`, `—`, `_`, `ـ`, `/`.
    let may_part = |byte: &u8| matches!(byte, b'-' | b'_' | b'/' | 0xE2 | 0xD9);
    let bytes = head.as_bytes();
    let first = memchr3(b'-', b'_', b'/', bytes).into_iter().chain(memchr2(0xE2, 0xD9, bytes)).min()?;
    (first..).zip(&bytes[first..]).filter(|(_, byte)| may_part(byte)).find_map(|(at, _)| {
        let dash = ["-", "–", "—", "_", "ـ", "/"].into_iter().find(|dash| head[at..].starts_with(dash))?;
        let is_spaced = head[..at].ends_with(' ');
        let behind = &head[at + dash.len()..];
        let twice = match dash {
            "-" => behind.starts_with("- "),
            "/" => behind.starts_with("/ "),
            _ => false,
        };
        let parts = dash != "/" && behind.starts_with(' ') && (is_spaced || dash == "—") || is_spaced && twice;
        parts.then(|| at - usize::from(is_spaced))
    })
}

/// Past white space and dashes.
fn dash_end(head: &str, from: usize) -> usize {
    let rest = head[from..].trim_start_matches(['\u{A0}', ' ', '.', ',', ':', '=', '/']);
    let rest = rest.trim_start_matches(DASHES).trim_start_matches(['\u{A0}', ' ', '.', ',', ':', '=', '/']);
    head.len() - rest.len()
}

/// What stands behind a dateline; agencies of old had no dash and set an underscore.
const DASHES: [char; 7] = ['-', '–', '—', '―', '−', 'ـ', '_'];

/// Bytes from the last digit of a date to its end: `3 сентября.`
const LONGEST_MONTH: usize = 24;

fn is_cased(text: &str) -> bool {
    text.chars().any(|c| c.is_uppercase() || c.is_lowercase())
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Whether text can be the places and the date of a dateline: few words, the names among them with capitals, and no sentence.
fn is_place(text: &str, limits: &Limits) -> bool {
    let words: Vec<&str> = text.split([' ', '\u{A0}', '/']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > limits.place_words || text.contains(['?', '!', '"', '“', ';', '«']) {
        return false;
    }
    // A stop within ends an abbreviation or a date: `MADRID 3 May.`, `Butler, Pa.`
    let sentence = words.windows(2).any(|pair| {
        let is_date = pair[1].starts_with(char::is_numeric) || is_upper(pair[0]);
        pair[0].ends_with('.') && pair[0].chars().count() > 6 && !is_date
    });
    let first = words[0].chars().next().unwrap_or(' ');
    if !first.is_alphabetic() || first.is_lowercase() || sentence {
        return false;
    }
    let small = words.iter().filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    if text.chars().any(char::is_uppercase) {
        // `Rio de Janeiro`, `3 may`, `Frankfurt am Main`
        small * 2 < words.len().max(2)
    } else {
        words.len() <= 6
    }
}

/// The places and the date of a dateline, of which `mention` is the first expression of time.
#[allow(clippy::type_complexity, reason = "ranges, used once")]
fn divide(
    head: &str,
    (start, end): (usize, usize),
    mention: Option<Span>,
) -> (Vec<(usize, usize)>, Option<(usize, usize)>) {
    let text = &head[start..end];
    let digit = text.find(|c: char| c.is_numeric()).unwrap_or(text.len());
    let mut place_end = mention.map_or(text.len(), |span| span.start as usize).min(digit);
    let date = mention
        .map(|span| (start + span.start as usize, start + span.end as usize))
        .or_else(|| (digit < text.len()).then(|| (start + digit, start + text.trim_end_matches([' ', '.']).len())));
    // The region behind the first comma is no place of its own.
    place_end = text[..place_end].find([',', '،', '(', '[']).unwrap_or(place_end);
    let mut places = Vec::new();
    let mut at = 0;
    for piece in text[..place_end].split(['/', '·']) {
        let name = piece.trim_matches([' ', '.', ',', '-', '–', '—', '\u{A0}']);
        if !name.is_empty() {
            let from = start + at + piece.find(name).unwrap_or(0);
            places.push((from, from + name.len()));
        }
        at += piece.len() + 1;
    }
    (places, date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraphs::paragraphs;

    #[track_caller]
    fn check(text: &str, places: &[&str], agencies: &[&str], date: &str) {
        let near = "2024-05-06".parse().ok();
        let paragraph = paragraphs(text)[0];
        let language = Language::detect(text).or(Language::of("en"));
        let found = dateline(paragraph, language, &Limits::default()).map(|found| found.near(near));
        let Some(found) = found else {
            assert!(places.is_empty() && agencies.is_empty(), "no dateline in {text}");
            return;
        };
        assert_eq!(found.places.iter().map(|span| span.of(text)).collect::<Vec<_>>(), places, "{text}");
        assert_eq!(found.agencies.iter().map(|(agency, _)| agency.key).collect::<Vec<_>>(), agencies, "{text}");
        assert_eq!(found.date.map_or("", |(span, _)| span.of(text)), date, "{text}");
    }

    #[test]
    fn places_agencies_and_dates() {
        check("MARROW BAY, Kessia (Reuters) - The port closed.", &["MARROW BAY"], &["reuters"], "");
        check("VELM, May 3 (Xinhua) -- Exports rose.", &["VELM"], &["xinhua"], "May 3");
        check("VELM, May 3. /TASS/. The ministry spoke.", &["VELM"], &["tass"], "May 3");
        check("(ANSA) - ROMA, 03 MAG - Il traghetto.", &["ROMA"], &["ansa"], "03 MAG");
        check("Velm/Berlin (dpa/AFP) - Der Streit.", &["Velm", "Berlin"], &["dpa", "afp"], "");
        check("(서울=연합뉴스) 한소율 기자 = 항구가", &["서울"], &["yonhap"], "");
        check("新华社维尔姆5月3日电 港口周二关闭。", &["维尔姆"], &["xinhua"], "5月3日");
        check("دمشق-سانا", &["دمشق"], &["sana"], "");
        check("فيلم (أ ف ب) - أغلق الميناء", &["فيلم"], &["afp"], "");
        check("VELM, Maine (AP) _ The last cannery.", &["VELM"], &["ap"], "");
        check("Москва. 3 мая. Интерфакс - Банк", &["Москва"], &["interfax"], "3 мая");
        check("Velm, June 12 (IANS) Actress Ada Renn", &["Velm"], &["ians"], "June 12");
        check("Wellington, May 3 NZPA - A man", &["Wellington"], &["nzpa"], "May 3");
        check("København /ritzau/ Laden brændte.", &["København"], &["ritzau"], "");
        check("[東京 3日 ロイター] - 納屋が焼けた。", &["東京"], &["reuters"], "3日");
        check("VELM, 3 мая. /Корр. ТАСС Ада Ренн/. Рыбаки", &["VELM"], &["tass"], "3 мая");
        check("(ANSA) - Rome, March 3 - A street", &["Rome"], &["ansa"], "March 3");
        check("بيروت ـ قالت وكالة", &["بيروت"], &[], "");
        check("【ソウル＝田宮直樹】韓国の", &["ソウル"], &[], "");
        check("DUBAI // Growth will slow.", &["DUBAI"], &[], "");
        check("LONDON — The museum has lost.", &["LONDON"], &[], "");
        check("NEW DELHI: The court will hear it.", &["NEW DELHI"], &[], "");
    }

    #[test]
    fn dashes_that_part() {
        let forms = [" - ", " – ", " — ", " -- ", "— ", " _ ", " ـ ", " // "];
        let pieces = ["-", "–", "—", " ", "a", "_", "/"];
        for k in 0..7_usize.pow(6) {
            let head: String = (0..6).map(|place| pieces[k / 7_usize.pow(place) % 7]).collect();
            let expected = forms.iter().filter_map(|form| head.find(form)).min();
            assert_eq!(parting_dash(&head), expected, "{head:?}");
        }
    }

    #[test]
    fn two_agencies_and_none() {
        check("BEIRUT (AP/AFP) — The road is open.", &["BEIRUT"], &["ap", "afp"], "");
        check("MILLERS GROVE, PA - A lorry overturned.", &["MILLERS GROVE"], &[], "");
        check("(AP Photo/Lena Ost) A horse came home.", &[], &[], "");
        check("The union (AFP) said nothing.", &[], &[], "");
        check("He read it in a report (Reuters) and left.", &[], &[], "");
        check("NOTE: this story was changed.", &["NOTE"], &[], "");
        check("Ferry - boat or bridge?", &[], &[], "");
        check("Old Harbour - The long way home", &["Old Harbour"], &[], "");
        check("FERRY POLLS ARE WRONG, JUST TOO EARLY - a comment", &["FERRY POLLS ARE WRONG"], &[], "");
    }
}
