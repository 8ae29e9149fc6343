//! Texts that a matcher easily takes for one story, or for two, when they are not.

use std::collections::BTreeSet;

use copydesk_model::Capture;
use copydesk_pipeline::{Funnel, Options, Quiet, View, add};

use crate::made_up::Draw;

/// An archive of pages with one story each.
struct Made {
    _folder: tempfile::TempDir,
    view: View,
    funnel: Funnel,
}

impl Made {
    fn of(pages: impl IntoIterator<Item = Capture>) -> Self {
        let pages: Vec<Capture> = pages.into_iter().collect();
        let folder = tempfile::tempdir().unwrap();
        let funnel = add(folder.path(), pages.into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
        let view = View::open(folder.path(), &Options::default()).unwrap();
        Self { _folder: folder, view, funnel }
    }

    /// The stories on a page.
    fn on(&self, page: &str) -> BTreeSet<String> {
        let stories: BTreeSet<String> =
            self.view.clippings_in(page).unwrap().into_iter().map(|clipping| clipping.story).collect();
        assert!(!stories.is_empty(), "no story stands on {page}");
        stories
    }

    /// Every pair of pages that has a story in common.
    #[track_caller]
    fn apart(&self, pages: &[&str]) {
        for (k, a) in pages.iter().enumerate() {
            for b in &pages[..k] {
                assert!(self.on(a).is_disjoint(&self.on(b)), "{a} and {b} are no one story");
            }
        }
    }

    #[track_caller]
    fn together(&self, pages: &[&str]) {
        for page in &pages[1..] {
            assert_eq!(self.on(page), self.on(pages[0]), "{page} and {} are one story", pages[0]);
        }
    }
}

fn page(id: &str, day: usize, headline: &str, paragraphs: &[String]) -> Capture {
    Capture {
        id: id.to_owned(),
        url: format!("https://{id}.example/{day}"),
        fetched_at: format!("2024-05-{:02}T06:00:00Z", day % 28 + 1),
        text: format!("{headline}\n\n{}\n", paragraphs.join("\n\n")),
        ..Capture::default()
    }
}

/// Paragraphs of words that come in no other story.
fn story(seed: u64, paragraphs: usize) -> Vec<String> {
    let mut draw = Draw(seed);
    (0..paragraphs).map(|_| draw.paragraph()).collect()
}

#[test]
fn fillings_of_one_form_are_as_many_stories() {
    let weather = |town: &str, high: u32, low: u32, wind: &str| {
        vec![
            format!(
                "The weather in {town} stays changeable over the next days, the weather service of the county said this morning."
            ),
            format!(
                "Temperatures will reach {high} degrees in the afternoon and fall to {low} degrees at night, with wind from the {wind}."
            ),
            format!(
                "Those who travel around {town} should expect delays near the bridges, and check the timetable before they leave home."
            ),
        ]
    };
    let towns =
        [("Brenn", 12, 3, "west"), ("Corrin", 19, 8, "south"), ("Dale", 7, 1, "north"), ("Elm", 23, 14, "east")];
    let pages = towns.iter().enumerate().map(|(k, (town, high, low, wind))| {
        page(&town.to_lowercase(), k, &format!("The weather in {town}"), &weather(town, *high, *low, wind))
    });
    Made::of(pages).apart(&["brenn", "corrin", "dale", "elm"]);
}

#[test]
fn results_of_one_league_are_as_many_stories() {
    let result = |home: &str, guest: &str, goals: u32, lost: u32, crowd: u32, scorer: &str| {
        vec![
            format!(
                "{home} beat {guest} {goals} to {lost} on Saturday in front of {crowd} spectators in the second division of the county league."
            ),
            format!(
                "{scorer} scored first after {} minutes, and added another from the spot {} minutes before the end of the match.",
                goals * 9,
                lost + 4
            ),
            format!(
                "{home} now stand in place {goals} with {} points, while {guest} wait for their next match away from home on Wednesday evening.",
                crowd % 60
            ),
        ]
    };
    let made = Made::of([
        page("one", 1, "Harbour beat Mill", &result("Harbour", "Mill", 3, 1, 2114, "Osk")),
        page("two", 1, "Castle beat Bridge", &result("Castle", "Bridge", 5, 2, 871, "Venn")),
        page("three", 1, "Forest beat Lake", &result("Forest", "Lake", 2, 0, 4406, "Tarry")),
        page("four", 1, "Abbey beat Quarry", &result("Abbey", "Quarry", 4, 3, 1290, "Lund")),
    ]);
    made.apart(&["one", "two", "three", "four"]);
}

#[test]
fn a_live_blog_that_has_moved_on_is_another_story() {
    // Every fetch has lost its oldest entries and has new ones: neighbours share most of their text, the ends none.
    let entries = story(40, 40);
    let blog = |k: usize| page(&format!("blog{k:02}"), k, &format!("Live at {k} o'clock"), &entries[k * 3..k * 3 + 10]);
    let made = Made::of((0..10).map(blog));
    made.apart(&["blog00", "blog09"]);
    made.apart(&["blog01", "blog08"]);
}

#[test]
fn five_hundred_copies_are_one_story() {
    let body = story(41, 9);
    let mut draw = Draw(41);
    let copies = (0..500).map(|k| {
        let mut own = body.clone();
        // A paper's copy: cut at the end, a word changed, its own first line.
        own.truncate(6 + draw.below(4));
        let at = draw.below(own.len());
        own[at] = own[at].replacen(' ', &format!(" {} ", ["said", "then", "also", "once"][draw.below(4)]), 1);
        page(&format!("paper{k:03}"), draw.below(28), "Ferry back in service", &own)
    });
    let made = Made::of(copies);
    assert_eq!((made.funnel.stories, made.funnel.clippings), (1, 500), "{:?}", made.funnel);
    // A bucket costs no more than its size: not every copy met every other.
    assert!(made.funnel.pairs_compared < 500 * 12, "{:?}", made.funnel);
}

#[test]
fn a_brief_and_the_report_that_it_begins_are_two_stories() {
    let report = story(42, 60);
    let words = |paragraphs: &[String]| paragraphs.join(" ").split_whitespace().count();
    let brief = &report[..1];
    assert!(words(brief) <= 45 && words(&report) > 1500, "{} {}", words(brief), words(&report));
    let made = Made::of([page("report", 1, "All about the ferry", &report), page("brief", 1, "In brief", brief)]);
    made.apart(&["report", "brief"]);
}

#[test]
fn a_press_release_under_other_headlines_is_one_story() {
    let body = story(43, 6);
    let made = Made::of(
        ["Company opens new yard", "Hundreds of jobs for the harbour", "Yard opens", "What the town hoped for"]
            .iter()
            .zip(["one", "two", "three", "four"])
            .map(|(headline, id)| page(id, 1, headline, &body)),
    );
    made.together(&["one", "two", "three", "four"]);
    assert_eq!(made.funnel.versions, 1);
}

#[test]
fn a_story_whose_numbers_were_corrected_is_one_story_in_two_versions() {
    let mut body = story(44, 5);
    body[0] = format!("At least 14 people were hurt when the pier gave way on Sunday. {}", body[0]);
    body[2] = format!("The pier was built in 1911 for 200 visitors a day. {}", body[2]);
    let mut corrected = body.clone();
    corrected[0] = corrected[0].replace("14 people", "17 people");
    corrected[2] = corrected[2].replace("1911", "1912");
    let made = Made::of([page("first", 1, "Pier gives way", &body), page("second", 2, "Pier gives way", &corrected)]);
    made.together(&["first", "second"]);
    assert_eq!((made.funnel.stories, made.funnel.versions), (1, 2));
}

#[test]
fn a_translation_is_another_story() {
    let english = [
        "The ferry to the islands sailed again on Monday after nine weeks in the yard, the port authority of the county said.",
        "More than 400 passengers waited at the old pier in the morning, and the first crossing left with a delay of 20 minutes.",
    ];
    let german = [
        "Die Fähre zu den Inseln ist am Montag nach neun Wochen in der Werft wieder ausgelaufen, teilte die Hafenbehörde des Kreises mit.",
        "Mehr als 400 Fahrgäste warteten am Morgen am alten Anleger, und die erste Überfahrt begann mit 20 Minuten Verspätung.",
    ];
    let of = |lines: [&str; 2]| lines.map(str::to_owned);
    let made = Made::of([
        page("english", 1, "Ferry sails again", &of(english)),
        page("german", 1, "Fähre fährt wieder", &of(german)),
    ]);
    made.apart(&["english", "german"]);
}

#[test]
fn a_page_of_quotes_is_not_the_stories_that_it_quotes() {
    let stories: Vec<Vec<String>> = (0..10).map(|k| story(50 + k, 7)).collect();
    // A tenth of it from each of ten, a third of each of them in it, and words of its own between.
    let mut draw = Draw(60);
    let quotes: Vec<String> =
        stories.iter().flat_map(|story| [story[1].clone(), story[3].clone(), draw.paragraph()]).collect();
    let mut pages: Vec<Capture> = stories
        .iter()
        .enumerate()
        .map(|(k, body)| page(&format!("story{k}"), k, &format!("Story {k}"), body))
        .collect();
    pages.push(page("quotes", 12, "What was said this week", &quotes));
    let made = Made::of(pages);
    let names: Vec<String> = (0..10).map(|k| format!("story{k}")).collect();
    let mut all: Vec<&str> = names.iter().map(String::as_str).collect();
    all.push("quotes");
    made.apart(&all);
}
