//! What holds for every page, however broken: no panic, a mark a block, the same twice, and time that grows as the page does.

use std::time::Instant;

use copydesk_html::{Limits, Page, Refusal, read};
use copydesk_model::{Html, Outcome};
use proptest::prelude::*;

use crate::{any_bytes, soup};

fn page(bytes: impl Into<Vec<u8>>) -> Result<Page, Refusal> {
    let bytes = bytes.into();
    let _ = any_bytes::check(&bytes, "");
    let html = Html { bytes, charset: String::new(), ..Html::default() };
    let page = read(&html, "", &Limits::default());
    if let Ok(page) = &page {
        let blocks = copydesk_split::blocks(&page.text);
        assert_eq!(blocks.len(), page.markup.marks.len(), "blocks of {:?}", page.text);
        assert_eq!(blocks.iter().map(|block| block.span.of(&page.text)).collect::<String>(), page.text);
        assert!(blocks.iter().all(|block| block.is_folded), "{:?}", page.text);
    }
    page
}

/// What pages are made of beside [`soup::PIECES`].
const MORE: &[&str] = &[
    "<div class=story-body>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<br/>",
    "<math>",
    "<iframe srcdoc='<p>x",
    "'>",
    "<select>",
    "<option>",
    "</select>",
    "<pre>",
    "</pre>",
    "<figcaption>",
    "&nbsp;",
    "&#x110000;",
    " ",
    "word",
    "two words",
    "\u{200b}",
    "港",
    "<caption>",
    "<tbody>",
    "<foreignObject>",
    "<desc>",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![prop::sample::select([soup::PIECES, MORE].concat()).prop_map(str::to_owned), "\\PC{0,3}",];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = page(bytes);
    }

    #[test]
    fn any_soup_is_read_or_refused(soup in soup()) {
        let _ = page(soup);
    }

    #[test]
    fn any_page_may_break_off(soup in soup(), at in any::<prop::sample::Index>()) {
        let bytes = soup.into_bytes();
        let at = at.index(bytes.len() + 1);
        let _ = page(&bytes[..at]);
    }
}

/// Time that this thread had a processor, where the system says so (Linux): a busy machine fails no test.
struct Clock(Instant, Option<u64>);

impl Clock {
    fn now() -> Clock {
        Clock(Instant::now(), Clock::on_processor())
    }

    fn on_processor() -> Option<u64> {
        std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split_ascii_whitespace().next()?.parse().ok()
    }

    fn seconds(&self) -> f64 {
        match (self.1, Clock::on_processor()) {
            (Some(from), Some(to)) => (to - from) as f64 / 1e9,
            _ => self.0.elapsed().as_secs_f64(),
        }
    }
}

/// Pages that others need minutes for. Each is made for a number of pieces, about a megabyte in the larger case.
fn nasty() -> Vec<(&'static str, String)> {
    let n = 100_000;
    vec![
        ("div in div", "<div>".repeat(n) + "x"),
        ("div in div, closed by others", "<div>".repeat(n) + &"</span>".repeat(n) + "x"),
        ("span in span, closed by others", "<span>".repeat(n) + &"</b></i></x-y>".repeat(n) + "x"),
        ("formatting in formatting", "<b><i><font>".repeat(n / 2) + &"x</b>".repeat(n / 2)),
        ("formatting over paragraphs", "<b><i><u><a>".repeat(8) + &"<p>x".repeat(n)),
        ("links in links", "<a href=x>x".repeat(n)),
        ("tables in cells", "<table><tr><td>x".repeat(n / 2)),
        (
            "end tags out of reach",
            "<section><table><tr><td>".to_owned() + &"<span>".repeat(n / 2) + &"</section>".repeat(n / 2) + "x",
        ),
        ("list items out of reach", "<div>".repeat(n / 2) + &"<li>x</li>".repeat(n / 2)),
        ("custom elements", (0..n / 2).map(|k| format!("<x-{k}>x")).collect()),
        ("custom elements, closed", "<x-a>".repeat(n / 2) + &"</x-b>".repeat(n / 2) + "x"),
        ("svg in svg", "<svg><g>".repeat(n / 2) + &"</p></div>".repeat(n / 2) + "x"),
        ("foreign and back", "<svg><foreignObject><div>x".repeat(n / 4)),
        ("frames in frames", "<iframe srcdoc='<p>x'></iframe>".repeat(n / 4)),
        ("comments that do not end", "x<!--".repeat(n)),
        ("scripts that do not end", "x<script><!--".repeat(n)),
        ("tags that do not end", "x<a ".repeat(n)),
        ("one attribute", format!("x<a title=\"{}", "y ".repeat(n * 4))),
        ("attributes", format!("x<a {}>y", "class=x id=y z".repeat(n))),
        ("one class", format!("<p class='{}'>x", "story-body ".repeat(n))),
        ("classes", (0..n / 2).map(|k| format!("<p class='post-{k} c{k}'>x")).collect()),
        ("ampersands", "&amp".repeat(n)),
        ("names that are none", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(n / 2)),
        ("numbers", format!("&#{};", "9".repeat(n * 4))),
        ("spaces", " \n&nbsp;".repeat(n) + "x"),
        ("breaks", "<br>".repeat(n) + "x"),
        ("rows", "<table>".to_owned() + &"<tr><td>a<td>b".repeat(n)),
        ("lesser than", "<".repeat(n * 4) + "x"),
        ("hidden in hidden", "<div hidden>".repeat(n) + &"x".repeat(200)),
        ("buttons and selects", "<button><select><option>x".repeat(n / 2)),
        ("ruby", "<ruby><rt>x".repeat(n)),
        ("headings", "<h1><h2>x".repeat(n)),
        ("questions in questions", "<details><summary>x</summary><p>y".repeat(n / 2)),
        ("struck in struck", "<s>x<strike>y".repeat(n / 2)),
        ("large letters in large letters", "<font size=5>x".repeat(n / 2)),
        ("preformatted lines", "<pre>".to_owned() + &"the ferry sails again, it was said\n".repeat(n / 2)),
        ("preformatted in preformatted", "<pre>x\n<xmp>y\n</xmp>".repeat(n / 2)),
        ("templates", "<template><td>".repeat(n / 2) + "x"),
        (
            "data of a script",
            format!(
                "<script>{{\"a\":[{}]}}</script>",
                "\"<p>it is a ferry that sails again and again and again and again and again\",".repeat(n / 4)
            ),
        ),
        ("quotes in a script", format!("<script>{}</script>", ":\"\\\",".repeat(n))),
        ("a script", format!("x<script>{}</script>y", "if(a<b){c='</p>'}".repeat(n * 3))),
    ]
}

/// The most that such a page may take, in milliseconds per MB: one of 1.5 MB in which each of 100,000 tags cost a walk up the stack would take minutes; this is
/// slack for busy machines.
const MOST_MS_PER_MB: f64 = 80.0;

/// Checks that none of these pages takes longer than its length allows, whatever is done with it.
#[track_caller]
fn check_costs(pages: Vec<(&'static str, String)>, done: impl Fn(&Html)) {
    let mut slow = Vec::new();
    for (name, source) in pages {
        let megabytes = source.len() as f64 / 1e6;
        // three times, as the machine may be busy with something else
        let cost = (0..3)
            .map(|_| {
                let html = Html { bytes: source.clone().into_bytes(), charset: String::new(), ..Html::default() };
                let start = Clock::now();
                done(&html);
                start.seconds() * 1e3 / megabytes
            })
            .fold(f64::MAX, f64::min);
        println!("{name:<34} {megabytes:>5.1} MB {cost:>7.1} ms/MB");
        if cost > MOST_MS_PER_MB {
            slow.push(format!("{name}: {cost:.0} ms per MB"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn no_nesting_costs_more_than_its_length() {
    check_costs(nasty(), |html| {
        let _ = read(html, "", &Limits::default());
    });
}

/// Pages of ten thousand parts, each with text: what is told of every story, list and picture must not look at all others.
fn full() -> Vec<(&'static str, String)> {
    let n = 10_000;
    let p =
        "<p>The ferry to the islands will sail again from Monday, the port of Halden said in a short note to all.</p>";
    let many = |part: &dyn Fn(usize) -> String| (0..n).map(part).collect::<String>();
    let told = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferries","author":[{"name":"Ada Renn"},{"name":"Bo Lind"}]}</script>"#;
    let story = |k: usize| {
        format!(
            "<div><h2>Ferry number {k} sails again</h2><address class=byline>By Cora Quist</address><b>Ada Renn helped</b>{p}{p}</div>"
        )
    };
    vec![
        ("stories", told.to_owned() + &many(&story)),
        ("articles", told.to_owned() + &many(&|k| format!("<article>{}</article>", story(k)))),
        (
            "sections of one story",
            "<h1>Ferries</h1>".to_owned() + &many(&|k| format!("<div><h3>Ferry {k}</h3>{p}</div>")),
        ),
        (
            "lists in one story",
            "<h1>Ferries</h1>".to_owned()
                + &many(&|k| format!("{p}<ul><li>One boat of {k} sails.<li>The other one stays.</ul>")),
        ),
        (
            "boxes in one story",
            "<h1>Ferries</h1>".to_owned()
                + &many(&|k| format!("{p}<div class=related><h4>More</h4><a href=/{k}>Boat {k}</a></div>")),
        ),
        (
            "pictures in one story",
            "<h1>Ferries</h1>".to_owned()
                + &many(&|k| {
                    format!("{p}<figure><img src={k}><figcaption>Boat {k}. Photo: Ada Renn</figcaption></figure>")
                }),
        ),
        (
            "titles twice",
            many(&|k| {
                format!(
                    "<h1>Ferry number {k} sails again</h1><p>Few words.</p><h1>Ferry number {k} sails again</h1>{p}"
                )
            }),
        ),
    ]
}

#[test]
fn no_number_of_stories_costs_more_than_their_length() {
    check_costs(full(), |html| {
        let page = read(html, "", &Limits::default()).unwrap();
        let split = copydesk_split::split_marked("", &page.text, &[], &page.markup);
        assert_eq!(split.blocks.len(), page.markup.marks.len());
    });
}

#[test]
fn telling_an_encoding_costs_no_more_than_the_page() {
    let html = Html {
        bytes: b"<p>caf\xe9 \xe0 la carte, d\xe9j\xe0 vu ".repeat(40_000),
        charset: String::new(),
        ..Html::default()
    };
    let start = Clock::now();
    let page = read(&html, "", &Limits::default());
    let cost = start.seconds() * 1e3 / (html.bytes.len() as f64 / 1e6);
    assert!(page.is_ok_and(|page| page.charset == "windows-1252"));
    assert!(cost < MOST_MS_PER_MB, "{cost:.0} ms per MB");
}

fn refused(bytes: impl Into<Vec<u8>>, outcome: Outcome) {
    let bytes = bytes.into();
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
    match page(bytes) {
        Ok(page) => panic!("{beginning:?} was read: {:?}", page.text),
        Err(refusal) => assert_eq!(refusal.outcome, outcome, "{beginning:?}: {refusal}"),
    }
}

#[test]
fn what_is_no_page_is_refused_by_name() {
    refused("", Outcome::Empty);
    refused(" \r\n\t", Outcome::Empty);
    refused("%PDF-1.7\n%\u{e2}\u{e3}", Outcome::NotText);
    refused(*b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Outcome::NotText);
    refused([0u8, 1, 2, 3].repeat(100), Outcome::NotText);
    refused("{\"title\": \"Ferry\"}", Outcome::NotHtml);
    refused("<?xml version=\"1.0\"?><rss><channel/></rss>", Outcome::NotHtml);
    refused("<html><body><div id=root></div><script>start()</script>", Outcome::NotHtml);
    refused(format!("<p title=\"{}", "x".repeat(1 << 20)), Outcome::NotHtml);
}

#[test]
fn what_the_server_says_makes_a_page_xhtml() {
    let source = "<html><head><script src='a.js'/></head><body><p>The ferry sails.</p></body></html>";
    assert_eq!(page(source).unwrap_err().outcome, Outcome::NotHtml);
    let html = Html { bytes: source.as_bytes().to_vec(), charset: String::new(), is_xhtml: true };
    assert_eq!(read(&html, "", &Limits::default()).unwrap().text, "The ferry sails.\n");
}

#[test]
fn a_page_beyond_a_limit_is_refused_by_name() {
    let html = |bytes: &str| Html { bytes: bytes.as_bytes().to_vec(), charset: String::new(), ..Html::default() };
    let limits = Limits { nodes: 100, bytes: 10_000, ..Limits::default() };
    let refusal = read(&html(&"<b>x".repeat(90)), "", &limits).unwrap_err();
    assert_eq!(refusal.outcome, Outcome::TooCostly, "{refusal}");
    assert!(refusal.message.contains("100"), "{refusal}");
    let refusal = read(&html(&"x".repeat(10_001)), "", &limits).unwrap_err();
    assert_eq!(refusal.outcome, Outcome::TooLarge, "{refusal}");
    assert!(read(&html("<p>x"), "", &limits).is_ok());
}
