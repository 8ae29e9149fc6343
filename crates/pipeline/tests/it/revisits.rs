//! A visit that found a page unchanged is a capture with that page, wherever the page is: in the same call or in the archive.

use std::sync::Mutex;

use copydesk_model::{Capture, Html, Outcome, Refused};
use copydesk_pipeline::{Forget, Options, Progress, Quiet, View, add, forget, verify};

use crate::{
    equal::tables,
    made_up::{Named, pages, visit},
};

type Record = Result<Capture, Refused>;

/// Sixty pages, and forty visits that found some of them again: the captures that these come to, and the visits as they are read.
fn pages_and_visits() -> (Vec<Capture>, Vec<Capture>, Vec<Record>) {
    let pages = pages(21, 60);
    let visits = (0..40).map(|k| visit(&pages[k * 7 % 60], k, Named::ALL[k % 4]));
    let (expected, visits) = visits.unzip();
    (pages, expected, visits)
}

fn options() -> Options {
    Options { threads: 1, ..Options::default() }
}

#[track_caller]
fn added(calls: &[Vec<Record>], options: &Options) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for records in calls {
        add(folder.path(), records.iter().cloned(), options, &Quiet).unwrap();
    }
    folder
}

#[test]
fn a_visit_is_a_capture_of_its_own_with_the_page_it_names() {
    let (pages, expected, visits) = pages_and_visits();
    let ok = |captures: &[Capture]| captures.iter().cloned().map(Ok).collect::<Vec<Record>>();
    // What it comes to when the crawler had kept each page again.
    let whole = tables(added(&[[ok(&pages), ok(&expected)].concat()], &options()).path());
    assert_eq!(whole["captures"].len(), 100);

    let pages = ok(&pages);
    let few = Options { threads: 3, batch_bytes: 30_000, batch_rows: 7, memory: 64 << 20, ..Options::default() };
    let calls = |records: &[Record], n: usize| records.chunks(n).map(<[Record]>::to_vec).collect::<Vec<_>>();
    for (calls, options) in [
        (vec![[&pages[..], &visits].concat()], options()),
        (vec![[&visits[..], &pages].concat()], options()),
        (vec![[&visits[..], &pages].concat()], few.clone()),
        (vec![pages.clone(), visits.clone()], options()),
        ([calls(&pages, 12), calls(&visits, 8)].concat(), few),
    ] {
        let found = tables(added(&calls, &options).path());
        for (table, rows) in &whole {
            assert_eq!(&found[table], rows, "table {table}, {} calls", calls.len());
        }
    }
}

#[test]
fn the_same_visit_again_changes_nothing() {
    let (pages, _, visits) = pages_and_visits();
    let folder = added(&[pages.into_iter().map(Ok).collect(), visits.clone()], &options());
    let before = (tables(folder.path()), View::open(folder.path(), &options()).unwrap().commit());
    let funnel = add(folder.path(), visits, &options(), &Quiet).unwrap();
    assert_eq!((funnel.outcomes["kept"], funnel.outcomes["duplicate"], funnel.renamed), (0, 40, 0));
    assert_eq!((tables(folder.path()), View::open(folder.path(), &options()).unwrap().commit()), before);
}

/// A page that came as HTML, and a visit to it under another URL.
fn html_and_visit() -> (Capture, Record) {
    let html = "<html><head><meta property='og:title' content='Ferry back in service after nine weeks'></head><body><article>\
                <h1>Ferry back in service after nine weeks</h1><p>The ferry sailed again on Monday after nine weeks in the yard, the \
                port said. More than 400 passengers were aboard.</p></article></body></html>";
    let page = Capture {
        id: "page".into(),
        url: "https://harbour-post.example/ferry".into(),
        fetched_at: "2024-05-03T18:00:00Z".into(),
        digest: "sha1:FERRY".into(),
        html: Some(Box::new(Html { bytes: html.into(), charset: String::new(), is_xhtml: false })),
        ..Capture::default()
    };
    let (_, visit) =
        visit(&Capture { url: "https://m.harbour-post.example/ferry".into(), ..page.clone() }, 0, Named::Digest);
    (page, visit)
}

#[test]
fn what_the_markup_said_comes_with_the_page() {
    let (page, visit) = html_and_visit();
    let folder = added(&[vec![Ok(page)], vec![visit]], &options());
    let rows: Vec<serde_json::Value> =
        tables(folder.path())["captures"].iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(
        (rows.len(), &rows[0]["site"], &rows[1]["site"]),
        (2, &"harbour-post.example".into(), &"m.harbour-post.example".into())
    );
    for column in ["text", "digest", "about", "marks"] {
        assert!(rows[0][column] == rows[1][column] && !rows[0][column].to_string().is_empty(), "{column}");
    }
    assert!(rows[0]["about"].to_string().contains("Ferry back in service after nine weeks"));
    let stories = View::open(folder.path(), &options()).unwrap().stories(10).unwrap();
    assert_eq!((stories.len(), stories[0].clippings), (1, 2));
}

/// Keeps what was refused.
#[derive(Default)]
struct Told(Mutex<Vec<Refused>>);

impl Progress for Told {
    fn refused(&self, refused: &Refused) {
        self.0.lock().unwrap().push(refused.clone());
    }
}

#[track_caller]
fn told(dir: &std::path::Path, records: Vec<Record>) -> Vec<(Outcome, String)> {
    let told = Told::default();
    let funnel = add(dir, records, &options(), &told).unwrap();
    let refused = told.0.into_inner().unwrap();
    for refused in &refused {
        assert!(funnel.outcomes[refused.outcome.name()] > 0 && refused.revisit.is_none());
    }
    refused.into_iter().map(|refused| (refused.outcome, refused.to_string())).collect()
}

#[test]
fn a_visit_without_its_page_is_counted_and_finds_it_later() {
    let (pages, expected, visits) = pages_and_visits();
    let folder = tempfile::tempdir().unwrap();
    let told = told(folder.path(), visits.clone());
    assert_eq!(told.len(), 40);
    for (outcome, message) in told {
        assert_eq!(outcome, Outcome::Unresolved);
        assert!(message.starts_with("visits.warc:") && message.contains("add the crawl that has it"), "{message}");
    }
    let pages = pages.into_iter().map(Ok).collect::<Vec<Record>>();
    add(folder.path(), pages.clone(), &options(), &Quiet).unwrap();
    let funnel = add(folder.path(), visits, &options(), &Quiet).unwrap();
    assert_eq!((funnel.outcomes["kept"], funnel.outcomes["unresolved"]), (40, 0));
    let whole = added(&[pages, expected.into_iter().map(Ok).collect()], &options());
    assert_eq!(tables(folder.path()), tables(whole.path()));
}

#[test]
fn what_was_forgotten_does_not_come_back_by_a_visit() {
    let (page, by_digest) = html_and_visit();
    let (_, by_url) = visit(&page, 1, Named::UrlAndTime);
    let (_, by_id) = visit(&page, 2, Named::Id);
    // A page that stays, so that there is something to be found.
    let other = pages(22, 1).remove(0);
    let start = vec![Ok(page.clone()), Ok(other)];
    let visits = vec![by_digest, by_url, by_id];
    let story = |dir: &std::path::Path| {
        let view = View::open(dir, &options()).unwrap();
        Forget::Story(view.clippings_in("page").unwrap()[0].story.clone())
    };
    let whats: [&dyn Fn(&std::path::Path) -> Forget; 3] =
        [&|_| Forget::Url(page.url.clone()), &|_| Forget::Capture(page.id.clone()), &story];
    for what in whats {
        let folder = added(std::slice::from_ref(&start), &options());
        let what = what(folder.path());
        forget(folder.path(), std::slice::from_ref(&what), "", &options(), &Quiet).unwrap();
        let before = tables(folder.path());
        for (outcome, message) in told(folder.path(), visits.clone()) {
            assert_eq!(outcome, Outcome::Forgotten, "{what:?}: {message}");
            assert!(!message.contains("harbour-post"), "{message}");
        }
        assert_eq!(tables(folder.path()), before);
        let verified = verify(folder.path(), &options(), &Quiet).unwrap();
        assert!(verified.problems.is_empty(), "{:?}", verified.problems);
        // The same bytes under an address of their own may come: the visit has a page then.
        if let Forget::Url(_) = what {
            let again =
                Capture { id: "again".into(), url: "https://m.harbour-post.example/ferry".into(), ..page.clone() };
            assert_eq!(told(folder.path(), vec![Ok(again)]), []);
            let outcomes: Vec<Outcome> = told(folder.path(), visits.clone()).into_iter().map(|told| told.0).collect();
            assert_eq!(outcomes, [Outcome::Forgotten; 2], "those of the address that was forgotten");
        }
    }
}
