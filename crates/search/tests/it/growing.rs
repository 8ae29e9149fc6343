//! An index that grew answers as one that was made anew.

use std::{collections::BTreeSet, fs};

use copydesk_search::{Agency, Entry, ErrorKind, Index, Sort, Timeline, Wanted};
use tempfile::TempDir;

use crate::made_up::{ask, day, make, story};

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn text(&mut self, words: u64) -> String {
        let word = |dice: &mut Dice| WORDS[(dice.below(WORDS.len() as u64) * dice.below(4) / 3) as usize];
        (0..words).map(|_| word(self)).collect::<Vec<_>>().join(" ")
    }
}

const WORDS: [&str; 14] = [
    "ferry",
    "harbour",
    "strikes",
    "teacher",
    "barrier",
    "flooded",
    "seagrass",
    "lighthouse",
    "crown",
    "captain",
    "渡し船",
    "منارة",
    "Fähren",
    "bread",
];

fn random(dice: &mut Dice, number: u64) -> Entry {
    let (title, words) = (1 + dice.below(8), 3 + dice.below(60));
    let (headline, body) = (dice.text(title), dice.text(words));
    let caption = dice.text(4);
    Entry {
        captions: if dice.below(3) == 0 { vec![caption] } else { Vec::new() },
        sites: vec![format!("site-{}.example", dice.below(9))],
        people: vec![format!("Person {}", dice.below(30))],
        authors: vec![format!("By Person {}", dice.below(30))],
        agencies: if dice.below(2) == 0 {
            vec![Agency { key: format!("a{}", dice.below(4)), name: format!("Agency {}", dice.below(4)) }]
        } else {
            Vec::new()
        },
        mentioned: vec![(19_000 + dice.below(700) as i64, 19_700)],
        time: day(&format!("2024-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28))),
        clippings: 1 + dice.below(4),
        language: [None, Some("en".to_owned()), Some("de".to_owned())][dice.below(3) as usize].clone(),
        ..story(number, &headline, &body)
    }
}

const QUERIES: [&str; 18] = [
    "",
    "ferry",
    "harbour strike",
    "ferry OR harbour OR crown OR bread",
    "ferry -bread",
    "\"ferry harbour\"",
    "\"ferry bread\"~4",
    "fer*",
    "title:ferry OR caption:bread",
    "渡し船 ferry",
    "منارة",
    "author:person ferry",
    "agency:agency OR crown",
    "flood teachers lighthouses",
    "Fähre OR ferry",
    "copies:>1 ferry",
    "mentions:2022 (strike OR flood)",
    "site:site-3* captain OR seagrass",
];

/// All that is seen of an answer.
fn seen(index: &Index, query: &str, sort: Sort, timeline: Timeline) -> String {
    let answer = ask(index, query, &Wanted { sort, timeline, limit: 1_000, ..Wanted::default() });
    let hits: Vec<String> = answer.hits.iter().map(|hit| format!("{} {:?}", hit.mark, index.payload(hit))).collect();
    let counts = (answer.stories, answer.versions, answer.clippings);
    format!("{hits:#?} {counts:?} {:?} {:?} {:?}", answer.facets, answer.days, answer.mentioned)
}

#[track_caller]
fn check_same(grown: &Index, anew: &Index) {
    assert_eq!((grown.commit(), grown.stories()), (anew.commit(), anew.stories()));
    for query in QUERIES {
        for (sort, timeline) in [(Sort::Relevance, Timeline::Published), (Sort::Oldest, Timeline::Mentioned(40))] {
            assert_eq!(seen(grown, query, sort, timeline), seen(anew, query, sort, timeline), "{query}");
        }
    }
}

/// Files of the one index in a folder.
fn files(folder: &TempDir) -> BTreeSet<String> {
    let mut inside =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let index = inside.next().unwrap();
    assert!(inside.next().is_none(), "one index stays");
    fs::read_dir(index).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_answer_is_as_if_it_had_been_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(5);
    let mut stories: Vec<Entry> = (1..=300).map(|number| random(&mut dice, number)).collect();
    let mut grown = make(&folder, 1, stories.clone());
    let mut grew = 0;
    for commit in 2..=9 {
        for _ in 0..dice.below(12) {
            let at = dice.below(stories.len() as u64) as usize;
            let number = u64::from_str_radix(&stories[at].id, 16).unwrap();
            stories[at] = random(&mut dice, number);
        }
        for _ in 0..dice.below(9) {
            stories.swap_remove(dice.below(stories.len() as u64) as usize);
        }
        for more in 0..dice.below(20) {
            stories.push(random(&mut dice, commit * 1_000 + more));
        }
        let before = files(&folder);
        grown = make(&folder, commit, stories.clone());
        grew += u32::from(files(&folder).iter().any(|file| file.ends_with(".store") && before.contains(file)));
        let other = tempfile::tempdir().unwrap();
        check_same(&grown, &make(&other, commit, stories.clone()));
    }
    // Now and then its segments are merged, and then all of its files are other ones.
    assert!((6..=8).contains(&grew), "it grew {grew} times");
    // Opened again it is the same, too.
    drop(grown);
    let other = tempfile::tempdir().unwrap();
    check_same(&Index::open(folder.path()).unwrap(), &make(&other, 9, stories));
}

#[test]
fn where_much_changed_it_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(6);
    let stories: Vec<Entry> = (1..=100).map(|number| random(&mut dice, number)).collect();
    make(&folder, 1, stories.clone());
    let stores =
        |files: BTreeSet<String>| files.into_iter().filter(|file| file.ends_with(".store")).collect::<Vec<_>>();
    let before = stores(files(&folder));
    let others: Vec<Entry> = (1..=100).map(|number| random(&mut dice, number)).collect();
    let anew = make(&folder, 2, others.clone());
    assert!(stores(files(&folder)).iter().all(|file| !before.contains(file)));
    let other = tempfile::tempdir().unwrap();
    check_same(&anew, &make(&other, 2, others));
    // All of it gone, and back again.
    assert_eq!(make(&folder, 3, Vec::new()).stories(), 0);
    check_same(&make(&folder, 4, stories.clone()), &make(&tempfile::tempdir().unwrap(), 4, stories));
}

#[test]
fn the_commit_moves_only_with_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(7);
    let mut stories: Vec<Entry> = (1..=100).map(|number| random(&mut dice, number)).collect();
    let first = make(&folder, 1, stories.clone());
    stories[0] = random(&mut dice, 1);
    stories.pop();
    let failing = || {
        let entries = stories.clone().into_iter().map(Ok).chain([Err("the archive ends here".to_owned())]);
        Ok(Box::new(entries) as Box<dyn Iterator<Item = _>>)
    };
    let error = Index::open_or_make(folder.path(), 2, failing, |_| {}).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Input);
    let still = Index::open(folder.path()).unwrap();
    assert_eq!(still.commit(), 1);
    check_same(&still, &first);
    // Damage to what it grows out of is no harm: it is made anew.
    let inside =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    let store = fs::read_dir(&inside)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "idx"));
    let store = store.unwrap();
    let bytes = fs::read(&store).unwrap();
    fs::write(&store, bytes.iter().map(|b| b ^ 0x55).collect::<Vec<_>>()).unwrap();
    check_same(&make(&folder, 2, stories.clone()), &make(&tempfile::tempdir().unwrap(), 2, stories));
}
