//! What is read from a body once, and then from each clipping of it, is what is read from each clipping alone.

use copydesk_annotate::{
    Annotations, BodyNotes, BodyReader, Language, Limits, Printed, Reference, Times, annotate, corrections, dates,
    origin, published,
};
use proptest::prelude::*;

use crate::any_text::text;

/// All that is read from a clipping, part by part.
fn apart(printed: &Printed<'_>, limits: &Limits) -> Annotations {
    let language = printed.spoken();
    let known = language.unwrap_or(Language::unknown());
    let tag = if printed.language.is_empty() || language.is_none() { known.tag() } else { printed.language };
    let printed = Printed { language: tag, ..*printed };
    let published = published(&printed, limits);
    let reference = published.reference();
    let mentions = dates(printed.body, reference, known);
    let notices = corrections(printed.body, reference, known, limits);
    Annotations { language, origin: origin(&printed, limits), published, mentions, notices }
}

/// Bodies with bylines, datelines and notices at their beginning and end more often than chance has them.
fn body() -> impl Strategy<Value = String> {
    let opening = prop::sample::select(vec![
        "",
        "By Ana Tovik\n\n",
        "AFP\n\nVELM, May 3 (Xinhua) -- ",
        "VELM (AP) — ",
        "The ferry was late, and nobody knew why.\n\n",
        "Der Hafen war zu, und die Stadt ist still.\n\nBERLIN, 3. Mai (dpa) - ",
    ]);
    let closing = prop::sample::select(vec![
        "",
        "\n\n(Reporting by Ana Tovik; Editing by Bo Lind)",
        "\n\nThe dam held, said Reuters.",
        "\n\nThis article was amended on May 3. It is 4, not 40.",
        "\n\nCorrection, 3 May 2024: An earlier version of this story misstated the year.",
    ]);
    (opening, text(), closing).prop_map(|(opening, text, closing)| format!("{opening}{text}{closing}"))
}

proptest! {
    #[test]
    fn what_is_remembered_cannot_be_seen(bodies in proptest::collection::vec(body(), 1..4), breaks in "[\n\r\t ]{0,3}") {
        let (limits, mut reader) = (Limits::default(), BodyReader::default());
        let joined = bodies.join(&breaks);
        let swapped: Vec<&str> = joined.rsplit("\n\n").collect();
        for body in [&joined, &swapped.join("\n\n"), &format!("{breaks}{joined}{breaks}"), &joined] {
            let expected = BodyNotes::read(body, "", &limits);
            prop_assert_eq!(format!("{:?}", reader.read(body, &limits)), format!("{expected:?}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn once_a_version_is_the_same_as_once_a_clipping(
        body in body(),
        bylines in proptest::collection::vec(text(), 1..3),
        published in prop::sample::select(vec!["", "2024-05-06T10:00:00Z", "2019-12-31", "2024-05"]),
        fetched_at in prop::sample::select(vec!["", "2024-05-09T10:00:00Z", "2020-01-01"]),
        language in prop::sample::select(vec!["", "en", "en-GB", "de-AT", "ar", "fr", "und"]),
        url in prop::sample::select(vec!["", "https://www.reuters.com/world/dam", "https://post.example/sport/2024/05/03/x"]),
        read_in in prop::sample::select(vec!["", "en", "ar"]),
    ) {
        let limits = Limits::default();
        let notes = BodyNotes::read(&body, read_in, &limits);
        // What is packed is what was read.
        let packed = notes.packed();
        let times = Times::unpacked(&packed).expect("it was just packed");
        for reference in [Reference::default(), Reference::from("2024-05-06".parse().ok())] {
            prop_assert_eq!(times.mentions(&reference), notes.times().mentions(&reference));
            prop_assert_eq!(times.notices(&reference), notes.times().notices(&reference));
        }
        prop_assert!(Times::unpacked(&packed[..packed.len() - 1]).is_none());
        for byline in &bylines {
            let printed = Printed { byline, published, fetched_at, language, url, body: &body, ..Printed::default() };
            let expected = apart(&printed, &limits);
            prop_assert_eq!(format!("{:?}", annotate(&printed, &limits)), format!("{expected:?}"));
            // A body that was read in a language that nobody asked for is told by it.
            if read_in.is_empty() || !language.is_empty() {
                prop_assert_eq!(format!("{:?}", notes.with(&printed, &limits)), format!("{expected:?}"));
            }
        }
    }
}
