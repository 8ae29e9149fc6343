use copydesk_model::Role;
use copydesk_split::{Evidence, Split, Splitter, blocks, explain, sightings, split};
use proptest::prelude::*;

/// Lines as pages have them: menus, paragraphs, captions, dates, scripts of all kinds, and noise.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(" ".to_owned()),
        "[A-Z][a-z]{2,9}( [A-Z]?[a-z]{2,9}){0,5}",
        "[A-Z][a-z]{2,9}( [a-z]{1,9}){8,40}[.?!]",
        "[A-Z][a-z]{2,9}( [a-z]{2,9}){5,12} \\([A-Z][a-z]{2,8}\\)",
        "[\\u{4e00}-\\u{4e20}、]{3,60}。",
        "[ا-ي]{2,8}( [ا-ي]{2,8}){3,20}\\.",
        "[0-9]{1,2} May 20[0-9]{2}, [0-9]{2}:[0-9]{2}",
        "\\* [a-z]{3,12}",
        "\\PC{0,60}",
        "[\\u{0}-\\u{1f}\\u{a0}\\u{200b}-\\u{200f}\\u{2028}\\u{feff}]{0,5}\\PC{0,20}",
    ]
}

fn page() -> impl Strategy<Value = String> {
    (prop::collection::vec((line(), prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n"), Just("\r")]), 0..60))
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

fn evidence(n: usize, seed: u64) -> Vec<Evidence> {
    (0..n as u64)
        .map(|k| {
            let r = (k + 1).wrapping_mul(seed | 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
            Evidence {
                captures: (r % 30) as u32,
                left: (r / 30 % 9) as u8,
                right: (r / 300 % 9) as u8,
                settled: r / 3000 % 2 == 1,
                urls: (r / 6000 % 33) as u8,
            }
        })
        .collect()
}

/// The text without white space and what prints nothing.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

fn check(text: &str, split: &Split) -> Result<(), TestCaseError> {
    let joined: String = split.blocks.iter().map(|b| b.span.of(text)).collect();
    prop_assert!(split.blocks.is_empty() || joined == text, "the parts laid end to end are not the capture");
    prop_assert_eq!(split.blocks.len(), blocks(text).len());
    prop_assert_eq!(split.clippings.len(), split.masked.len());
    for (n, clipping) in split.clippings.iter().enumerate() {
        prop_assert_eq!(clipping.ordinal as usize, n);
        prop_assert!(!clipping.body.is_empty(), "a clipping without a body");
        prop_assert_eq!(clipping.body.len(), split.masked[n].len());
        // the body is the text of its blocks, in order: nothing invented, nothing lost, nothing moved
        let of = |role: Role| split.blocks.iter().filter(move |b| b.role == role && b.clipping == Some(n as u32));
        let body: Vec<String> = of(Role::Body).map(|b| letters(b.text.of(text))).collect();
        prop_assert_eq!(&clipping.body.iter().map(|p| letters(p)).collect::<Vec<_>>(), &body);
        let printed = letters(text);
        for part in [&clipping.headline, &clipping.kicker, &clipping.byline, &clipping.date] {
            prop_assert!(printed.contains(&letters(part)), "{part:?} does not stand in the capture");
        }
        for caption in &clipping.captions {
            prop_assert!(printed.contains(&letters(&caption.text)) && printed.contains(&letters(&caption.credit)));
        }
    }
    for block in &split.blocks {
        if block.role == Role::Body {
            prop_assert!(block.clipping.is_some(), "a paragraph of no story");
        }
        if matches!(block.role, Role::Furniture | Role::Teaser) {
            prop_assert!(block.clipping.is_none(), "furniture in a story");
        }
        prop_assert!(block.clipping.is_none_or(|c| (c as usize) < split.clippings.len()));
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_capture_comes_apart_whole(text in page(), seed: u64) {
        check(&text, &split("", &text, &[]))?;
        let evidence = evidence(blocks(&text).len(), seed);
        check(&text, &split("https://harbour-post.example/news/ferry-sails-again", &text, &evidence))?;
        prop_assert_eq!(sightings(&text, &blocks(&text)).len(), evidence.len());
    }

    #[test]
    fn what_was_read_before_cannot_be_seen(texts in prop::collection::vec(page(), 1..5), seed: u64) {
        let mut splitter = Splitter::new();
        for _ in 0..2 {
            for text in &texts {
                let evidence = evidence(blocks(text).len(), seed);
                let (once, again) = (split("", text, &evidence), splitter.split("", text, &evidence));
                prop_assert_eq!(once.blocks, again.blocks);
                prop_assert_eq!(once.clippings, again.clippings);
                prop_assert_eq!(once.masked, again.masked);
            }
        }
    }

    #[test]
    fn explaining_changes_nothing(text in page()) {
        let (explained, reasons) = explain("", &text, &[]);
        prop_assert_eq!(explained.blocks, split("", &text, &[]).blocks);
        prop_assert!(reasons.iter().all(|r| r.margin >= 0.0));
    }

    #[test]
    fn line_ends_do_not_matter(text in page()) {
        let plain = text.replace("\r\n", "\n").replace('\r', "\n");
        let dos = plain.replace('\n', "\r\n");
        prop_assert_eq!(split("", &plain, &[]).clippings, split("", &dos, &[]).clippings);
    }
}
