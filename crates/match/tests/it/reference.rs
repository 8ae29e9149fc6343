//! The whole matching in memory: what the engine's plan must give, row for row.

use std::collections::{BTreeMap, HashMap};

use copydesk_match::{Context, Edge, Prepared, Thresholds, align, anchors, decide, leaders, slot_consensus};

/// One text, with what the fixed order needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) fetched_at: String,
    pub(crate) body: String,
}

/// What the stages counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) versions: usize,
    pub(crate) star_pairs: usize,
    pub(crate) star_edges: usize,
    pub(crate) late_pairs: usize,
    pub(crate) late_edges: usize,
    pub(crate) capped_anchors: usize,
    pub(crate) templates: usize,
    pub(crate) masked: usize,
}

/// In each anchor's bucket, every version meets so many of the earliest.
const STAR: usize = 4;
/// An anchor that more leaders than this hold is boilerplate.
const CAP: usize = 64;
/// A paragraph with so many distinct neighbours on both sides is no evidence.
const NEIGHBOURS: usize = 4;

/// The story of each text, named by the id of the text that leads it.
pub(crate) fn stories(texts: &[Text], census: bool, t: &Thresholds) -> (BTreeMap<String, String>, Counts) {
    let mut counts = Counts::default();
    let mut order: Vec<&Text> = texts.iter().collect();
    order.sort_by(|x, y| (&x.fetched_at, &x.url, &x.id).cmp(&(&y.fetched_at, &y.url, &y.id)));
    let mut version_of: HashMap<&str, usize> = HashMap::new();
    let mut versions: Vec<&Text> = Vec::new();
    for text in &order {
        version_of.entry(&text.body).or_insert_with(|| {
            versions.push(text);
            versions.len() - 1
        });
    }
    counts.versions = versions.len();
    let masks = masks(&versions, census);
    counts.masked = masks.iter().flatten().filter(|m| **m).count();
    let prepared: Vec<Prepared> = versions.iter().zip(&masks).map(|(v, m)| Prepared::new(&v.body, m)).collect();
    let anchored: Vec<Vec<u64>> = prepared.iter().map(|p| anchors(p, t).iter().map(|a| a.hash).collect()).collect();

    let verify = |pairs: &BTreeMap<(u32, u32), u32>, compared: &mut usize| -> Vec<Edge> {
        let mut edges = Vec::new();
        for (&(b, a), &shared) in pairs {
            let (x, y) = (a as usize, b as usize);
            if !t.is_candidate(shared, anchored[x].len() as u32, anchored[y].len() as u32) {
                continue;
            }
            *compared += 1;
            let evidence = align(&prepared[x], &prepared[y], t);
            let context = Context { same_url: versions[x].url == versions[y].url, ..Context::default() };
            if decide(&evidence, &context, t).relation.same_story() {
                edges.push(Edge { a, b, score: evidence.score() });
            }
        }
        edges
    };

    // Round 1, star: linear in the size of a bucket, so that 500 copies of a story cost 2,000 pairs.
    let mut buckets: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (rank, hashes) in anchored.iter().enumerate() {
        hashes.iter().for_each(|&hash| buckets.entry(hash).or_default().push(rank as u32));
    }
    let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for bucket in buckets.values() {
        for (k, &b) in bucket.iter().enumerate() {
            bucket[..k.min(STAR)].iter().for_each(|&a| *pairs.entry((b, a)).or_default() += 1);
        }
    }
    let edges = verify(&pairs, &mut counts.star_pairs);
    counts.star_edges = edges.len();
    let first = leaders(versions.len() as u32, edges);

    // Round 2: leaders that no star brought together, all pairs under the cap.
    let mut late: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for bucket in buckets.values() {
        let bucket: Vec<u32> = bucket.iter().copied().filter(|&rank| first[rank as usize] == rank).collect();
        if bucket.len() > CAP {
            counts.capped_anchors += 1;
            continue;
        }
        for (k, &b) in bucket.iter().enumerate() {
            bucket[..k].iter().for_each(|&a| *late.entry((b, a)).or_default() += 1);
        }
    }
    let edges = verify(&late, &mut counts.late_pairs);
    counts.late_edges = edges.len();
    let second = leaders(versions.len() as u32, edges);
    let mut leader: Vec<u32> = first.iter().map(|&l| second[l as usize]).collect();

    // Forms: clusters without a majority at the places where they differ.
    let mut clusters: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (rank, &l) in leader.iter().enumerate() {
        if rank as u32 != l {
            clusters.entry(l).or_default().push(rank as u32);
        }
    }
    for (l, members) in clusters {
        let bodies: Vec<&Prepared> = members.iter().map(|&m| &prepared[m as usize]).collect();
        let consensus = slot_consensus(&prepared[l as usize], &bodies, t);
        counts.templates += usize::from(consensus.template);
        for (k, &m) in members.iter().enumerate() {
            let group = consensus.groups[k + 1] as usize;
            leader[m as usize] = if group == 0 { l } else { members[group - 1] };
        }
    }
    let story = |text: &Text| versions[leader[version_of[text.body.as_str()]] as usize].id.clone();
    (texts.iter().map(|text| (text.id.clone(), story(text))).collect(), counts)
}

/// Which paragraphs have many distinct neighbours on both sides.
fn masks(versions: &[&Text], census: bool) -> Vec<Vec<bool>> {
    if !census {
        return vec![Vec::new(); versions.len()];
    }
    let mut seen: HashMap<&str, (Vec<&str>, Vec<&str>)> = HashMap::new();
    let meet = |neighbours: &mut Vec<_>, other| {
        if neighbours.len() < NEIGHBOURS && !neighbours.contains(&other) {
            neighbours.push(other);
        }
    };
    for version in versions {
        let paragraphs: Vec<&str> = version.body.split("\n\n").collect();
        for (k, paragraph) in paragraphs.iter().enumerate() {
            let (left, right) = seen.entry(paragraph).or_default();
            meet(left, if k == 0 { "" } else { paragraphs[k - 1] });
            meet(right, paragraphs.get(k + 1).copied().unwrap_or(""));
        }
    }
    let is_masked = |p: &str| seen.get(p).is_some_and(|(l, r)| l.len() >= NEIGHBOURS && r.len() >= NEIGHBOURS);
    versions.iter().map(|v| v.body.split("\n\n").map(is_masked).collect()).collect()
}
