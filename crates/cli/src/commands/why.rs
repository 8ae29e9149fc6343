use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use copydesk_match::{Changes, Context, Decision, Evidence, Prepared, Thresholds, align, decide};
use copydesk_pipeline::{ClippingRow, RelationRow, Ruling, VersionRow, View};
use serde_json::{Value, json};

use crate::{
    commands::story::change,
    exit::Exit,
    find::{Found, find, open},
    screen::{BOLD, DIM, Screen, minute, several, short, table},
};

/// Show why two things are, or are not, the same story: what they share, what disagrees, and what was decided
#[derive(Args)]
#[command(after_help = "\
A and B are ids of stories, versions, clippings or captures; the first digits of a story's or version's are enough while they \
name one. Of captures, every pair of clippings that shares something is shown.

Examples:
  copydesk why my-archive page-1#0 page-7#2
  copydesk why my-archive 4f39 a07c
  copydesk why my-archive page-1 page-7 --json")]
pub(crate) struct Why {
    /// Folder of the archive
    archive: PathBuf,
    /// One story, version, clipping or capture
    a: String,
    /// The other
    b: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A text that takes part, and the clipping that it was read from.
struct Side {
    version: VersionRow,
    clipping: ClippingRow,
    prepared: Prepared,
}

/// What is known of two clippings beside their words.
fn context(a: &ClippingRow, b: &ClippingRow) -> Context {
    let same = |a: &str, b: &str| !a.is_empty() && a == b;
    Context { same_url: same(&a.url, &b.url), same_site: same(&a.site, &b.site), seconds_apart: None }
}

impl Why {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let view = open(&self.archive)?;
        let (sides_a, sides_b) = (sides(&view, &self.a)?, sides(&view, &self.b)?);
        let thresholds = Thresholds::default();
        let mut pairs = Vec::new();
        for a in &sides_a {
            for b in &sides_b {
                if a.clipping.id == b.clipping.id {
                    continue;
                }
                let evidence = align(&a.prepared, &b.prepared, &thresholds);
                let decision = decide(&evidence, &context(&a.clipping, &b.clipping), &thresholds);
                pairs.push((a, b, evidence, decision));
            }
        }
        if pairs.is_empty() {
            bail!("`{}` and `{}` lead to one and the same clipping; name two", self.a, self.b);
        }
        let all = pairs.len();
        let related =
            pairs.iter().any(|pair| pair.2.matched > 0 && pair.3.relation != copydesk_model::Relation::Different);
        if related && all > 1 {
            pairs.retain(|pair| pair.3.relation != copydesk_model::Relation::Different);
        }
        // Of pages that share nothing, the nearest pair says enough.
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.2.matched));
        if !related {
            pairs.truncate(1);
        }
        let mut found = Vec::new();
        for (a, b, evidence, decision) in &pairs {
            let stored = stored(&view, &a.version.id, &b.version.id)?;
            let ruling = said(&view, &a.version, &b.version);
            let shared = Shared { a: &a.version.body, b: &b.version.body, evidence, decision };
            if self.json {
                let mut value = shared.json();
                value["a"] = a.json();
                value["b"] = b.json();
                value["same_story"] = json!(a.version.story == b.version.story);
                value["stored"] = json!(stored);
                value["ruling"] = ruling.map_or(Value::Null, |r| json!({"kind": r.kind(), "note": r.note()}));
                found.push(value);
                continue;
            }
            show_pair(screen, a, b, &shared, stored.as_ref(), ruling)?;
        }
        if self.json {
            screen.json(&found)?;
        } else if all > pairs.len() {
            let rest = several((all - pairs.len()) as u64, "other pair", "other pairs");
            let rest = screen.paint(DIM, format!("{rest} of their clippings share nothing that matters."));
            screen.line(rest)?;
        }
        Ok(Exit::Fine)
    }
}

/// What the user said last of the two.
fn said<'v>(view: &'v View, a: &VersionRow, b: &VersionRow) -> Option<&'v Ruling> {
    let story = |id: &String| view.version(id).map(|version| version.story).unwrap_or_default();
    view.rulings().iter().rev().find(|ruling| match ruling {
        Ruling::Merge { versions, .. } => a.story == b.story && versions.iter().all(|id| story(id) == a.story),
        Ruling::Split { versions, others, .. } => {
            let sides = (versions.first().map(story), others.first().map(story));
            a.story != b.story
                && [(&a.story, &b.story), (&b.story, &a.story)]
                    .iter()
                    .any(|(x, y)| sides.0.as_ref() == Some(x) && sides.1.as_ref() == Some(y))
        }
    })
}

fn show_pair(
    screen: &mut Screen,
    a: &Side,
    b: &Side,
    shared: &Shared<'_>,
    stored: Option<&RelationRow>,
    ruling: Option<&Ruling>,
) -> Result<()> {
    for (name, side) in [("A", a), ("B", b)] {
        let room = screen.width().saturating_sub(4);
        let headline = if side.clipping.headline.is_empty() { "(no headline)" } else { &side.clipping.headline };
        let headline = screen.paint(BOLD, short(headline, room));
        screen.line(format!("{name}   {headline}"))?;
        let c = &side.clipping;
        let id: String = side.version.id.chars().take(16).collect();
        let site = if c.site.is_empty() { String::new() } else { format!("{}, ", c.site) };
        for place in [format!("{}, version {id}", c.id), format!("{site}{}", minute(&c.fetched_at))] {
            let place = screen.paint(DIM, short(&place, room));
            screen.line(format!("    {place}"))?;
        }
    }
    screen.line("")?;
    let (sa, sb) = (&a.version.story, &b.version.story);
    let together = match (sa == sb, a.version.id == b.version.id) {
        (true, true) => format!("the same version of story {sa}"),
        (true, false) => format!("two versions of story {sa}"),
        (false, _) => format!("two stories, {sa} and {sb}"),
    };
    screen.line(format!("in the archive  {together}"))?;
    if let Some(ruling) = ruling {
        let note = if ruling.note().is_empty() { String::new() } else { format!(": {}", ruling.note()) };
        let what = if ruling.kind() == "merge" { "put together" } else { "taken apart" };
        screen.line(format!("by hand         {what}{note}"))?;
    }
    let d = shared.decision;
    if stored
        .is_some_and(|s| s.relation == d.relation.name() && s.reason == d.reason && (s.value - d.value).abs() < 1e-9)
    {
        screen.line("when added      the same decision was taken")?;
    } else if let Some(stored) = stored {
        let line = format!(
            "{}, because {}: {:.3} against {:.3}",
            stored.relation, stored.reason, stored.value, stored.threshold
        );
        screen.line(format!("when added      {line}"))?;
    } else if sa == sb && a.version.id != b.version.id {
        let by = match ruling {
            Some(_) => "their story was put together by hand",
            None => "each was compared with a third version of the story",
        };
        screen.line(format!("when added      never compared directly: {by}"))?;
    }
    shared.show(screen, "A", "B")?;
    shared.show_changes(screen)?;
    screen.line("")?;
    Ok(())
}

impl Side {
    fn json(&self) -> Value {
        json!({"clipping": self.clipping.id, "capture": self.clipping.capture, "site": self.clipping.site,
            "fetched_at": self.clipping.fetched_at, "headline": self.clipping.headline,
            "version": self.version.id, "story": self.version.story})
    }
}

/// The texts that an id stands for.
fn sides(view: &View, id: &str) -> Result<Vec<Side>> {
    let clippings = match find(view, id)? {
        Found::Clipping(clipping) => vec![clipping],
        Found::Capture(capture) => view.clippings_in(&capture.id)?,
        Found::Version(version) => vec![earliest(view, &version.story, &version.id)?],
        // The id of a story that became a part of this one stands for the version that led it.
        Found::Story(story) if !story.id.starts_with(&id.to_ascii_lowercase()) => match view.version(id) {
            Ok(version) => vec![earliest(view, &version.story, &version.id)?],
            Err(_) => vec![earliest(view, &story.id, &story.version)?],
        },
        Found::Story(story) => vec![earliest(view, &story.id, &story.version)?],
    };
    if clippings.is_empty() {
        bail!("no story stands in the capture `{id}`");
    }
    let side = |clipping: ClippingRow| {
        let version = view.version(&clipping.version)?;
        Ok(Side { prepared: Prepared::new(&version.body, &[]), version, clipping })
    };
    clippings.into_iter().map(side).collect()
}

fn earliest(view: &View, story: &str, version: &str) -> Result<ClippingRow> {
    match view.clippings_of(story)?.into_iter().find(|c| c.version == version) {
        Some(clipping) => Ok(clipping),
        None => bail!("the version `{version}` has no clipping; the archive is damaged"),
    }
}

fn stored(view: &View, a: &str, b: &str) -> Result<Option<RelationRow>> {
    let relations = view.relations_of(a)?;
    Ok(relations.into_iter().find(|r| (r.a == a && r.b == b) || (r.a == b && r.b == a)))
}

/// What two texts share, and what was decided about it.
pub(crate) struct Shared<'t> {
    pub(crate) a: &'t str,
    pub(crate) b: &'t str,
    pub(crate) evidence: &'t Evidence,
    pub(crate) decision: &'t Decision,
}

/// Aligned runs that are shown; the longest.
const RUNS: usize = 8;
const CHANGES: usize = 8;

impl Shared<'_> {
    pub(crate) fn json(&self) -> Value {
        let (e, d) = (self.evidence, self.decision);
        let spans = Prepared::spans(self.a, &[]);
        let runs: Vec<Value> = e
            .runs
            .iter()
            .map(
                |run| json!({"a": run.a, "b": run.b, "words": run.len, "text": sample(self.a, &spans, run.a, run.len)}),
            )
            .collect();
        json!({"relation": d.relation.name(), "same_story": d.relation.same_story(), "reason": d.reason, "value": d.value,
            "threshold": d.threshold, "coverage_a": e.coverage_a, "coverage_b": e.coverage_b, "words_a": e.words_a,
            "words_b": e.words_b, "matched": e.matched, "moved": e.moved, "numbers_agree": e.numbers_agree,
            "numbers_differ": e.numbers_differ, "runs": runs})
    }

    pub(crate) fn show(&self, screen: &mut Screen, a: &str, b: &str) -> Result<()> {
        let (e, d) = (self.evidence, self.decision);
        let same = if d.relation.same_story() { "the same story" } else { "not the same story" };
        let relation = screen.paint(BOLD, d.relation);
        screen.line(format!("relation        {relation}: {same}"))?;
        screen.line(format!("decided by      {}: {:.3} against {:.3}", d.reason, d.value, d.threshold))?;
        for (name, coverage, words) in [(a, e.coverage_a, e.words_a), (b, e.coverage_b, e.words_b)] {
            let aligned = format!("{:5.1} % of its {}", coverage * 100.0, several(u64::from(words), "word", "words"));
            screen.line(format!("aligned of {name}    {aligned}"))?;
        }
        if e.moved > 0 {
            let moved = several(u64::from(e.moved), "word", "words");
            screen.line(format!(
                "elsewhere       {moved} in runs that stand in both in another order, and are not listed below"
            ))?;
        }
        let numbers = format!("{} agree, {} disagree", e.numbers_agree, e.numbers_differ);
        screen.line(format!("numbers         {numbers}"))?;
        self.show_runs(screen)
    }

    fn show_runs(&self, screen: &mut Screen) -> Result<()> {
        if self.evidence.runs.is_empty() {
            return Ok(());
        }
        let spans = Prepared::spans(self.a, &[]);
        // The longest are shown, in the order of the text.
        let mut longest: Vec<_> = self.evidence.runs.iter().collect();
        longest.sort_by_key(|run| (std::cmp::Reverse(run.len), run.a));
        longest.truncate(RUNS);
        longest.sort_by_key(|run| run.a);
        let room = screen.width().saturating_sub(36);
        let rows: Vec<Vec<String>> = longest
            .iter()
            .map(|run| {
                let text = short(sample(self.a, &spans, run.a, run.len), room);
                vec![run.len.to_string(), run.a.to_string(), run.b.to_string(), text]
            })
            .collect();
        screen.title("Aligned runs")?;
        screen.line(table(&["words", "word in A", "in B", "text"], &[0, 1, 2], &rows))?;
        let rest = self.evidence.runs.len() - longest.len();
        if rest > 0 {
            let rest = screen.paint(DIM, format!("  and {} more", rest));
            screen.line(rest)?;
        }
        Ok(())
    }

    pub(crate) fn show_changes(&self, screen: &mut Screen) -> Result<()> {
        // Texts that share little differ everywhere: a list of that says nothing.
        if self.evidence.coverage_a.max(self.evidence.coverage_b) < 0.3 {
            return Ok(());
        }
        let changes = Changes::new(("", self.a), ("", self.b)).all;
        if changes.is_empty() {
            return Ok(());
        }
        screen.title("What differs")?;
        let room = screen.width().saturating_sub(4);
        for found in changes.iter().take(CHANGES) {
            screen.line(format!("  {}", change(&found.removed, &found.added, room)))?;
        }
        if changes.len() > CHANGES {
            let rest = screen.paint(DIM, format!("  and {} more", changes.len() - CHANGES));
            screen.line(rest)?;
        }
        Ok(())
    }
}

/// The text under a run of words.
fn sample<'t>(text: &'t str, spans: &[std::ops::Range<usize>], from: u32, len: u32) -> &'t str {
    let (from, to) = (from as usize, (from + len).saturating_sub(1) as usize);
    match (spans.get(from), spans.get(to)) {
        (Some(first), Some(last)) => text.get(first.start..last.end).unwrap_or_default(),
        _ => "",
    }
}
