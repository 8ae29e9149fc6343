//! The pages of a made-up archive, to be looked at without the engine:
//!
//!     cargo run --release -p copydesk-web --example look [PORT]
//!     node scripts/browser.mjs MODULES --at http://127.0.0.1:PORT
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout, reason = "an example")]

#[allow(dead_code)]
#[path = "../tests/it/made_up.rs"]
mod made_up;

use std::sync::Arc;

use copydesk_web::{Annotation, Archive, Caption, Clipping, Failure, Mention, Notice, Options, Story, Version, serve};

fn annotation(
    what: &str,
    value: &str,
    name: &str,
    (field, text): (&str, &str),
    rule: &str,
    confidence: f32,
) -> Annotation {
    Annotation {
        what: what.into(),
        value: value.into(),
        name: name.into(),
        field: field.into(),
        text: text.into(),
        end: text.len() as u32,
        rule: rule.into(),
        confidence,
        ..Annotation::default()
    }
}

fn mention(body: &str, text: &str, value: &str, (first, last): (&str, &str), open: &str) -> Mention {
    let start = body.find(text).expect("it stands in the body");
    Mention {
        start: start as u32,
        end: (start + text.len()) as u32,
        text: text.into(),
        kind: if value.starts_with('P') { "DURATION" } else { "DATE" }.into(),
        value: value.into(),
        first: first.into(),
        last: last.into(),
        open: open.into(),
        rule: "weekday".into(),
        confidence: 0.9,
    }
}

/// A story with everything that a page can show.
fn barrier() -> (Story, Vec<(String, String)>) {
    let id = "00c0ffee00c0ffee";
    let body = "PORT ALDER, May 3 (Meridian) - The flood barrier at the mouth of the Sund failed its third test on Thursday, the harbour office said, and will not close \
        again before the end of 2024.\n\nA ferry that was to pass waited for four hours. “We had hoped for less,” its captain told Boreal. It had been in repair for 416 days, \
        and nobody remembers a spring like that of 1953.\n\nThe council meets on Monday; engineers will report in the third quarter.\n\n(Reporting by Mara Lindqvist and Tor Aas)";
    let older = body.replace("third test", "second test").replace("four hours", "two hours");
    let versions: Vec<String> = (1..=2).map(|number| format!("{id}{number:016x}")).collect();
    let annotations = vec![
        annotation("agency", "meridian", "Meridian News", ("body", "(Meridian) -"), "dateline", 0.97),
        annotation("quoted", "boreal", "Boreal", ("body", "told Boreal"), "told", 0.8),
        annotation("person", "Mara Lindqvist", "", ("body", "Mara Lindqvist"), "reporting-by", 0.95),
        annotation("person", "Tor Aas", "", ("body", "Tor Aas"), "reporting-by", 0.95),
        annotation("place", "Port Alder", "", ("body", "PORT ALDER"), "dateline", 0.97),
        annotation("published", "2024-05-03", "", ("date-line", "Friday, May 3, 2024"), "date-line", 0.9),
        annotation(
            "refused",
            "after-fetched",
            "after the page was fetched",
            ("metadata", "2034-05-03"),
            "metadata",
            0.97,
        ),
        annotation("credit-person", "Ana Brekke", "", ("credit", "Ana Brekke/Meridian"), "slash", 0.9),
    ];
    let sites = ["harbour-post.example", "northern-ledger.example", "coastweekly.example", "harbour-post.example"];
    let clippings = sites.iter().enumerate().map(|(at, site)| Clipping {
        id: format!("barrier {at}#0"),
        capture: format!("barrier {at}"),
        url: format!("https://{site}/2024/05/03/barrier"),
        site: (*site).into(),
        fetched_at: format!("2024-05-0{}T0{}:10:00Z", 3 + at, at),
        version: versions[usize::from(at > 1)].clone(),
        headline: "Flood Barrier Fails Its Third Test".into(),
        kicker: "Harbour".into(),
        byline: "By Mara Lindqvist and Tor Aas".into(),
        date: "Friday, May 3, 2024".into(),
        captions: vec![Caption { text: "The barrier on Thursday.".into(), credit: "Ana Brekke/Meridian".into() }],
        words: 80 + at as u32,
        origin: "wire".into(),
        section: "harbour".into(),
        annotations: annotations.clone(),
        ..Clipping::default()
    });
    let notice = Notice {
        kind: "correction".into(),
        text: "Correction: an earlier version of this story said that the second test had failed.".into(),
        rule: "correction".into(),
        confidence: 0.95,
    };
    let version = |at: usize| Version {
        id: versions[at].clone(),
        words: 80,
        first_seen: format!("2024-05-0{}T00:10:00Z", 3 + at * 2),
        last_seen: format!("2024-05-0{}T03:10:00Z", 4 + at * 2),
        clippings: 2,
        previous: if at == 0 { String::new() } else { versions[at - 1].clone() },
        severity: if at == 0 { String::new() } else { "number".into() },
        changes: at as u32 * 2,
        notices: if at == 0 { Vec::new() } else { vec![notice.clone()] },
    };
    let story = Story {
        id: id.into(),
        version: versions[1].clone(),
        headline: "Flood Barrier Fails Its Third Test".into(),
        first_seen: "2024-05-03T00:10:00Z".into(),
        last_seen: "2024-05-06T03:10:00Z".into(),
        body: body.into(),
        corrected: true,
        language: "en".into(),
        published_from: "2024-05-03".into(),
        published_to: "2024-05-03".into(),
        published_by: "date-line".into(),
        origin: "wire".into(),
        section: "harbour".into(),
        first_sites: vec!["harbour-post.example".into(), "northern-ledger.example".into()],
        first_by: "published".into(),
        mentions: vec![
            mention(body, "May 3", "2024-05-03", ("2024-05-03", "2024-05-03"), ""),
            mention(body, "Thursday", "2024-05-02", ("2024-05-02", "2024-05-02"), ""),
            mention(body, "the end of 2024", "2024", ("2024-01-01", "2024-12-31"), ""),
            mention(body, "416 days", "P416D", ("", ""), ""),
            mention(body, "1953", "1953", ("1953-01-01", "1953-12-31"), ""),
            mention(body, "Monday", "2024-05-06", ("2024-05-06", "2024-05-06"), ""),
            mention(body, "the third quarter", "", ("", ""), "which-year"),
        ],
        versions: vec![version(0), version(1)],
        clippings: clippings.collect(),
    };
    (story, vec![(versions[0].clone(), older), (versions[1].clone(), body.into())])
}

fn lighthouse() -> (Story, Vec<(String, String)>) {
    let id = "00c0ffee00c0ffff";
    let body = "رأس السنديان (سحاب) - أضاءت المنارة القديمة البحر من جديد مساء الجمعة بعد ثلاثين عاماً من العتمة.\n\nوقال المهندسون إن إعادة تشغيلها استغرقت سنتين.";
    let version = format!("{id}{id}");
    let clipping = Clipping {
        id: "lighthouse#0".into(),
        capture: "lighthouse".into(),
        url: "https://sahel-sindian.example/2024/05/11/manara".into(),
        site: "sahel-sindian.example".into(),
        fetched_at: "2024-05-11T06:00:00Z".into(),
        version: version.clone(),
        headline: "منارة رأس السنديان تضيء من جديد".into(),
        byline: "منى الساحلي".into(),
        words: 22,
        origin: "wire".into(),
        annotations: vec![
            annotation("agency", "sahab", "سحاب", ("body", "(سحاب) -"), "dateline", 0.97),
            annotation("person", "منى الساحلي", "", ("byline", "منى الساحلي"), "byline", 0.9),
            annotation("place", "رأس السنديان", "", ("body", "رأس السنديان"), "dateline", 0.97),
            annotation("published", "2024-05-11", "", ("url", "2024/05/11"), "url", 0.95),
        ],
        ..Clipping::default()
    };
    let story = Story {
        id: id.into(),
        version: version.clone(),
        headline: "منارة رأس السنديان تضيء من جديد".into(),
        first_seen: "2024-05-11T06:00:00Z".into(),
        last_seen: "2024-05-11T06:00:00Z".into(),
        body: body.into(),
        language: "ar".into(),
        published_from: "2024-05-11".into(),
        published_to: "2024-05-11".into(),
        published_by: "url".into(),
        origin: "wire".into(),
        first_sites: vec!["sahel-sindian.example".into()],
        first_by: "fetched".into(),
        mentions: vec![
            mention(body, "مساء الجمعة", "2024-05-10TEV", ("2024-05-10", "2024-05-10"), ""),
            mention(body, "ثلاثين عاماً", "P30Y", ("", ""), ""),
        ],
        versions: vec![Version { id: version.clone(), words: 22, clippings: 1, ..Version::default() }],
        clippings: vec![clipping],
        ..Story::default()
    };
    (story, vec![(version, body.into())])
}

fn main() {
    let port = std::env::args().nth(1).map_or(0, |port| port.parse().expect("a port"));
    let mut archive = made_up::stories(300);
    archive.stories.iter_mut().for_each(|story| story.language = "en".into());
    for (story, bodies) in [barrier(), lighthouse()] {
        archive.bodies.insert(story.id.clone(), bodies.into_iter().collect());
        archive.stories.push(story);
    }
    archive.forgotten.insert("00c0ffee00c0fff0".into(), "a person asked for it".into());
    let folder = tempfile::tempdir().expect("a folder");
    let options =
        Options { address: ([127, 0, 0, 1], port).into(), index_dir: folder.path().join("index"), hosts: Vec::new() };
    let archive: Arc<dyn Archive> = Arc::new(archive);
    let open = move || -> Result<Arc<dyn Archive>, Failure> { Ok(Arc::clone(&archive)) };
    serve(Box::new(open), options, |at| println!("http://{at}"), Box::new(|_| {})).expect("it is served");
}
