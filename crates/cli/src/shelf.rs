use std::{collections::BTreeMap, path::Path, sync::Arc};

use copydesk_pipeline::{
    AnnotationRow, ClippingRow, Error, ErrorKind, MentionRow, NoticeRow, Options, View, WholeStory,
};
use copydesk_web::{
    Annotation, Archive, Block, Caption, Capture, Clipping, Failure, Funnel, Mention, Notice, Relation, Site, Stories,
    Story, Version,
};

use crate::{annotated::agency_name, find::warn};

/// One commit of an archive, as the pages read it.
pub(crate) struct Shelf(pub(crate) View);

/// Opens the last commit of an archive for the pages.
pub(crate) fn shelf(archive: &Path) -> Result<Arc<dyn Archive>, Failure> {
    let view = View::open(archive, &Options::default()).map_err(failure)?;
    warn(&view);
    Ok(Arc::new(Shelf(view)))
}

fn failure(error: Error) -> Failure {
    Failure(error.to_string())
}

impl Archive for Shelf {
    fn commit(&self) -> u64 {
        self.0.commit()
    }

    fn is_behind(&self) -> bool {
        self.0.is_behind()
    }

    fn stories(&self) -> Result<Stories, Failure> {
        Ok(Box::new(self.0.whole_stories().map_err(failure)?.map(|whole| whole.map(story).map_err(failure))))
    }

    fn bodies(&self, story: &str) -> Result<BTreeMap<String, String>, Failure> {
        let versions = self.0.versions_of(story).map_err(failure)?;
        Ok(versions.into_iter().map(|version| (version.id, version.body)).collect())
    }

    fn relations(&self, story: &str) -> Result<Vec<Relation>, Failure> {
        let versions = self.0.versions_of(story).map_err(failure)?;
        let ids: Vec<String> = versions.into_iter().map(|version| version.id).collect();
        let relations = self.0.relations_among(&ids).map_err(failure)?.into_iter().map(|row| Relation {
            a: row.a,
            b: row.b,
            relation: row.relation,
            coverage_a: row.coverage_a,
            coverage_b: row.coverage_b,
            numbers_differ: row.numbers_differ,
            reason: row.reason,
            value: row.value,
            threshold: row.threshold,
        });
        Ok(relations.collect())
    }

    fn capture(&self, id: &str) -> Result<Option<Capture>, Failure> {
        let cut = match self.0.cut(id) {
            Ok(cut) => cut,
            Err(e) if e.kind() == ErrorKind::Id => return Ok(None),
            Err(e) => return Err(failure(e)),
        };
        let clippings = self.0.clippings_in(id).map_err(failure)?;
        let blocks =
            cut.blocks.into_iter().map(|block| Block { role: block.role, clipping: block.clipping, text: block.text });
        let capture = cut.capture;
        Ok(Some(Capture {
            id: capture.id,
            url: capture.url,
            site: capture.site,
            fetched_at: capture.fetched_at,
            blocks: blocks.collect(),
            stories: clippings
                .into_iter()
                .map(|clipping| (clipping.ordinal, (clipping.story, clipping.headline)))
                .collect(),
        }))
    }

    fn forgotten(&self, id: &str) -> Result<Option<String>, Failure> {
        Ok(self.0.forgotten(id).map(str::to_owned))
    }

    fn tidy(&self) -> Result<bool, Failure> {
        self.0.tidy().map_err(failure)
    }

    fn sites(&self) -> Result<Vec<Site>, Failure> {
        let sites = self.0.sites().map_err(failure)?.into_iter().map(|row| Site {
            site: row.counts.site,
            captures: row.counts.captures,
            without_story: row.counts.without_story,
            clippings: row.counts.clippings,
            stories: row.counts.stories,
            first_fetched: row.counts.first_fetched,
            last_fetched: row.counts.last_fetched,
            blocks: row.blocks,
            furniture: row.furniture,
            dropped: row.dropped,
        });
        Ok(sites.collect())
    }

    fn funnel(&self) -> Result<Funnel, Failure> {
        let funnel = self.0.funnel().map_err(failure)?;
        Ok(Funnel {
            outcomes: funnel.outcomes,
            captures: funnel.captures,
            blocks: funnel.blocks,
            clippings: funnel.clippings,
            exact_copies: funnel.exact_copies,
            near_copies: funnel.near_copies,
            versions: funnel.versions,
            stories: funnel.stories,
        })
    }
}

fn story(whole: WholeStory) -> Story {
    let versions = whole.versions.into_iter().map(|version| Version {
        id: version.id,
        words: version.words,
        first_seen: version.first_seen,
        last_seen: version.last_seen,
        clippings: version.clippings,
        previous: version.previous,
        severity: version.severity,
        changes: version.changes,
        notices: version.notices.into_iter().map(notice).collect(),
    });
    let clippings: Vec<Clipping> = whole.clippings.into_iter().map(clipping).collect();
    let row = whole.story;
    // The part of the site is that of the clipping that stands for the story.
    let own = |clipping: &&Clipping| clipping.version == row.version && !clipping.section.is_empty();
    let section = clippings.iter().find(own).map_or_else(String::new, |clipping| clipping.section.clone());
    Story {
        id: row.id,
        version: row.version,
        headline: row.headline,
        first_seen: row.first_seen,
        last_seen: row.last_seen,
        body: whole.body,
        corrected: whole.corrected,
        language: row.language,
        published_from: row.when.from,
        published_to: row.when.to,
        published_by: row.when.by,
        origin: row.origin,
        section,
        first_sites: row.first_sites,
        first_by: row.first_by,
        mentions: whole.mentions.into_iter().map(mention).collect(),
        versions: versions.collect(),
        clippings,
    }
}

fn mention(row: MentionRow) -> Mention {
    Mention {
        start: row.evidence.start,
        end: row.evidence.end,
        text: row.evidence.text,
        kind: row.kind,
        value: row.value,
        first: row.first,
        last: row.last,
        open: row.open,
        rule: row.evidence.rule,
        confidence: row.evidence.confidence as f32,
    }
}

fn notice(row: NoticeRow) -> Notice {
    Notice {
        kind: row.kind,
        text: row.evidence.text,
        rule: row.evidence.rule,
        confidence: row.evidence.confidence as f32,
    }
}

fn annotation(row: AnnotationRow) -> Annotation {
    let agency = matches!(row.what.as_str(), "agency" | "quoted" | "credit-agency");
    Annotation {
        name: if agency { agency_name(&row.value).to_owned() } else { String::new() },
        what: row.what,
        value: row.value,
        field: row.field,
        text: row.evidence.text,
        start: row.evidence.start,
        end: row.evidence.end,
        rule: row.evidence.rule,
        confidence: row.evidence.confidence as f32,
    }
}

fn clipping(row: ClippingRow) -> Clipping {
    Clipping {
        id: row.id,
        capture: row.capture,
        url: row.url,
        site: row.site,
        fetched_at: row.fetched_at,
        ordinal: row.ordinal,
        version: row.version,
        headline: row.headline,
        kicker: row.kicker,
        byline: row.byline,
        date: row.date,
        published: row.published,
        published_from: row.when.from,
        published_to: row.when.to,
        published_by: row.when.by,
        origin: row.origin,
        section: row.section,
        annotations: row.annotations.into_iter().map(annotation).collect(),
        captions: row
            .captions
            .into_iter()
            .map(|caption| Caption { text: caption.text, credit: caption.credit })
            .collect(),
        words: row.words,
    }
}
