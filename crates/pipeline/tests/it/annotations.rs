//! Where stories come from and when: what the tables say of it, and the words that it was read from.

use std::path::Path;

use copydesk_model::Capture;
use copydesk_pipeline::{AnnotationRow, ClippingRow, Options, Quiet, StoryRow, VersionRow, View, add};

use crate::equal::tables;

const OPENING: &str = "PORT ALDER, May 2 (Reuters) - Two freighters ran aground on the Sorrel Bank on Thursday after a buoy broke loose in the night, \
    the coast guard said, and a third was turned back by a pilot who knew the channel from his fishing days.";

const MIDDLE: &str = "The first of them, the Corrib Star, had 418 containers on board, most of them filled with flour for the outer islands, where bakers \
    have been rationing loaves since the ferry stopped in early March.";

const CORRECTED: &str = "The first of them, the Corrib Star, had 481 containers on board, most of them filled with flour for the outer islands, where bakers \
    have been rationing loaves since the ferry stopped in early March.";

const END: &str = "\"Nobody is hurt and nothing leaks, and that is more than we had any right to hope for,\" harbour master Ines Tolland told AFP. \
    Tugs from Lissen are expected on Saturday. An inquiry will report by the end of 2024, the ministry of shipping said.";

const NOTICE: &str = "Correction: An earlier version of this article misstated the number of containers on board the Corrib Star. It was 481, not 418.";

fn capture(id: &str, url: &str, fetched_at: &str, paragraphs: &[&str]) -> Capture {
    Capture {
        id: id.to_owned(),
        url: url.to_owned(),
        fetched_at: fetched_at.to_owned(),
        text: format!("Two Freighters Aground on the Sorrel Bank\n\n{}\n", paragraphs.join("\n\n")),
        ..Capture::default()
    }
}

const OWN: &str = "https://harbour-post.example/2024/05/02/freighters";

/// As it was printed first, corrected at the same address, and copied elsewhere a day later without a word on who wrote it.
fn captures() -> Vec<Capture> {
    let without_credit = OPENING.replace("PORT ALDER, May 2 (Reuters) - ", "");
    vec![
        capture("a", OWN, "2024-05-02T18:00:00Z", &[OPENING, MIDDLE, END]),
        capture("b", OWN, "2024-05-03T09:00:00Z", &[OPENING, CORRECTED, END, NOTICE]),
        capture(
            "c",
            "https://isles.example/2024/05/04/aground",
            "2024-05-04T06:00:00Z",
            &[&without_credit, MIDDLE, END],
        ),
    ]
}

fn made(captures: Vec<Capture>, threads: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { threads, ..Options::default() };
    add(folder.path(), captures.into_iter().map(Ok), &options, &Quiet).unwrap();
    folder
}

/// The story, its versions and its clippings, both earliest first.
fn story(dir: &Path) -> (StoryRow, Vec<VersionRow>, Vec<ClippingRow>) {
    let view = View::open(dir, &Options::default()).unwrap();
    let stories = view.stories(10).unwrap();
    let [story] = stories.as_slice() else { panic!("{stories:?}") };
    (story.clone(), view.versions_of(&story.id).unwrap(), view.clippings_of(&story.id).unwrap())
}

fn all<'r>(rows: &'r [AnnotationRow], what: &str) -> Vec<(&'r str, &'r str)> {
    rows.iter().filter(|row| row.what == what).map(|row| (row.value.as_str(), row.evidence.text.as_str())).collect()
}

#[test]
fn a_story_says_who_wrote_it_and_who_had_it_first() {
    let folder = made(captures(), 1);
    let (story, _, clippings) = story(folder.path());
    assert_eq!((story.origin.as_str(), story.agencies.as_slice()), ("wire", ["reuters".to_owned()].as_slice()));
    assert_eq!((story.when.from.as_str(), story.when.to.as_str()), ("2024-05-02", "2024-05-02"));
    assert_eq!(
        (story.first_sites.as_slice(), story.first_by.as_str()),
        (["harbour-post.example".to_owned()].as_slice(), "published")
    );
    assert_eq!(story.language, "en");

    assert_eq!(clippings[0].quoted, ["afp"]);
    assert_eq!(clippings[0].places, ["PORT ALDER"]);
    assert_eq!(all(&clippings[0].annotations, "agency"), [("reuters", "Reuters")]);
    assert_eq!(all(&clippings[0].annotations, "quoted"), [("afp", "AFP")]);
    // What the copy does not say is not said of it.
    assert_eq!((clippings[2].origin.as_str(), clippings[2].agencies.len()), ("unknown", 0));
    assert_eq!((clippings[2].when.from.as_str(), clippings[2].when.by.as_str()), ("2024-05-04", "url"));
}

#[test]
fn versions_say_what_they_changed_and_when() {
    let folder = made(captures(), 1);
    let (story, versions, _) = story(folder.path());
    assert_eq!(versions.len(), 3);
    let [first, corrected, copied] = versions.as_slice() else { unreachable!() };
    assert_eq!((first.previous.as_str(), first.severity.as_str(), first.changes), ("", "", 0));
    assert_eq!((&corrected.previous, corrected.previous_by.as_str()), (&first.id, "url"));
    assert_eq!(corrected.severity, "number");
    assert_eq!((&copied.previous, copied.previous_by.as_str()), (&first.id, "story"));
    assert_eq!(copied.when.from, "2024-05-04");

    assert_eq!(story.corrections, 1);
    let [notice] = corrected.notices.as_slice() else { panic!("{:?}", corrected.notices) };
    assert_eq!((notice.kind.as_str(), notice.evidence.text.as_str()), ("correction", NOTICE));
    assert!(first.notices.is_empty() && copied.notices.is_empty());
}

#[test]
fn a_headline_says_that_it_is_sent_again() {
    let again = |headline: &str| {
        let mut all = captures();
        all[1].text = all[1].text.replace("Two Freighters Aground on the Sorrel Bank", headline);
        all
    };
    let (_, versions, _) = story(made(again("UPDATE 2-Two Freighters Aground on the Sorrel Bank"), 1).path());
    let said: Vec<_> = versions[1].notices.iter().map(|notice| (notice.kind.as_str(), notice.field.as_str())).collect();
    assert_eq!(said, [("update", "headline"), ("correction", "body")]);
    assert_eq!(versions[1].notices[0].evidence.text, "UPDATE 2-Two Freighters Aground on the Sorrel Bank");
    let (_, versions, _) = story(made(again("Freighters: an Update on the Two at the Sorrel Bank"), 1).path());
    assert_eq!(versions[1].notices.len(), 1);
}

#[test]
fn times_count_from_the_day_of_each_version() {
    let folder = made(captures(), 1);
    let (_, versions, _) = story(folder.path());
    let times = |version: &VersionRow| -> Vec<(String, String)> {
        let found = version.mentions.iter().filter(|mention| mention.kind == "DATE");
        found.map(|mention| (mention.evidence.text.clone(), mention.value.clone())).collect()
    };
    let of = |text: &str, value: &str| (text.to_owned(), value.to_owned());
    let first = times(&versions[0]);
    for expected in [of("Thursday", "2024-05-02"), of("Saturday", "2024-05-04"), of("the end of 2024", "2024")] {
        assert!(first.contains(&expected), "{expected:?} in {first:?}");
    }
    // Two days later the Thursday is the same one.
    assert!(times(&versions[2]).contains(&of("Thursday", "2024-05-02")), "{:?}", times(&versions[2]));
    for version in &versions {
        for mention in &version.mentions {
            let span = mention.evidence.start as usize..mention.evidence.end as usize;
            assert_eq!(&version.body[span], mention.evidence.text);
            assert!((0.0..=1.0).contains(&mention.evidence.confidence));
            assert_eq!(mention.value.is_empty(), !mention.open.is_empty());
        }
    }
}

#[test]
fn without_a_day_of_publication_a_caption_and_the_story_tell_years() {
    let caption = "The lightship Sorrel is towed into Port Alder, December 21, 2022. (Reuters)";
    let body = "The lightship broke loose on December 16 and drifted past the Sorrel Bank with nobody on board, the coast guard said in a report that was sent to the \
        ministry of shipping on Thursday. It was first moored there after the March 3, 2007, collision, in which two fishermen drowned.";
    let end = "\"After March 3 we had a light that could be seen from the islands, and now we have none,\" said harbour master Ines Tolland, who will retire on July 1.";
    let folder = made(vec![capture("a", "", "", &[caption, caption, body, end])], 1);
    let view = View::open(folder.path(), &Options::default()).unwrap();
    let story = view.stories(2).unwrap().remove(0);
    let version = view.versions_of(&story.id).unwrap().remove(0);
    let dates = version.mentions.iter().filter(|mention| mention.kind == "DATE" && mention.evidence.text != "now");
    let shown = dates.map(|one| {
        let value = if one.open.is_empty() { &one.value } else { &one.open };
        format!("{}={value} {}", one.evidence.text, one.evidence.rule)
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "December 16=2022-12-16 near-picture",
            "Thursday=no-reference weekday",
            "March 3, 2007=2007-03-03 month-day-year",
            "March 3=2007-03-03 same-day-in-full",
            "July 1=XXXX-07-01 month-day",
        ]
    );
}

#[test]
fn every_value_has_its_words() {
    let folder = made(captures(), 1);
    let (_, versions, clippings) = story(folder.path());
    for clipping in &clippings {
        let body = &versions.iter().find(|version| version.id == clipping.version).unwrap().body;
        assert!(clipping.annotations.iter().any(|row| row.what == "published"), "{clipping:?}");
        for row in &clipping.annotations {
            let item = row.item as usize;
            let part = match row.field.as_str() {
                "body" => body.as_str(),
                "byline" => &clipping.byline,
                "date" => &clipping.date,
                "caption" => &clipping.captions[item].text,
                "credit" => &clipping.captions[item].credit,
                "url" => &clipping.url,
                "metadata" => &clipping.published,
                "fetched" => &clipping.fetched_at,
                other => panic!("{other}"),
            };
            assert_eq!(&part[row.evidence.start as usize..row.evidence.end as usize], row.evidence.text, "{row:?}");
        }
    }
}

#[test]
fn neither_order_nor_threads_nor_batches_show() {
    let expected = tables(made(captures(), 1).path());
    let mut turned = captures();
    turned.reverse();
    assert_eq!(tables(made(turned.clone(), 3).path()), expected);
    let folder = tempfile::tempdir().unwrap();
    for capture in turned {
        add(folder.path(), [Ok(capture)], &Options::default(), &Quiet).unwrap();
    }
    assert_eq!(tables(folder.path()), expected);
}

#[test]
fn a_page_that_says_nothing_has_nothing_made_up() {
    let text = "The mill burned down and was built again by the people of the valley, who had no other, and it ground their corn for as long \
        as anybody there could remember.";
    let bare = Capture {
        id: "bare".into(),
        text: format!("The Mill\n\n{text}\n\n{text} So it went on.\n"),
        ..Capture::default()
    };
    let (story, versions, clippings) = story(made(vec![bare], 1).path());
    assert_eq!((story.origin.as_str(), story.when.from.as_str(), story.when.to.as_str()), ("unknown", "", ""));
    assert!(story.agencies.is_empty() && story.first_sites.is_empty() && story.first_by.is_empty());
    assert!(clippings[0].annotations.is_empty(), "{:?}", clippings[0].annotations);
    assert!(versions[0].mentions.iter().all(|mention| mention.first.is_empty()));
}

#[test]
fn what_was_fetched_was_there() {
    let paragraphs = [OPENING.trim_start_matches("PORT ALDER, May 2 (Reuters) - "), MIDDLE, END];
    let silent = capture("early", "https://early.example/a", "2024-05-02T20:00:00Z", &paragraphs);
    let late = capture("late", "https://late.example/2024/05/07/a", "2024-05-08T06:00:00Z", &paragraphs);
    let (story, versions, _) = story(made(vec![late.clone(), silent], 1).path());
    let when = (story.when.from.as_str(), story.when.to.as_str(), story.when.by.as_str());
    assert_eq!(when, ("", "2024-05-02", "fetched"));
    assert_eq!(versions[0].when, story.when);
    assert_eq!((story.first_sites, story.first_by.as_str()), (vec!["early.example".to_owned()], "fetched"));
    // A day of grace: papers are dated tomorrow.
    let eve = capture("eve", "https://eve.example/a", "2024-05-06T20:00:00Z", &paragraphs);
    let (story, ..) = self::story(made(vec![late, eve], 1).path());
    assert_eq!((story.when.from.as_str(), story.when.by.as_str()), ("2024-05-07", "url"));
}

#[test]
fn nobody_knows_what_an_undated_version_came_before() {
    let mut all = captures();
    all[1].fetched_at.clear();
    let (_, versions, _) = story(made(all, 1).path());
    let corrected = versions.iter().find(|version| !version.notices.is_empty()).unwrap();
    assert_eq!((corrected.previous.as_str(), corrected.severity.as_str()), ("", ""));
    for version in &versions {
        let before = versions.iter().find(|earlier| earlier.id == version.previous);
        assert!(before.is_none_or(|before| before.first_seen <= version.first_seen && !before.first_seen.is_empty()));
    }
}

/// Texts in other languages, each with something to read that the others have not.
const ABROAD: [(&str, &str); 9] = [
    (
        "Lissen marks the storm of 2021",
        "LISSEN (AP) — Two pilots were drowned in the May 6, 2021, storm, and the harbour has had a new mole since last year. After May 6 nobody wanted to go out, and on June 2 the school \
         was opened again. The mayor will speak on May 6, he said on Thursday.",
    ),
    (
        "Fähre nach Lissen fährt wieder",
        "LISSEN (dpa) - Die Fähre fährt ab Montag wieder, teilte der Hafen am Freitag mit. Im vergangenen Monat war sie ausgefallen, weil eine Welle \
         gebrochen war, und die Leute auf den Inseln mussten auf ihr Brot warten. Korrektur: In einer früheren Version dieses Artikels hieß es, die Fähre sei im März ausgefallen.",
    ),
    (
        "UPDATE 2-Pilot boats back at Sorrel Bank",
        "VELM, May 3 (AP) — Pilot boats went back to work early on Friday, three weeks after the spring storm that sank two of them, and masters said they hoped for a quiet June. \
         (Reporting by Lena Ost; Editing by Paul Grieve)",
    ),
    (
        "الميناء يعود إلى العمل بعد عاصفة الربيع",
        "ليسن (أ ف ب) - قال مدير الميناء أمس الخميس إن السفن ستعود إلى المرسى خلال الأسبوع المقبل بعد أن توقفت منذ مطلع نيسان الماضي، وأضاف أن العمال أصلحوا الرصيف في ثلاثة أيام. \
         تصحيح: ورد في نسخة سابقة من هذا الخبر أن العمال أصلحوا الرصيف في خمسة أيام.",
    ),
    (
        "Le port de Lissen rouvre ses quais",
        "LISSEN (AFP) - Le port rouvrira le 6 mai 2024, a annoncé vendredi la capitainerie, après trois semaines de travaux sur la digue que la tempête avait emportée. \
         Rectificatif : une version précédente de cet article indiquait par erreur que le port rouvrirait le 9 mai 2024.",
    ),
    (
        "El puerto de Lissen reabre sus muelles",
        "Lissen, 3 may (EFE).- El puerto abrirá el 6 de mayo de 2024, dijo el capitán, después de tres semanas de obras en el dique que se llevó la tormenta de la primavera. \
         Fe de errores: una versión anterior de este artículo decía que el puerto abriría el 9 de mayo de 2024.",
    ),
    (
        "Порт Лиссен снова принимает суда",
        "ЛИССЕН, 3 мая - РИА Новости. Порт снова принимает суда с 6 мая 2024 года, сообщил капитан порта, после трех недель ремонта дамбы, которую разрушил весенний шторм, и паром ходит по расписанию.",
    ),
    (
        "利森港恢复通航",
        "新华社利森5月3日电 利森港将于2024年5月6日恢复通航。港务局长说，春季风暴损坏的堤坝经过三个星期的修理已经完工，渡轮将按照时刻表运行，岛上的居民可以再次买到面包和蔬菜。",
    ),
    (
        "リッセン港が再開",
        "【リッセン共同】リッセン港は2024年5月6日に再開すると港長が3日明らかにした。春の嵐で壊れた堤防の修理が三週間かかったが、渡し船は時刻表どおりに動き、島の人々は再びパンを買えるようになった。",
    ),
];

/// What is read of texts that do not change. If it is another and nothing else is, count `READER` in `src/noted.rs` up, so that archives
/// work out anew what they keep; then write down what is found.
#[test]
fn another_reader_has_another_number() {
    let mut all = captures();
    for (at, (headline, body)) in ABROAD.iter().enumerate() {
        let text = format!("{headline}\n\n{body}\n\n{body}\n");
        let url = format!("https://abroad-{at}.example/2024/05/03/f");
        let id = format!("abroad-{at}");
        all.push(Capture { text, ..capture(&id, &url, "2024-05-03T12:00:00Z", &[]) });
    }
    let folder = made(all, 1);
    let view = View::open(folder.path(), &Options::default()).unwrap();
    let mut said = format!("{:?}", copydesk_annotate::agencies());
    for story in view.stories(20).unwrap() {
        for version in view.versions_of(&story.id).unwrap() {
            said += &format!(
                "{:?} {:?} {} {} {}",
                version.mentions, version.notices, version.language, version.severity, version.changes
            );
        }
        for clipping in view.clippings_of(&story.id).unwrap() {
            said += &format!("{:?} {:?}", clipping.annotations, clipping.when);
        }
    }
    assert_eq!(format!("{:016x}", xxhash_rust::xxh3::xxh3_64(said.as_bytes())), "9e9964e16127df68");
}
