//! Stories that were made up.

use copydesk_search::{Agency, Answer, Entry, Index, Limits, Sort, Times, Wanted, parse};
use tempfile::TempDir;

pub(crate) fn story(number: u64, headline: &str, body: &str) -> Entry {
    Entry {
        id: format!("{number:016x}"),
        version_ids: vec![format!("{number:016x}{:016x}", 7)],
        headlines: vec![headline.to_owned()],
        body: body.to_owned(),
        clippings: 1,
        versions: 1,
        payload: headline.as_bytes().to_vec(),
        ..Entry::default()
    }
}

pub(crate) fn days(text: &str) -> (i64, i64) {
    let (first, last) = Times::of(text).unwrap();
    (first / 86_400, last / 86_400)
}

pub(crate) fn day(day: &str) -> Option<i64> {
    Times::of(day).map(|(from, _)| from)
}

pub(crate) fn stories() -> Vec<Entry> {
    vec![
        Entry {
            sites: vec!["harbour-post.example".into(), "coastweekly.example".into()],
            authors: vec!["By Mara Lindqvist and Tor Aas".into()],
            captions: vec!["The slipway at Kestrel Mouth (Meridian)".into()],
            time: day("2024-05-03"),
            clippings: 6,
            versions: 2,
            severities: vec!["number".into(), "added".into()],
            notices: vec!["correction".into()],
            people: vec!["Mara Lindqvist".into(), "Tor Aas".into()],
            agencies: vec![Agency { key: "meridian".into(), name: "Meridian News".into() }],
            origin: "wire".into(),
            places: vec!["Port Alder".into()],
            sections: vec!["Harbour".into()],
            mentioned: vec![days("2024-04-29"), days("2024-05-06"), days("2023")],
            dated: true,
            ..story(
                1,
                "Ferry Sails Again After Three Weeks of Repairs",
                "The ferries to the Outer Skerries sail again from Monday, the port of Port Alder said, after repairs that cost 1,200 crowns a day.\n\n\
                 “We had hoped for less,” said the captain, who doesn’t expect crowds before the summer holidays begin.",
            )
        },
        Entry {
            sites: vec!["northern-ledger.example".into()],
            people: vec!["Ana Lindqvist".into()],
            origin: "own".into(),
            sections: vec!["harbour/works".into()],
            mentioned: vec![days("2024-04-14"), days("2024-05")],
            notices: vec!["update".into()],
            time: day("2024-04-14"),
            ..story(
                2,
                "Flood Barrier Fails Its Third Test",
                "The barrier at the mouth of the river failed again on Sunday. A ferry that was to pass waited for four hours, its passengers said, \
                 and the café in the terminal ran out of bread and of patience.",
            )
        },
        Entry {
            sites: vec!["sahel-sindian.example".into()],
            time: day("2024-05-11"),
            ..story(
                3,
                "منارة رأس السنديان تضيء من جديد",
                "أضاءت المنارة القديمة عند رأس السنديان البحر من جديد مساء الجمعة بعد ثلاثين عاماً من العتمة، وقال المهندسون إن إعادة تشغيلها استغرقت سنتين.",
            )
        },
        Entry {
            sites: vec!["mikashio-shimbun.example".into()],
            ..story(
                4,
                "潮見島の渡し船、最後の木造船が引退",
                "潮見島と本土を結ぶ渡し船の最後の木造船が三十一日、七十二年の航海を終えた。島の人々が港で見送った。",
            )
        },
        Entry {
            sites: vec!["fjord-bote.example".into()],
            time: day("2024-05-20"),
            ..story(
                5,
                "Fähren nach den Schären fahren wieder",
                "Die Fähre nach den äußeren Schären fährt ab Montag wieder, teilte der Hafen nach drei Wochen Reparatur an der gebrochenen Welle mit.",
            )
        },
        story(6, "", "ประภาคารเก่าส่องแสงอีกครั้งหลังจากมืดมานานสามสิบปี"),
    ]
}

pub(crate) fn index(stories: Vec<Entry>) -> (TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let index = make(&folder, 1, stories);
    (folder, index)
}

pub(crate) fn make(folder: &TempDir, commit: u64, stories: Vec<Entry>) -> Index {
    let entries = || Ok::<_, String>(Box::new(stories.clone().into_iter().map(Ok)) as Box<_>);
    Index::open_or_make(folder.path(), commit, entries, |_| {}).unwrap()
}

pub(crate) fn ask(index: &Index, query: &str, wanted: &Wanted) -> Answer {
    index.search(&parse(query, &Limits::default()).unwrap_or_else(|e| panic!("{query}: {e}")), wanted).unwrap()
}

/// Numbers of the stories that are found, in the order of their numbers.
pub(crate) fn found(index: &Index, query: &str) -> Vec<u64> {
    let mut found = numbers(&ask(index, query, &Wanted { limit: 1000, ..Wanted::default() }));
    found.sort_unstable();
    found
}

pub(crate) fn numbers(answer: &Answer) -> Vec<u64> {
    answer.hits.iter().map(|hit| u64::from_str_radix(&hit.id(), 16).unwrap()).collect()
}

pub(crate) fn sorted(sort: Sort) -> Wanted {
    Wanted { sort, limit: 1000, ..Wanted::default() }
}
