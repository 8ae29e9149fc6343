use copydesk_search::{Agency, Entry, Times};

use crate::archive::{Annotation, Failure, Story, each_once};

/// A story as the index takes it in, with the whole of it as what comes back.
pub(crate) fn entry(mut story: Story) -> Entry {
    // Told once, and kept with what comes back.
    if story.language.is_empty() {
        story.language = story.spoken().to_owned();
    }
    let story = &story;
    let texts = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    let headlines = std::iter::once(story.headline.as_str()).chain(story.clippings.iter().map(|c| c.headline.as_str()));
    let captions = story.clippings.iter().flat_map(|c| &c.captions).map(|caption| caption.text.as_str());
    let shown = |what: &str| texts(each_once(story.annotations(what).map(Annotation::shown)));
    Entry {
        id: story.id.clone(),
        version_ids: story.versions.iter().map(|version| version.id.clone()).collect(),
        captures: texts(each_once(story.clippings.iter().map(|c| c.capture.as_str()))),
        headlines: texts(each_once(headlines)),
        body: story.body.clone(),
        captions: texts(each_once(captions)),
        authors: texts(each_once(story.clippings.iter().map(|c| c.byline.as_str()))),
        people: shown("person"),
        agencies: agencies(story),
        origin: story.origin.clone(),
        places: shown("place"),
        sections: texts(story.sections()),
        mentioned: story
            .mentions
            .iter()
            .filter_map(|mention| Some((day(&mention.first)?, day(&mention.last)?)))
            .collect(),
        severities: texts(story.severities()),
        notices: texts(story.notices()),
        sites: texts(story.sites()),
        language: Some(story.language.clone()),
        time: time(story),
        dated: story.is_dated(),
        clippings: story.clippings.len() as u64,
        versions: story.versions.len() as u64,
        words: story.versions.iter().find(|v| v.id == story.version).map_or(0, |version| u64::from(version.words)),
        payload: story.payload(),
    }
}

impl Story {
    fn payload(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// The story that [`copydesk_search::Index::payload`] gives for a hit; an error where it is none.
    pub fn of_payload(payload: &[u8]) -> Result<Self, Failure> {
        postcard::from_bytes(payload).map_err(|e| Failure(format!("the search index holds no story: {e}")))
    }
}

/// The agencies that wrote it, as its clippings say.
fn agencies(story: &Story) -> Vec<Agency> {
    let mut out: Vec<Agency> = Vec::new();
    for one in story.annotations("agency") {
        if !out.iter().any(|other| other.key == one.value) {
            out.push(Agency { key: one.value.clone(), name: one.shown().to_owned() });
        }
    }
    out
}

/// Days since 1970.
fn day(text: &str) -> Option<i64> {
    Times::of(text).map(|(first, _)| first.div_euclid(86_400))
}

/// Seconds since 1970 of the story's publication, or else of its first fetch: the second where the markup is believed and gives it, or else the
/// day; of an interval the last one, as most pages are fetched when they are new.
pub(crate) fn time(story: &Story) -> Option<i64> {
    let fetched = || seconds(&story.first_seen);
    let last = || seconds(&story.published_to);
    match story.published_by.as_str() {
        "" => seconds(story.published()).or_else(fetched),
        "fetched" => fetched().or_else(last),
        "metadata" if story.published_from == story.published_to => {
            let stamps = story.clippings.iter().filter(|clipping| clipping.published.starts_with(&story.published_to));
            stamps.filter_map(|clipping| seconds(&clipping.published)).min().or_else(last)
        }
        _ => last().or_else(fetched),
    }
}

/// Seconds since 1970 of a time that is as exact as it was given: an instant with its zone, or a day, month or year.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let instant = text.parse::<jiff::Timestamp>().ok().map(|time| time.as_second());
    let civil = || {
        Some(
            text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second(),
        )
    };
    Times::of(text).map(|(first, _)| first).or(instant).or_else(civil)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Clipping;

    #[test]
    fn a_story_is_of_the_day_that_is_believed() {
        let check = |by: &str, from: &str, to: &str, expected: &str| {
            let clipping = Clipping { published: "2024-05-03T18:00:00+02:00".into(), ..Clipping::default() };
            let story = Story {
                first_seen: "2024-05-09T10:00:00Z".into(),
                published_by: by.into(),
                published_from: from.into(),
                published_to: to.into(),
                clippings: vec![clipping],
                ..Story::default()
            };
            assert_eq!(time(&story), seconds(expected), "{by} {from} {to}");
        };
        check("", "", "", "2024-05-03T16:00:00Z");
        check("metadata", "2024-05-03", "2024-05-03", "2024-05-03T16:00:00Z");
        check("url", "2024-05-02", "2024-05-02", "2024-05-02");
        check("url", "2024-05-01", "2024-05-31", "2024-05-31");
        // What the markup says was refused.
        check("fetched", "", "2024-05-09", "2024-05-09T10:00:00Z");
        check("caption", "2024-05-01", "2024-05-09", "2024-05-09");
    }

    #[test]
    fn times_of_every_exactness() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(seconds(text), expected, "{text}");
        check("1970-01-02", Some(86_400));
        check("1970", Some(0));
        check("1970-02", Some(31 * 86_400));
        check("1970-01-01T01:00:00Z", Some(3_600));
        check("1970-01-01T02:00:00+02:00", Some(0));
        check("1970-01-01T00:01:00", Some(60));
        check("yesterday", None);
        check("", None);
    }
}
