//! What many texts are to each other.

use std::collections::{BTreeMap, BTreeSet};

use copydesk_match::Thresholds;

use crate::{
    prose::Draw,
    reference::{Text, stories},
};

/// The stories of bodies, each named by the positions of its texts.
fn found(bodies: &[String]) -> Vec<Vec<usize>> {
    let text = |(k, body): (usize, &String)| Text {
        id: format!("{k:06}"),
        url: format!("https://site.example/{k:06}"),
        body: body.clone(),
        ..Text::default()
    };
    let texts: Vec<Text> = bodies.iter().enumerate().map(text).collect();
    let (stories, _) = stories(&texts, false, &Thresholds::default());
    let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (id, story) in &stories {
        clusters.entry(story).or_default().push(id.parse().unwrap());
    }
    clusters.into_values().collect()
}

#[test]
fn an_agency_story_in_500_copies() {
    let mut draw = Draw(1);
    let story = draw.story();
    let bodies: Vec<String> = (0..500)
        .map(|k| {
            let mut copy = vec![format!("CITY{k} (Nordwire) - {}", draw.paragraph(10))];
            copy.extend(draw.edited(&story[..10 - k % 4], 50));
            copy.join("\n\n")
        })
        .collect();
    assert_eq!(found(&bodies), [(0..500).collect::<Vec<_>>()]);
}

#[test]
fn fillings_of_a_form_without_numbers() {
    // No pair of them can be told from a revision; all of them together can.
    let mut draw = Draw(2);
    let form = draw.story();
    let bodies: Vec<String> = (0..100).map(|_| draw.filled(&form, 0)).collect();
    let clusters = found(&bodies);
    assert!(clusters.len() >= 99, "{} clusters", clusters.len());
}

#[test]
fn copies_of_one_filling_stay_together() {
    let mut draw = Draw(3);
    let form = draw.story();
    let fillings: Vec<String> = (0..12).map(|_| draw.filled(&form, 0)).collect();
    // Three sites carry each, one with a word more.
    let bodies: Vec<String> =
        fillings.iter().flat_map(|f| [f.clone(), f.replace("\n\n", " extra\n\n"), f.clone()]).collect();
    let expected: Vec<Vec<usize>> = (0..12).map(|k| vec![3 * k, 3 * k + 1, 3 * k + 2]).collect();
    assert_eq!(found(&bodies), expected);
}

#[test]
fn a_story_whose_toll_rises_is_one() {
    let mut draw = Draw(4);
    let story = draw.story().join("\n\n");
    let bodies: Vec<String> =
        (1..9).map(|k| format!("At least {} people were hurt. {story} The count stood at {}.", 3 * k, 3 * k)).collect();
    assert_eq!(found(&bodies).len(), 1);
}

#[test]
fn ends_of_live_blogs_never_merge() {
    let mut draw = Draw(5);
    for _ in 0..20 {
        let entries: Vec<String> = (0..19).map(|_| draw.paragraph(50)).collect();
        let mut bodies: Vec<(usize, String)> = (0..10).map(|k| (k, entries[k..k + 10].join("\n\n"))).collect();
        // Fetched in any order.
        for k in (1..10).rev() {
            bodies.swap(k, draw.below(k + 1));
        }
        let place = |k: usize| bodies.iter().position(|(j, _)| *j == k).unwrap();
        let texts: Vec<String> = bodies.iter().map(|(_, body)| body.clone()).collect();
        let ends = [place(0), place(9)];
        assert!(!found(&texts).iter().any(|cluster| ends.iter().all(|end| cluster.contains(end))));
    }
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let mut draw = Draw(6);
    let mut texts = Vec::new();
    for s in 0..30 {
        let story = draw.story();
        for c in 0..4 {
            let body = draw.edited(&story[..10 - c], 40).join("\n\n");
            texts.push(Text {
                id: format!("{s}-{c}"),
                url: format!("https://{c}.example/{s}"),
                fetched_at: String::new(),
                body,
            });
        }
    }
    let t = Thresholds::default();
    let (expected, counts) = stories(&texts, true, &t);
    assert_eq!(expected.values().collect::<BTreeSet<_>>().len(), 30);
    assert_eq!((counts.versions, counts.templates), (120, 0));
    for _ in 0..5 {
        for k in (1..texts.len()).rev() {
            texts.swap(k, draw.below(k + 1));
        }
        assert_eq!(stories(&texts, true, &t).0, expected);
    }
}

#[test]
fn boilerplate_in_every_text_brings_nothing_together() {
    let mut draw = Draw(7);
    let notice = draw.paragraph(40);
    let bodies: Vec<String> = (0..200).map(|_| format!("{}\n\n{notice}", draw.story()[..4].join("\n\n"))).collect();
    assert_eq!(found(&bodies).len(), 200);
}

#[test]
fn empty_and_tiny_texts_stand_alone() {
    let bodies = ["", "one", "two words", "", "one"].map(str::to_owned);
    assert_eq!(found(&bodies), [vec![0, 3], vec![1, 4], vec![2]]);
}
