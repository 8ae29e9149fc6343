//! A story that stood everywhere: its page and its answer stay small, and nothing of it is out of reach.

use copydesk_web::{Clipping, Story, Version};
use serde_json::Value;

use crate::{
    client::get,
    made_up::{MadeUp, served},
};

const ID: &str = "00c0ffee00c0ffee";

fn version(number: usize) -> String {
    format!("{ID}{number:016x}")
}

/// A story of so many clippings and versions; each clipping has a site, a headline and an author of its own.
fn long(clippings: usize, versions: usize) -> MadeUp {
    let mut story = Story { id: ID.into(), version: version(0), headline: "Ferry".into(), ..Story::default() };
    story.body = "The ferry sails again.".into();
    for number in 0..versions {
        let previous = if number == 0 { String::new() } else { version(number - 1) };
        story.versions.push(Version { id: version(number), words: 4, clippings: 1, previous, ..Version::default() });
    }
    for number in 0..clippings {
        let site = format!("paper-{number}.example");
        story.clippings.push(Clipping {
            id: format!("page-{number}#0"),
            capture: format!("page-{number}"),
            url: format!("https://{site}/ferry"),
            site,
            fetched_at: "2024-05-03T18:00:00Z".into(),
            version: version(number % versions),
            headline: format!("Ferry, says paper {number}"),
            captions: vec![copydesk_web::Caption { text: format!("Ferry {number}."), ..Default::default() }],
            annotations: vec![copydesk_web::Annotation {
                what: "person".into(),
                value: format!("Ana Aas {number}"),
                ..Default::default()
            }],
            words: 4,
            ..Clipping::default()
        });
    }
    let bodies = (0..versions).map(|number| (version(number), format!("The ferry sails again, {number}."))).collect();
    let mut made = MadeUp { commit: 1, stories: vec![story], ..MadeUp::default() };
    made.bodies.insert(ID.into(), bodies);
    made
}

/// The ids of a part of a list in the API's answer.
fn ids(answer: &Value, list: &str, id: &str) -> Vec<String> {
    let rows = if list == "relations" { &answer[list] } else { &answer["story"][list] };
    rows.as_array().unwrap().iter().map(|row| row[id].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_row_comes_a_part_at_a_time() {
    let served = served(long(450, 230));
    for (list, id, total) in [("clippings", "id", 450), ("versions", "id", 230), ("relations", "b", 229)] {
        let (mut all, mut address) = (Vec::new(), format!("/api/v1/stories/{ID}"));
        loop {
            let answer = get(served.at, &address).json();
            let part = ids(&answer, list, id);
            assert!(part.len() <= 100, "{address}");
            assert_eq!(answer["totals"][list], total);
            all.extend(part);
            match answer["next"][list].as_u64() {
                Some(next) => address = format!("/api/v1/stories/{ID}?{list}_after={next}"),
                None => break,
            }
        }
        let mut once = all.clone();
        once.sort();
        once.dedup();
        assert_eq!((all.len(), once.len()), (total, total), "{list}");
    }
    let answer = get(served.at, &format!("/api/v1/stories/{ID}?versions_after=220&limit=200")).json();
    assert_eq!(answer["story"]["versions"][9]["body"], "The ferry sails again, 229.");
    assert_eq!((ids(&answer, "clippings", "id").len(), &answer["next"]["clippings"]), (200, &200.into()));
    let beyond = get(served.at, &format!("/api/v1/stories/{ID}?clippings_after=900")).json();
    assert_eq!((ids(&beyond, "clippings", "id").len(), &beyond["next"]["clippings"]), (0, &Value::Null));
    for wrong in
        ["limit=0", "limit=201", "clippings_after=-1", "relations_after=x", "version=1", "after=3", "limit=1&limit=1"]
    {
        assert_eq!(get(served.at, &format!("/api/v1/stories/{ID}?{wrong}")).status, 400, "{wrong}");
    }
}

/// Links of a page, as they lead on.
fn links(page: &str) -> Vec<String> {
    page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&")).collect()
}

#[test]
fn its_page_leads_to_every_part() {
    let served = served(long(450, 230));
    let page = get(served.at, &format!("/story/{ID}")).text();
    for says in ["1 to 100 of 450", "1 to 100 of 230", "1 to 100 of 229", "and 410 more"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert_eq!(page.matches("href=\"/capture?").count(), 100);
    let (mut seen, mut next) = (Vec::new(), Some(format!("/story/{ID}")));
    while let Some(address) = next {
        let page = get(served.at, address.split('#').next().unwrap()).text();
        assert!(page.len() < 200_000, "{} bytes", page.len());
        seen.extend(links(&page).into_iter().filter(|link| link.starts_with("/capture?")));
        next = links(&page).into_iter().find(|link| {
            link.ends_with("#where-it-stood")
                && page.contains(&format!("{}\" rel=\"next\"", link.replace('&', "&#38;")))
        });
    }
    let total = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((total, seen.len()), (450, 450));
    // The part with the version that is shown; the choice stays when the lists go on.
    let page = get(served.at, &format!("/story/{ID}?version={}&clippings_after=100", version(217))).text();
    assert!(page.contains("<strong>218</strong>, shown") && page.contains("201 to 230 of 230"), "{page}");
    assert!(page.contains("101 to 200 of 450"));
    let on = links(&page).into_iter().find(|link| link.ends_with("clippings_after=200#where-it-stood")).unwrap();
    assert!(on.contains(&version(217)), "{on}");
    for wrong in ["clippings_after=x", "limit=900", "after=1", "colour=red"] {
        assert_eq!(get(served.at, &format!("/story/{ID}?{wrong}")).status, 400, "{wrong}");
    }
}

#[test]
fn all_of_it_comes_as_a_file() {
    let served = served(long(450, 230));
    let csv = get(served.at, &format!("/story/{ID}/clippings.csv"));
    assert!(csv.header("content-disposition").contains(&format!("copydesk-{ID}-clippings-")), "{csv:?}");
    assert_eq!(csv.text().lines().count(), 2 + 450);
    let lines = get(served.at, &format!("/story/{ID}/clippings.jsonl")).text();
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!((lines.lines().count(), last["clipping"].as_str()), (450, Some("page-449#0")));
    assert_eq!(last["version"], version(449 % 230));
    assert!(get(served.at, &format!("/story/{ID}/clippings.parquet")).body.starts_with(b"PAR1"));
    let moved = get(served.at, &format!("/story/{}/clippings.csv", version(3)));
    assert_eq!((moved.status, moved.header("location")), (308, format!("/story/{ID}/clippings.csv").as_str()));
    assert_eq!(get(served.at, &format!("/story/{ID}/clippings.csv?limit=3")).status, 400);
    let missing = get(served.at, "/story/00c0ffee00c0fff0/clippings.csv");
    assert_eq!((missing.status, missing.header("content-type")), (404, "application/problem+json"));
}

#[test]
fn no_cell_of_a_spreadsheet_is_calculated() {
    let mut made = long(3, 1);
    for (clipping, headline) in made.stories[0].clippings.iter_mut().zip(["=1+1", "@all, ferry", "Ferry"]) {
        clipping.headline = headline.into();
    }
    made.stories[0].headline = "-5 degrees at the ferry".into();
    let served = served(made);
    let csv = get(served.at, &format!("/story/{ID}/clippings.csv")).text();
    assert!(csv.lines().next().unwrap().ends_with("cells=a ' stands before text that would be a formula"), "{csv}");
    for cell in [",'=1+1,", ",\"'@all, ferry\",", ",Ferry,"] {
        assert!(csv.contains(cell), "{cell}: {csv}");
    }
    assert!(get(served.at, "/export.csv").text().contains(",'-5 degrees at the ferry,"));
    let lines = get(served.at, &format!("/story/{ID}/clippings.jsonl")).text();
    assert!(lines.contains("\"headline\":\"=1+1\""), "other formats have it as it is: {lines}");
}

#[test]
fn twenty_thousand_copies_are_a_small_page() {
    let served = served(long(20_000, 300));
    let page = get(served.at, &format!("/story/{ID}"));
    let answer = get(served.at, &format!("/api/v1/stories/{ID}"));
    assert!(page.body.len() < 200_000 && answer.body.len() < 200_000, "{} {}", page.body.len(), answer.body.len());
    // Nothing of it is counted anew for every row, which took a minute and a half.
    let begun = std::time::Instant::now();
    assert_eq!(get(served.at, &format!("/story/{ID}/clippings.jsonl")).text().lines().count(), 20_000);
    assert_eq!(get(served.at, "/export.csv?each=clipping").text().lines().count(), 2 + 20_000);
    assert!(begun.elapsed() < std::time::Duration::from_secs(30), "{:?}", begun.elapsed());
}
