//! What each part of the query language finds.

use crate::made_up::{ask, found, index, stories};

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
    check("author:lindqvist", &[1]);
    check("author:(lindqvist OR nobody)", &[1]);
    check("agency:meridian", &[]);
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
    assert_eq!(answer.days.values().sum::<u64>(), 4);
    assert_eq!(answer.facets["lang"][0], ("en".to_owned(), 2));
    assert_eq!(answer.facets["site"].len(), 6);
    let answer = ask(&index, "ferry -captain", &Default::default());
    assert_eq!(answer.facets["site"], [("northern-ledger.example".to_owned(), 1)]);
    assert_eq!(answer.days.len(), 1);
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
