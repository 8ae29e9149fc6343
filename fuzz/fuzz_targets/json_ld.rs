//! Any bytes as what a page says about itself. The first byte chooses where they stand: JSON-LD, a meta's content, a date, a line.
#![no_main]

use copydesk_html::{Limits, read};
use copydesk_model::Html;
use libfuzzer_sys::fuzz_target;

/// Places, in which `@` stands for the bytes.
const PLACES: [&str; 6] = [
    "<script type=application/ld+json>@</script><h1>Ferry</h1><p>It sails.",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\",\"articleBody\":\"@\"}</script><p>It sails again.",
    "<meta property=article:published_time content=\"@\"><meta name=author content=\"@\"><title>@</title><p>It sails.",
    "<h1>Ferry</h1><p class=byline>@<time datetime=\"@\">3 May</time><p>It sails.",
    "<div itemscope itemtype=http://schema.org/Article><span itemprop=datePublished>@</span><span itemprop=author>@</span></div>",
    "<html lang=\"@\"><meta property=og:title content=\"@\"><meta property=og:site_name content=\"@\"><title>@ | @</title><h1>@</h1>",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let page: Vec<&[u8]> = PLACES[usize::from(first) % PLACES.len()].split('@').map(str::as_bytes).collect();
    let html = Html { bytes: page.join(rest), charset: "utf-8".to_owned(), ..Html::default() };
    let Ok(page) = read(&html, "https://post.example/2024/05/03/ferry", &Limits::default()) else { return };
    assert_eq!(page.markup.marks.len(), page.text.lines().filter(|line| !line.is_empty()).count());
    for said in &page.markup.about.said {
        assert!(!said.value.is_empty() && said.value.len() <= 3_000, "{said:?}");
    }
});
