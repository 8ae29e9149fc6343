//! Each page, feed and citation, and what HTTP asks of them.

use copydesk_web::{Annotation, Mention, Notice};

use crate::{
    client::{escaped, get, send},
    made_up::{MadeUp, served, stories},
};

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let made = stories(60);
    let changed = made.stories.iter().find(|story| story.versions.len() > 1).unwrap().id.clone();
    let served = served(made);
    let mut seen = std::collections::BTreeSet::new();
    let mut waiting =
        std::collections::VecDeque::from(["/".to_owned(), "/?q=ferry".to_owned(), format!("/story/{changed}")]);
    while let Some(address) = waiting.pop_front() {
        if seen.len() == 400 || !seen.insert(address.clone()) {
            continue;
        }
        let response = get(served.at, &address);
        assert!(matches!(response.status, 200 | 308), "{address}: {}", response.status);
        if response.header("content-type").starts_with("text/html") {
            for link in response
                .text()
                .split("href=\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&").replace("&#39;", "'"))
            {
                if let Some(link) = link.strip_prefix('/') {
                    waiting.push_back(format!("/{}", link.split('#').next().unwrap()));
                }
            }
        }
    }
    assert!(["/sources", "/help", "/api", "/api/v1/openapi.json"].iter().all(|page| seen.contains(*page)));
    assert!(seen.iter().any(|page| page.contains("/diff?")) && seen.iter().any(|page| page.starts_with("/capture?")));
}

#[test]
fn parts_of_queries_are_set_as_such_on_the_page_of_help() {
    let page = get(served(stories(3)).at, "/help").text();
    assert!(page.contains("also <code>body:</code> and <code>caption:</code></td>") && !page.contains('`'), "{page}");
}

#[test]
fn a_story_by_any_of_its_ids() {
    let made = stories(40);
    let story = made.stories.iter().find(|story| story.versions.len() > 1).unwrap().clone();
    let served = served(made);
    let page = get(served.at, &format!("/story/{}", story.id)).text();
    assert!(
        page.contains("Where it stood")
            && page.contains("Why these are one story")
            && page.contains("<h2>Versions</h2>")
    );
    let other = &story.versions[1].id;
    let moved = get(served.at, &format!("/story/{other}"));
    assert_eq!(
        (moved.status, moved.header("location")),
        (308, format!("/story/{}?version={other}", story.id).as_str())
    );
    assert_eq!(get(served.at, moved.header("location")).status, 200);
    let moved = get(served.at, &format!("/api/v1/stories/{other}/diff?only=number"));
    assert_eq!(
        (moved.status, moved.header("location")),
        (308, format!("/api/v1/stories/{}/diff?only=number", story.id).as_str())
    );
    // What cannot be used is refused wherever the id leads.
    for (id, wrong) in [(other, "view=1"), (other, "only="), (&story.id, "only="), (&story.id, "colour=red")] {
        assert_eq!(get(served.at, &format!("/api/v1/stories/{id}/diff?{wrong}")).status, 400, "{wrong}");
    }
    let answer = get(served.at, &format!("/api/v1/stories/{}", story.id)).json();
    assert_eq!(answer["story"]["versions"].as_array().unwrap().len(), story.versions.len());
    assert!(answer["story"]["versions"][1]["body"].as_str().unwrap().len() > 5);
    let diff = get(served.at, &format!("/api/v1/stories/{}/diff", story.id)).json();
    assert!(!diff["changes"].as_array().unwrap().is_empty());
    for (missing, status) in [("0000000000000000", 404), ("zz", 404), ("%00", 404), ("..%2f..%2fetc", 404)] {
        assert_eq!(get(served.at, &format!("/story/{missing}")).status, status, "{missing}");
        assert_eq!(
            get(served.at, &format!("/api/v1/stories/{missing}")).header("content-type"),
            "application/problem+json"
        );
    }
}

/// Each column is its own version, marked or not, and what is only printed differently is marked in a way of its own.
#[test]
fn a_difference_shows_each_version_as_printed() {
    let mut made = stories(40);
    let story = made.stories.iter().find(|story| story.versions.len() == 2).unwrap().clone();
    let bodies = made.bodies.get_mut(&story.id).unwrap();
    let texts = [
        "It was 13 degrees and a lorry paid €1,500 at the old pier.",
        "It was -13 degrees and a lorry paid $1,500 at the Old pier.",
    ];
    for (version, text) in story.versions.iter().zip(texts) {
        bodies.insert(version.id.clone(), text.to_owned());
    }
    let served = served(made);
    for only in ["", "?only=number", "?only=removed"] {
        let page = get(served.at, &format!("/story/{}/diff{only}", story.id)).text();
        let cells = page.rsplit("<tr").next().unwrap().split("</tr>").next().unwrap();
        let columns: Vec<String> = cells.split("<td").skip(1).map(visible).collect();
        assert_eq!(columns, texts, "{only}");
    }
    let page = get(served.at, &format!("/story/{}/diff", story.id)).text();
    for marked in
        ["<del class=\"number\">13</del>", "<ins class=\"number\">-13</ins>", "<del class=\"cosmetic\">old</del>"]
    {
        assert!(page.contains(marked), "{marked}: {page}");
    }
    assert!(page.contains("0 of 1 paragraphs are unchanged"), "{page}");
}

/// The text of a cell, without its tags.
fn visible(cell: &str) -> String {
    let text: String = cell.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
    text.replace("&#36;", "$").trim().to_owned()
}

#[test]
fn feeds_and_citations() {
    let made = stories(80);
    let id = made.stories[3].id.clone();
    let served = served(made);
    let rss = get(served.at, "/feed.rss?q=ferry").text();
    assert!(rss.starts_with("<?xml") && rss.contains("<item>") && rss.contains("copydesk: ferry"), "{rss}");
    let atom = get(served.at, "/feed.atom?q=ferry&limit=3").text();
    assert_eq!(atom.matches("<entry>").count(), 3);
    let json = get(served.at, "/feed.json?site=harbour-post.example").json();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert!(json["items"].as_array().unwrap().len() > 5);
    assert!(get(served.at, &format!("/story/{id}/cite.bib")).text().starts_with("@online{copydesk"));
    assert_eq!(get(served.at, &format!("/story/{id}/cite.json")).json()[0]["type"], "article-newspaper");
}

#[test]
fn what_http_asks_for() {
    let served = served(stories(30));
    let ask = |head: &str| send(served.at, &format!("{head}\r\nConnection: close\r\n\r\n"));
    let page = ask("GET / HTTP/1.1\r\nHost: localhost:1");
    let tag = page.header("etag").to_owned();
    assert!(tag.contains("W/\"1-"), "{tag}");
    let again = ask(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {tag}"));
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(ask("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: W/\"0-x\"").status, 200);
    let packed = ask("GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip");
    assert_eq!((packed.header("content-encoding"), &packed.body[..2]), ("gzip", &[0x1f, 0x8b][..]));
    let streamed = ask("GET /export.csv HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(streamed.body.as_slice()), &mut text).unwrap();
    assert!(text.starts_with("# copydesk"), "{text}");
    assert_eq!(
        ask("GET /export.csv HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip;q=0").header("content-encoding"),
        ""
    );
    let head = ask("HEAD / HTTP/1.1\r\nHost: localhost");
    assert_eq!((head.status, head.body.len()), (200, 0));
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let refused = ask(&format!("{method} /api/v1/stories HTTP/1.1\r\nHost: localhost"));
        assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    for host in ["evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example:80"] {
        assert_eq!(ask(&format!("GET / HTTP/1.1\r\nHost: {host}")).status, 421, "{host}");
    }
    for host in ["127.0.0.1:8000", "[::1]:8000", "localhost"] {
        assert_eq!(ask(&format!("GET / HTTP/1.1\r\nHost: {host}")).status, 200, "{host}");
    }
}

#[test]
fn questions_that_make_no_sense_say_so_at_the_character() {
    let served = served(stories(20));
    let check = |address: &str, status: u16, says: &str| {
        let problem = get(served.at, &format!("/api/v1/stories?{address}"));
        assert_eq!((problem.status, problem.header("content-type")), (status, "application/problem+json"), "{address}");
        assert!(problem.json()["detail"].as_str().unwrap().contains(says), "{address}: {}", problem.text());
        if address.len() > 65_000 {
            return;
        }
        let page = get(served.at, &format!("/?{address}"));
        assert_eq!((page.status, page.header("content-type")), (status, "text/html; charset=utf-8"), "{address}");
    };
    check("q=title:(ferry", 400, "never closed");
    assert_eq!(get(served.at, "/api/v1/stories?q=title:(ferry").json()["at"], 6);
    check(&format!("q={}", escaped("published:[2024-06-30 TO 2024-01-01]")), 400, "ends before it begins");
    check("from=2024-06&to=2024-01", 400, "end before they begin");
    check(&format!("q={}", "a".repeat(5_000)), 400, "5000 bytes");
    check(&format!("q={}", "a".repeat(100_000)), 414, "the most");
    check("after=nowhere", 400, "no place");
    check("limit=-1", 400, "from 1 to");
    check("colour=red", 400, "no parameter");
    assert_eq!(get(served.at, "/export.csv?limit=3").status, 400);
    assert_eq!(get(served.at, "/export.txt").status, 404);
    assert_eq!(get(served.at, "/api/v1/nothing").header("content-type"), "application/problem+json");
}

#[test]
fn an_empty_archive_has_its_pages() {
    let served = served(MadeUp { commit: 1, ..MadeUp::default() });
    for page in ["/", "/sources", "/help", "/api", "/export.csv", "/export.parquet", "/feed.atom"] {
        assert_eq!(get(served.at, page).status, 200, "{page}");
    }
    assert!(get(served.at, "/").text().contains("0 stories"));
}

#[test]
fn what_was_forgotten_is_gone_and_says_why() {
    let mut made = stories(5);
    let story = "00c0ffee00c0fff0";
    let version = format!("{story}{story}");
    for (id, reason) in
        [(story, "a person asked for it"), (version.as_str(), ""), ("page of a person", "a court said so")]
    {
        made.forgotten.insert(id.to_owned(), reason.to_owned());
    }
    let served = served(made);
    for (address, says) in [
        (format!("/story/{story}"), "a person asked for it"),
        (format!("/story/{}", story.to_uppercase()), "a person asked for it"),
        (format!("/story/{story}/diff"), "a person asked for it"),
        (format!("/story/{story}/cite.bib"), "a person asked for it"),
        (format!("/story/{version}"), "no reason was given"),
        (format!("/capture?id={}", escaped("page of a person")), "a court said so"),
    ] {
        let answer = get(served.at, &address);
        assert_eq!(answer.status, 410, "{address}");
        assert!(answer.text().contains(says), "{address}: {}", answer.text());
    }
    let answer = get(served.at, &format!("/api/v1/stories/{story}"));
    assert_eq!((answer.status, answer.header("content-type")), (410, "application/problem+json"));
    assert!(answer.json()["detail"].as_str().unwrap().contains("a person asked for it"));
    assert_eq!(get(served.at, &format!("/api/v1/stories/{version}/diff")).status, 410);
    assert_eq!(get(served.at, "/story/00c0ffee00c0fff1").status, 404);
}

#[test]
fn every_value_of_a_story_shows_what_it_was_read_from() {
    let mut made = stories(3);
    let story = &mut made.stories[0];
    story.body = "It closed on Thursday.\n\nIt reopens in the third quarter.".into();
    let mention = |text: &str, value: &str, day: &str, open: &str| {
        let start = story.body.find(text).unwrap() as u32;
        Mention {
            start,
            end: start + text.len() as u32,
            text: text.into(),
            value: value.into(),
            first: day.into(),
            last: day.into(),
            open: open.into(),
            rule: "weekday".into(),
            confidence: 0.9,
            ..Mention::default()
        }
    };
    story.mentions =
        vec![mention("Thursday", "2024-05-02", "2024-05-02", ""), mention("the third quarter", "", "", "which-year")];
    let read = |what: &str, value: &str, name: &str, text: &str| Annotation {
        what: what.into(),
        value: value.into(),
        name: name.into(),
        field: "body".into(),
        text: text.into(),
        rule: "dateline".into(),
        confidence: 0.97,
        ..Annotation::default()
    };
    story.clippings.iter_mut().for_each(|clipping| clipping.annotations.clear());
    story.clippings[0].annotations = vec![
        read("agency", "meridian", "Meridian News", "(Meridian) -"),
        read("refused", "after-fetched", "after it was fetched", "2034-05-03"),
        read("section", "harbour", "", "/harbour/"),
    ];
    (story.origin, story.section) = ("wire".into(), "harbour".into());
    (story.published_from, story.published_to) = (String::new(), "2024-05-09".into());
    story.published_by = "fetched".into();
    story.first_sites = vec!["a.example".into(), "b.example".into()];
    story.first_by = "published".into();
    story.versions[0].notices =
        vec![Notice { kind: "correction".into(), text: "An earlier version was wrong.".into(), ..Notice::default() }];
    let id = story.id.clone();
    let page = get(served(made).at, &format!("/story/{id}")).text();
    for shown in [
        "<time class=\"known\" datetime=\"2024-05-02\" tabindex=\"0\" aria-describedby=\"moment-0\">Thursday",
        "id=\"moment-0\"",
        "mentions_from=2024-05-02",
        "Left open: which-year",
        "a news agency&#39;s story",
        "<q dir=\"ltr\">(Meridian) -</q>",
        "rule dateline, 97 % sure",
        "refused: after it was fetched",
        "<q dir=\"ltr\">/harbour/</q>",
        "on 2024-05-09 or before, as the time of fetching alone says",
        "published on the same day",
        "<aside class=\"notices\"",
        "An earlier version was wrong.",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}
