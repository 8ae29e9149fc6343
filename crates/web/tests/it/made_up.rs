//! An archive that was made up, and a server in front of it.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
};

use copydesk_model::Role;
use copydesk_web::{
    Annotation, Archive, Block, Caption, Capture, Clipping, Failure, Funnel, Mention, Notice, Options, Relation, Site,
    Stories, Story, Version, serve,
};
use tempfile::TempDir;

#[derive(Clone, Default)]
pub(crate) struct MadeUp {
    pub(crate) commit: u64,
    pub(crate) behind: bool,
    pub(crate) stories: Vec<Story>,
    pub(crate) bodies: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) forgotten: BTreeMap<String, String>,
}

impl Archive for MadeUp {
    fn commit(&self) -> u64 {
        self.commit
    }

    fn is_behind(&self) -> bool {
        self.behind
    }

    fn stories(&self) -> Result<Stories, Failure> {
        Ok(Box::new(self.stories.clone().into_iter().map(Ok)))
    }

    fn bodies(&self, story: &str) -> Result<BTreeMap<String, String>, Failure> {
        Ok(self.bodies.get(story).cloned().unwrap_or_default())
    }

    fn relations(&self, story: &str) -> Result<Vec<Relation>, Failure> {
        let versions =
            self.stories.iter().find(|one| one.id == story).map(|one| one.versions.clone()).unwrap_or_default();
        let pair = |pair: &[Version]| Relation {
            a: pair[0].id.clone(),
            b: pair[1].id.clone(),
            relation: "revision".into(),
            ..Relation::default()
        };
        Ok(versions.windows(2).map(pair).collect())
    }

    fn capture(&self, id: &str) -> Result<Option<Capture>, Failure> {
        let story = self.stories.iter().find(|story| story.clippings.iter().any(|clipping| clipping.capture == id));
        Ok(story.map(|story| Capture {
            id: id.to_owned(),
            url: story.clippings[0].url.clone(),
            blocks: vec![
                Block { role: Role::Headline, clipping: Some(0), text: story.headline.clone() },
                Block { role: Role::Furniture, clipping: None, text: "TT".to_owned() },
                Block { role: Role::Body, clipping: Some(0), text: story.body.clone() },
            ],
            stories: [(0, (story.id.clone(), story.headline.clone()))].into(),
            ..Capture::default()
        }))
    }

    fn sites(&self) -> Result<Vec<Site>, Failure> {
        Ok(vec![Site {
            site: "<b>bold</b>.example".into(),
            captures: 3,
            dropped: [("<i>empty</i>".to_owned(), 2), ("not-html".to_owned(), 1)].into(),
            furniture: vec![("<i>TT</i>".into(), 9)],
            ..Site::default()
        }])
    }

    fn forgotten(&self, id: &str) -> Result<Option<String>, Failure> {
        Ok(self.forgotten.get(id).cloned())
    }

    fn funnel(&self) -> Result<Funnel, Failure> {
        Ok(Funnel { captures: 3, stories: self.stories.len() as u64, ..Funnel::default() })
    }
}

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub(crate) fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len() as u64) as usize]
    }
}

pub(crate) const WORDS: [&str; 16] = [
    "ferry",
    "harbour",
    "strike",
    "teachers",
    "barrier",
    "flood",
    "seagrass",
    "lighthouse",
    "crowns",
    "captain",
    "storm",
    "bread",
    "bridge",
    "渡し船",
    "منارة",
    "straße",
];

pub(crate) const SITES: [&str; 6] = [
    "harbour-post.example",
    "northern-ledger.example",
    "coastweekly.example",
    "sahel-sindian.example",
    "mikashio.example",
    "",
];

/// What is read from a clipping: who wrote it, where, and when.
fn annotated(dice: &mut Dice) -> Vec<Annotation> {
    let mut out = Vec::new();
    let mut read = |what: &str, value: &str, name: &str, field: &str, text: &str| {
        out.push(Annotation {
            what: what.into(),
            value: value.into(),
            name: name.into(),
            field: field.into(),
            text: text.into(),
            end: text.len() as u32,
            rule: "made-up".into(),
            confidence: 0.9,
            ..Annotation::default()
        });
    };
    if dice.below(3) == 0 {
        let (key, name) = AGENCIES[dice.below(3) as usize];
        read("agency", key, name, "body", name);
    }
    if dice.below(3) == 0 {
        let name = dice.one(&PEOPLE);
        read("person", name, "", "byline", name);
    }
    if dice.below(4) == 0 {
        let name = dice.one(&PLACES);
        read("place", name, "", "body", name);
    }
    if dice.below(5) == 0 {
        read("refused", "2034-01-01", "after-fetched", "metadata", "2034-01-01");
    }
    out
}

/// The first word of a body as a time that is mentioned.
fn mentioned(dice: &mut Dice, body: &str) -> Vec<Mention> {
    let end = body.find([' ', ',']).unwrap_or(body.len());
    let day = format!("2023-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28));
    let (value, first, last, open) = match dice.below(4) {
        0 => ("2023".to_owned(), "2023-01-01".to_owned(), "2023-12-31".to_owned(), ""),
        1 => (String::new(), String::new(), String::new(), "no-reference"),
        _ => (day.clone(), day.clone(), day, ""),
    };
    let mention = Mention {
        start: 0,
        end: end as u32,
        text: body[..end].to_owned(),
        kind: "DATE".into(),
        value,
        first,
        last,
        open: open.into(),
        rule: "made-up".into(),
        confidence: 0.8,
    };
    if dice.below(2) == 0 { vec![mention] } else { Vec::new() }
}

pub(crate) const AGENCIES: [(&str, &str); 3] =
    [("meridian", "Meridian News"), ("boreal", "Boreal"), ("sundpost", "Sundpost & Co")];
pub(crate) const PEOPLE: [&str; 4] = ["Mara Lindqvist", "Tor “T” Aas", "Ana Lindqvist", "منى"];
pub(crate) const PLACES: [&str; 3] = ["Port Alder", "Kestrel Mouth", "潮見島"];
pub(crate) const SECTIONS: [&str; 4] = ["sport", "Harbour", "harbour/works", ""];
const ORIGINS: [&str; 4] = ["wire", "own", "release", "unknown"];
const SEVERITIES: [&str; 7] = ["headline", "number", "quote", "wording", "added", "removed", "cosmetic"];
const NOTICES: [&str; 5] = ["correction", "clarification", "update", "retraction", "note"];

/// Stories of all kinds: some with copies, versions, dates, captions; some with nothing.
pub(crate) fn stories(number: u64) -> MadeUp {
    let mut dice = Dice(7);
    let mut archive = MadeUp { commit: 1, ..MadeUp::default() };
    for at in 0..number {
        let text = |dice: &mut Dice, words: u64| (0..words).map(|_| dice.one(&WORDS)).collect::<Vec<_>>().join(" ");
        let id = format!("{:016x}", (at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut story = Story {
            id: id.clone(),
            headline: if dice.below(9) == 0 { String::new() } else { text(&mut dice, 5) },
            ..Story::default()
        };
        let day = |dice: &mut Dice| {
            format!("2024-{:02}-{:02}T0{}:00:00Z", 1 + dice.below(12), 1 + dice.below(28), dice.below(10))
        };
        let versions = 1 + dice.below(6) / 3;
        let mut bodies = BTreeMap::new();
        for version in 0..versions {
            let version = format!("{id}{version:016x}");
            let words = 3 + dice.below(30);
            bodies.insert(
                version.clone(),
                format!("{}, “{}”\n\n{} \"{at}\".", text(&mut dice, words), text(&mut dice, 2), text(&mut dice, 4)),
            );
            let clippings = 1 + dice.below(3);
            let before = story.versions.last().map(|before| before.id.clone());
            let notice = Notice {
                kind: dice.one(&NOTICES).into(),
                text: "This story was changed.".into(),
                rule: "made-up".into(),
                confidence: 0.9,
            };
            story.versions.push(Version {
                id: version.clone(),
                words: words as u32,
                clippings,
                severity: if before.is_some() { dice.one(&SEVERITIES).to_owned() } else { String::new() },
                changes: if before.is_some() { 1 + dice.below(5) as u32 } else { 0 },
                previous: before.unwrap_or_default(),
                notices: if dice.below(5) == 0 { vec![notice] } else { Vec::new() },
                ..Version::default()
            });
            for _ in 0..clippings {
                let ordinal = story.clippings.len() as u32;
                let undated = dice.below(8) == 0;
                story.clippings.push(Clipping {
                    id: format!("page {at}.{ordinal}#0"),
                    capture: format!("page {at}.{ordinal}"),
                    url: format!("https://{}/{at}", dice.one(&SITES)),
                    site: dice.one(&SITES).to_owned(),
                    fetched_at: if undated { String::new() } else { day(&mut dice) },
                    version: version.clone(),
                    headline: if dice.below(4) == 0 { text(&mut dice, 4) } else { story.headline.clone() },
                    byline: if dice.below(3) == 0 { "By Mara, “Tor” & \"Aas\"".to_owned() } else { String::new() },
                    published: if dice.below(3) == 0 { day(&mut dice)[..10].to_owned() } else { String::new() },
                    captions: if dice.below(3) == 0 {
                        vec![Caption { text: text(&mut dice, 6), credit: "Meridian".into() }]
                    } else {
                        Vec::new()
                    },
                    words: words as u32,
                    origin: dice.one(&ORIGINS).to_owned(),
                    section: dice.one(&SECTIONS).to_owned(),
                    annotations: annotated(&mut dice),
                    ..Clipping::default()
                });
            }
        }
        story.clippings.sort_by(|a, b| a.fetched_at.cmp(&b.fetched_at));
        story.first_seen =
            story.clippings.iter().map(|c| c.fetched_at.clone()).filter(|t| !t.is_empty()).min().unwrap_or_default();
        story.last_seen = story.clippings.iter().map(|c| c.fetched_at.clone()).max().unwrap_or_default();
        story.version = story.versions[0].id.clone();
        story.body = bodies[&story.version].clone();
        story.mentions = mentioned(&mut dice, &story.body);
        story.origin = dice.one(&ORIGINS).to_owned();
        story.section = dice.one(&SECTIONS).to_owned();
        story.language = if dice.below(3) == 0 { "en".to_owned() } else { String::new() };
        if dice.below(2) == 0 {
            let day = day(&mut dice)[..10].to_owned();
            story.published_by = dice.one(&["url", "date-line", "metadata", "fetched"]).to_owned();
            (story.published_from, story.published_to) = (day.clone(), day);
        }
        story.first_sites = story.clippings.first().map(|clipping| clipping.site.clone()).into_iter().collect();
        story.first_by = "fetched".to_owned();
        story.corrected = versions > 1 && dice.below(2) == 0;
        archive.bodies.insert(id, bodies);
        archive.stories.push(story);
    }
    archive
}

/// A server in front of an archive that can be exchanged.
pub(crate) struct Served {
    pub(crate) at: SocketAddr,
    pub(crate) archive: Arc<Mutex<MadeUp>>,
    pub(crate) index: PathBuf,
    pub(crate) opened: Arc<AtomicU64>,
    _folder: TempDir,
}

pub(crate) fn served(archive: MadeUp) -> Served {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let archive = Arc::new(Mutex::new(archive));
    let opened = Arc::new(AtomicU64::new(0));
    let (of_server, counted) = (Arc::clone(&archive), Arc::clone(&opened));
    let open = move || -> Result<Arc<dyn Archive>, Failure> {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok(Arc::new(of_server.lock().unwrap().clone()))
    };
    let options = Options { address: ([127, 0, 0, 1], 0).into(), index_dir: index.clone(), hosts: Vec::new() };
    let (send, receive) = mpsc::channel();
    // It ends with the tests' process.
    std::thread::spawn(move || serve(Box::new(open), options, |at| send.send(at).unwrap(), Box::new(|_| {})).unwrap());
    Served { at: receive.recv().unwrap(), archive, index, opened, _folder: folder }
}
