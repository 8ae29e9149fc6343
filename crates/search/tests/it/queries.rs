//! What each part of the query language finds.

use copydesk_search::{Entry, Timeline, Unit, Wanted};

use crate::made_up::{ask, found, index, stories, story};

#[test]
fn every_part_of_a_query_finds_what_it_should() {
    let (_folder, index) = index(stories());
    let check = |query: &str, expected: &[u64]| assert_eq!(found(&index, query), expected, "{query}");
    check("", &[1, 2, 3, 4, 5, 6]);
    check("ferry", &[1, 2]);
    check("FERRY barrier", &[2]);
    check("barrier OR captain", &[1, 2]);
    check("ferry NOT barrier", &[1]);
    check("ferry -barrier", &[1]);
    check("NOT ferry", &[3, 4, 5, 6]);
    check("(barrier OR captain) AND (crowds OR bread)", &[1, 2]);
    check("\"outer skerries\"", &[1]);
    check("\"skerries outer\"", &[]);
    check("\"ferries skerries\"", &[]);
    check("\"ferries skerries\"~3", &[1]);
    check("Port-Alder", &[1]);
    check("skerr*", &[1]);
    check("title:sails", &[1]);
    check("title:barrier", &[2]);
    check("title:captain", &[]);
    check("body:captain", &[1]);
    check("caption:slipway", &[1]);
    check("slipway", &[1]);
    check("author:lindqvist", &[1, 2]);
    check("author:(aas OR nobody)", &[1]);
    check("author:tor", &[1]);
    check("author:lindqvist author:ana", &[2]);
    check("author:=\"Mara Lindqvist\"", &[1]);
    check("author:=\"mara lindqvist\"", &[]);
    check("agency:meridian", &[1]);
    check("agency:news", &[1]);
    check("agency:=\"Meridian News\"", &[1]);
    check("agency:=Meridian", &[1]);
    check("agency:=News", &[]);
    check("place:alder", &[1]);
    check("place:=\"Port Alder\"", &[1]);
    check("section:HARBOUR", &[1]);
    check("section:harbour*", &[1, 2]);
    check("origin:wire", &[1]);
    check("origin:(wire OR own)", &[1, 2]);
    check("mentions:2023", &[1]);
    check("mentions:2023-07-14", &[1]);
    check("mentions:2024-05-06", &[1, 2]);
    check("mentions:[2024-05-07 TO 2024-05-31]", &[2]);
    check("mentions:[2024-05-01 TO *]", &[1, 2]);
    check("mentions:[* TO 2022]", &[]);
    check("mentions:>2024", &[]);
    check("NOT mentions:2024", &[3, 4, 5, 6]);
    check("changed:number", &[1]);
    check("changed:headline", &[]);
    check("has:notice", &[1, 2]);
    check("has:mentions -has:agency", &[2]);
    check("site:coastweekly.example", &[1]);
    check("site:coast*", &[1]);
    check("site:coastweekly", &[]);
    check("lang:en", &[1, 2]);
    check("lang:AR", &[3]);
    check("lang:ja OR lang:th", &[4, 6]);
    check("published:2024-05", &[1, 3, 5]);
    check("published:[2024-04-14 TO 2024-05-03]", &[1, 2]);
    check("published:>2024-05-03", &[3, 5]);
    check("published:[* TO *]", &[1, 2, 3, 5]);
    check("has:correction", &[1]);
    check("has:versions", &[1]);
    check("copies:>3", &[1]);
    check("copies:4", &[1]);
    check("clippings:<6", &[2, 3, 4, 5, 6]);
    check("sites:2", &[1]);
    check("nothing", &[]);
}

#[test]
fn words_are_found_however_they_are_written() {
    let (_folder, index) = index(stories());
    let check = |query: &str, expected: &[u64]| assert_eq!(found(&index, query), expected, "{query}");
    // stems, per language
    check("ferries", &[1, 2]);
    check("repair", &[1]);
    check("Fähren", &[5]);
    check("fahre", &[5]);
    // apostrophes, accents, numbers
    check("doesnt", &[1]);
    check("don't", &[]);
    check("cafe", &[2]);
    check("1200", &[1]);
    check("1.200", &[1]);
    // Arabic without vowel signs, with another alif; words that only begin alike stay apart
    check("عاما", &[3]);
    check("اعادة", &[3]);
    check("\"رأس السنديان\"", &[3]);
    // scripts without spaces: whatever stands in a row
    check("渡し船", &[4]);
    check("船", &[4]);
    check("船渡", &[]);
    check("木造船が", &[4]);
    check("\"木造 船\"", &[4]);
    check("สามสิบ", &[6]);
    check("สิบสาม", &[]);
    check("渡し*", &[4]);
}

#[test]
fn facets_and_days_count_what_was_found() {
    let (_folder, index) = index(stories());
    let answer = ask(&index, "", &Default::default());
    assert_eq!((answer.stories, answer.versions, answer.clippings), (6, 7, 11));
    assert_eq!(answer.days.iter().map(|(_, stories)| stories).sum::<u64>(), 4);
    assert_eq!(answer.facets["lang"].values[0], ("en".to_owned(), 2));
    assert_eq!((answer.facets["site"].values.len(), answer.facets["site"].distinct), (6, 6));
    let few = ask(&index, "", &Wanted { facet_values: 2, ..Wanted::default() });
    assert_eq!((&few.facets["site"].values[..], few.facets["site"].distinct), (&answer.facets["site"].values[..2], 6));
    let check = |facet: &str, expected: &[(&str, u64)]| {
        let found = answer.facets[facet].values.iter().map(|(name, count)| (name.as_str(), *count));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{facet}");
    };
    check("agency", &[("Meridian News", 1)]);
    check("author", &[("Ana Lindqvist", 1), ("Mara Lindqvist", 1), ("Tor Aas", 1)]);
    check("changed", &[("added", 1), ("number", 1)]);
    check("origin", &[("own", 1), ("wire", 1)]);
    check("place", &[("Port Alder", 1)]);
    check("section", &[("harbour", 1), ("harbour/works", 1)]);
    let answer = ask(&index, "ferry -captain", &Default::default());
    assert_eq!(answer.facets["site"].values, [("northern-ledger.example".to_owned(), 1)]);
    assert_eq!(answer.days.len(), 1);
}

#[test]
fn a_story_counts_once_at_each_of_its_sites() {
    let site = |number: u64| format!("site-{number:02}.example");
    let many = (0..40).map(|number| Entry {
        sites: (0..number % 14).map(|at| site((number + at * 3) % 20)).collect(),
        ..story(number, "Ferry", if number % 3 == 0 { "boat" } else { "" })
    });
    let many: Vec<Entry> = many.collect();
    let (_folder, index) = index(many.clone());
    for (query, one_in) in [("ferry", 1), ("boat", 3), ("-boat", 3)] {
        let is_found = |number: usize| number.is_multiple_of(one_in) != query.starts_with('-');
        let found = ask(&index, query, &Default::default());
        for at in 0..20 {
            let has = |(number, story): &(usize, &Entry)| is_found(*number) && story.sites.contains(&site(at));
            let expected = many.iter().enumerate().filter(has).count() as u64;
            let counted = found.facets["site"].values.iter().find(|(name, _)| *name == site(at));
            assert_eq!(counted.map_or(0, |(_, count)| *count), expected, "{query} {at}");
        }
    }
}

#[test]
fn every_value_of_a_facet_finds_as_many_as_it_counts() {
    let (_folder, index) = index(stories());
    let answer = ask(&index, "", &Default::default());
    for (facet, values) in &answer.facets {
        for (value, count) in &values.values {
            let exactly = if matches!(*facet, "agency" | "author" | "place") { "=" } else { "" };
            let found = ask(&index, &format!("{facet}:{exactly}\"{value}\""), &Default::default());
            assert_eq!(found.stories, *count, "{facet} {value}");
        }
    }
}

#[test]
fn bars_of_mentioned_times_count_what_their_days_find() {
    let (_folder, index) = index(stories());
    let check = |query: &str, room: usize, unit: Unit, bars: &[(&str, u64)]| {
        let answer = ask(&index, query, &Wanted { timeline: Timeline::Mentioned(room), ..Wanted::default() });
        let found = answer.mentioned.unwrap();
        let shown: Vec<_> = found.bars.iter().map(|(bar, count)| (bar.as_str(), *count)).collect();
        assert_eq!((found.unit, shown.as_slice()), (unit, bars), "{query}");
        assert!(answer.days.is_empty());
        for (bar, count) in bars {
            let query = if query.is_empty() { format!("mentions:{bar}") } else { format!("({query}) mentions:{bar}") };
            assert_eq!(ask(&index, &query, &Wanted::default()).stories, *count, "{query}");
        }
    };
    check("", 10, Unit::Year, &[("2023", 1), ("2024", 2)]);
    check("mentions:2024", 10, Unit::Month, &[("2024-04", 2), ("2024-05", 2)]);
    check(
        "mentions:[2024-05-05 TO 2024-05-07]",
        10,
        Unit::Day,
        &[("2024-05-05", 1), ("2024-05-06", 2), ("2024-05-07", 1)],
    );
    check("barrier mentions:[* TO 2024-04-30]", 10, Unit::Day, &[("2024-04-14", 1)]);
    check("nothing", 10, Unit::Year, &[]);
}

#[test]
fn what_was_handed_in_comes_back() {
    let (_folder, index) = index(stories());
    let hit = index.story("0000000000000002").unwrap().unwrap();
    assert_eq!(index.payload(&hit).unwrap(), b"Flood Barrier Fails Its Third Test");
    let hit = index.story_of_version("00000000000000020000000000000007").unwrap().unwrap();
    assert_eq!(hit.id(), "0000000000000002");
    for id in ["", "2", "00000000000000ff", "zzzzzzzzzzzzzzzz", "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"] {
        assert!(index.story(id).unwrap().is_none(), "{id}");
    }
}

#[test]
fn an_answer_that_is_remembered_is_that_of_the_same_question() {
    let (_folder, index) = index(stories());
    let seen = |query: &str, wanted: &Wanted| {
        let answer = ask(&index, query, wanted);
        (crate::made_up::numbers(&answer), answer.stories, answer.facets, answer.days, answer.mentioned)
    };
    let wanted = [
        Wanted::default(),
        Wanted { limit: 1, ..Wanted::default() },
        Wanted { facet_values: 1, ..Wanted::default() },
        Wanted { timeline: Timeline::Mentioned(9), ..Wanted::default() },
        Wanted { sort: copydesk_search::Sort::Oldest, ..Wanted::default() },
    ];
    for query in ["", "ferry", "\"ferry\"", "title:ferry", "-ferry"] {
        let first: Vec<_> = wanted.iter().map(|wanted| seen(query, wanted)).collect();
        let again: Vec<_> = wanted.iter().map(|wanted| seen(query, wanted)).collect();
        assert_eq!(first, again, "{query}");
        assert!(first[1].0.len() <= 1 && first[3].4.is_some() && first[0].4.is_none(), "{query}");
    }
    // More questions than are remembered.
    for number in 0..100 {
        assert_eq!(ask(&index, &format!("ferry -word{number}"), &Wanted::default()).stories, 2);
    }
}
