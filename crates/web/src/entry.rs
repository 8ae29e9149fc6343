use copydesk_search::{Entry, Times};

use crate::archive::{Annotation, Story, each_once};

/// A story as the index takes it in, with the whole of it as what comes back.
pub(crate) fn entry(story: &Story) -> Entry {
    let texts = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    let headlines = std::iter::once(story.headline.as_str()).chain(story.clippings.iter().map(|c| c.headline.as_str()));
    let captions = story.clippings.iter().flat_map(|c| &c.captions).map(|caption| caption.text.as_str());
    Entry {
        id: story.id.clone(),
        version_ids: story.versions.iter().map(|version| version.id.clone()).collect(),
        captures: texts(each_once(story.clippings.iter().map(|c| c.capture.as_str()))),
        headlines: texts(each_once(headlines)),
        body: story.body.clone(),
        captions: texts(each_once(captions)),
        authors: texts(each_once(story.clippings.iter().map(|c| c.byline.as_str()))),
        agencies: agencies(story),
        sites: texts(story.sites()),
        language: None,
        time: time(story),
        corrected: story.corrected,
        dated: !story.published().is_empty(),
        clippings: story.clippings.len() as u64,
        versions: story.versions.len() as u64,
        words: story.versions.iter().find(|v| v.id == story.version).map_or(0, |version| u64::from(version.words)),
        payload: serde_json::to_vec(story).unwrap_or_default(),
    }
}

/// The agencies that wrote it, as its clippings say.
fn agencies(story: &Story) -> Vec<String> {
    let said = story.annotations("agency").map(Annotation::shown);
    each_once(said).into_iter().map(str::to_owned).collect()
}

/// Seconds since 1970 of the story's publication, or else of its first fetch.
pub(crate) fn time(story: &Story) -> Option<i64> {
    seconds(story.published()).or_else(|| seconds(&story.first_seen))
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
