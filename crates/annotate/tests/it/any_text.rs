//! What holds of any text: spans lie inside it and on characters, mentions stand in order and not over each other, and nothing fails.

use copydesk_annotate::{Field, Language, Limits, Printed, corrections, dates, origin, published};
use copydesk_model::Caption;
use proptest::prelude::*;

/// Pieces of which texts are made that look like something.
const SOUP: [&str; 84] = [
    "Correction:",
    "CORRECTION",
    "(Corrects",
    "An earlier version of this article",
    "misstated",
    "was amended on",
    "UPDATE 2-",
    "Editor’s note:",
    "not",
    "تصحيح:",
    "This story has been corrected to",
    "“",
    "Monday",
    "May",
    "May 3",
    "Feb. 30",
    "2024",
    "2,024",
    "1998",
    "31",
    "99999999999",
    "the",
    "last",
    "next",
    "week",
    "year",
    "years",
    "ago",
    "two",
    "a",
    "and a half",
    "'90s",
    "s",
    "third quarter",
    "of",
    "in",
    "on",
    "to",
    "-",
    "–",
    "—",
    "/",
    ".",
    ",",
    ":",
    "(",
    ")",
    "\"",
    "\n\n",
    "\n",
    "Reuters",
    "AFP",
    "AP",
    "dpa",
    "told",
    "said",
    "(Reporting by Ana Tovik; Editing by Bo Lind)",
    "By Ana Tovik",
    "©",
    "Copyright",
    "Photo:",
    "File",
    "LONDON",
    "VELM, May 3 (Xinhua) --",
    "الخميس",
    "٣ مايو ٢٠٢٤",
    "قبل عامين",
    "رويترز",
    "1445 هـ",
    "Donnerstagabend",
    "vor zwei Jahren",
    "🙂",
    "é",
    "\u{200F}",
    "新华社北京5月3日电",
    "¥",
    "$",
    "%",
    "p.m.",
    "11",
    "B.E.",
    "2567",
    "1/2",
    "every",
];

pub(crate) fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec((0..SOUP.len(), proptest::bool::weighted(0.8)), 0..40).prop_map(|pieces| {
        pieces.iter().map(|(piece, spaced)| format!("{}{}", SOUP[*piece], if *spaced { " " } else { "" })).collect()
    })
}

fn check_dates(text: &str) {
    for tag in Language::tags() {
        let language = Language::of(tag).expect("it is listed");
        for published in [None, "2024-05-03".parse().ok(), "9999-12-31".parse().ok(), "-9999-01-01".parse().ok()] {
            let found = dates(text, published, language);
            let mut end = 0;
            for mention in &found {
                assert!(
                    text.get(mention.span.range()).is_some_and(|text| !text.trim().is_empty()),
                    "{mention:?} in {text:?}"
                );
                assert!(mention.span.start >= end, "{mention:?} in {text:?}");
                assert!((0.0..=1.0).contains(&mention.confidence));
                end = mention.span.end;
                if let Some((first, last)) = mention.days() {
                    assert!(first <= last, "{mention:?}");
                }
                if let Ok(value) = mention.value {
                    assert!(!value.to_string().is_empty());
                }
            }
        }
    }
}

fn check_notices(text: &str) {
    let mut end = 0;
    for notice in corrections(text, None, Language::unknown(), &Limits::default()) {
        assert!(
            notice.span.start >= end && text.get(notice.span.range()).is_some_and(|text| !text.is_empty()),
            "{notice:?}"
        );
        end = notice.span.end;
        for span in [notice.wrong, notice.right, notice.day.map(|(span, _)| span)].into_iter().flatten() {
            assert!(
                span.start >= notice.span.start && span.end <= end && text.get(span.range()).is_some(),
                "{notice:?}"
            );
        }
    }
}

fn check_origin(text: &str, other: &str) {
    let captions = [
        Caption { text: other.to_owned(), credit: text.to_owned() },
        Caption { text: text.to_owned(), credit: String::new() },
    ];
    let printed = Printed {
        byline: other,
        date: other,
        published: other,
        captions: &captions,
        body: text,
        url: other,
        fetched_at: other,
        language: "",
    };
    let limits = Limits::default();
    let found = origin(&printed, &limits);
    let field = |field: Field| match field {
        Field::Headline => unreachable!("no clipping is read by its headline"),
        Field::Byline => printed.byline,
        Field::Body => printed.body,
        Field::Url => printed.url,
        Field::DateLine => printed.date,
        Field::Metadata => printed.published,
        Field::Fetched => printed.fetched_at,
        Field::Caption(at) => &captions[usize::from(at)].text,
        Field::Credit(at) => &captions[usize::from(at)].credit,
    };
    let people = found.people.iter().map(|person| person.evidence);
    let credits = found.credits.iter().map(|(_, credit)| credit.evidence);
    for evidence in found.wrote.iter().chain(&found.quoted).map(|one| one.evidence).chain(people).chain(credits) {
        assert!(field(evidence.field).get(evidence.span.range()).is_some(), "{evidence:?}");
    }
    for (_, credit) in &found.credits {
        for span in credit.people.iter().chain(&credit.holders) {
            assert!(field(credit.evidence.field).get(span.range()).is_some(), "{credit:?}");
        }
    }
    if let Some(dateline) = &found.dateline {
        let date = dateline.date.map(|(span, _)| span);
        for span in dateline.places.iter().chain([&dateline.span]).chain(&date) {
            assert!(text.get(span.range()).is_some(), "{dateline:?}");
        }
    }
    let when = published(&printed, &limits);
    for evidence in when.evidence.iter().chain(when.refused.iter().map(|(evidence, _)| evidence)) {
        assert!(field(evidence.field).get(evidence.span.range()).is_some(), "{evidence:?}");
    }
    if let (Some(first), Some(last)) = (when.earliest, when.latest) {
        assert!(first <= last);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn texts_that_look_like_news(text in text(), other in text()) {
        check_dates(&text);
        check_notices(&text);
        check_origin(&text, &other);
    }

    #[test]
    fn any_characters(text in "\\PC{0,60}", other in "\\PC{0,30}") {
        check_dates(&text);
        check_notices(&text);
        check_origin(&text, &other);
    }
}

#[test]
fn long_and_odd_texts() {
    check_dates("");
    // Many beginnings of rules, none of which ends.
    check_dates(&"the last the next of the ".repeat(4_000));
    check_dates(&"one hundred ".repeat(4_000));
    check_dates(&"1998-".repeat(4_000));
    check_notices(&"an earlier version of this article an ".repeat(4_000));
    check_notices(&"This story has been corrected to \n\n".repeat(4_000));
    check_notices(&"Correction\n".repeat(4_000));
    check_origin(&"(AP) ".repeat(4_000), "");
    check_origin(&"AP\n\n".repeat(4_000), "");
    // What is read name by name would take hours here.
    let names = "AP\n".repeat(200_000);
    check_origin(&names, &names);
}
