use std::fmt::Write;

use copydesk_model::Role;
use copydesk_split::split;

/// The page's blocks with their roles, the first letters of each.
fn check(page: &str, expected: &str) {
    let mut found = String::new();
    for block in split("", page, &[]).blocks {
        let start: String = block.text.of(page).chars().take(28).collect();
        let clipping = block.clipping.map_or("-".to_owned(), |c| c.to_string());
        writeln!(found, "{clipping} {} {start}", block.role.name()).expect("a String takes anything");
    }
    assert_eq!(found.trim(), expected.trim(), "\n{found}");
}

const FERRY: [&str; 4] = [
    "The ferry to the outer islands will sail again from Monday, the port of Halden said, after three weeks of repairs to its hull.",
    "“We had hoped for less,” said its captain, Mara Lindqvist, who has sailed the route to the islands since 1998.",
    "The company, which runs six ferries, had put a smaller boat on the route; it carried 40 passengers a day and no cars.",
    "Islanders had complained about empty shelves. The first sailing leaves at 6:40 a.m. and is free for residents.",
];
const BRIDGE: [&str; 3] = [
    "A bridge over the Kestrel will stay closed until autumn because rust was found in two of its pillars, the county announced.",
    "Engineers discovered the damage during a routine inspection in March and measured it again last week, the report says.",
    "Drivers must take the tunnel at Ostrand, which adds about 25 minutes to the way to the hospital, until the work is done.",
];

#[test]
fn a_doubled_head_and_a_size_switch() {
    let head = "Island ferry to sail again from Monday\n\nThe ferry in the harbour of Halden (Nordfoto)\nThe ferry in the harbour of Halden (Nordfoto)\nTT\n20\n\nIsland ferry to sail again from Monday\n\nThe ferry in the harbour of Halden (Nordfoto)\nThe ferry in the harbour of Halden (Nordfoto)\n\n";
    check(
        &format!("{head}{}\n", FERRY.join("\n\n")),
        "
0 headline Island ferry to sail again f
0 caption The ferry in the harbour of 
0 caption The ferry in the harbour of 
- furniture TT
- furniture 20
0 headline Island ferry to sail again f
0 caption The ferry in the harbour of 
0 caption The ferry in the harbour of 
0 body The ferry to the outer islan
0 body “We had hoped for less,” sai
0 body The company, which runs six 
0 body Islanders had complained abo",
    );
}

#[test]
fn two_stories_come_apart_and_a_caption_is_kept_once() {
    let story = |headline: &str, caption: &str, body: &[&str]| {
        format!(
            "{headline}\n\n{caption}\n{caption}\nTT\n\n{headline}\n\n{caption}\n{caption}\n\n{}\n\n\n\n",
            body.join("\n\n")
        )
    };
    let page = story("Island ferry to sail again from Monday", "The ferry in the harbour of Halden (Nordfoto)", &FERRY)
        + &story(
            "Rust closes Kestrel bridge until autumn",
            "The bridge over the Kestrel seen from Ostrand (File/County)",
            &BRIDGE,
        );
    let split = split("", &page, &[]);
    assert_eq!(split.clippings.len(), 2);
    assert_eq!(split.clippings[0].body, FERRY);
    assert_eq!(split.clippings[1].body, BRIDGE);
    assert_eq!(split.clippings[1].headline, "Rust closes Kestrel bridge until autumn");
    assert_eq!(split.clippings[1].captions.len(), 1);
    assert_eq!(split.clippings[1].captions[0].credit, "File/County");
}

#[test]
fn a_page_without_a_story_has_no_clipping() {
    for page in ["", " \n\u{200b}\n", "Home\nSport\nWeather\nSubscribe\nLog in\n", "12:40\n"] {
        let split = split("", page, &[]);
        assert!(split.clippings.is_empty(), "{page:?}: {:?}", split.clippings);
        assert!(split.blocks.iter().all(|b| matches!(b.role, Role::Furniture | Role::Teaser)));
    }
}

#[test]
fn a_story_without_a_headline_is_a_story() {
    let split = split("", &FERRY.join("\n\n"), &[]);
    assert_eq!(split.clippings.len(), 1);
    assert_eq!(split.clippings[0].body.join(" "), FERRY.join(" "));
}

#[test]
fn a_brief_alone_is_a_story() {
    let brief = "A fishing boat sank off Halden on Tuesday night; its crew of three was picked up unhurt, the coast guard said.";
    for page in [brief.to_owned(), format!("Boat sinks off Halden\n\n{brief}\n"), format!("{brief}\n{}\n", FERRY[1])] {
        let split = split("", &page, &[]);
        assert_eq!(split.clippings.len(), 1, "{page}");
        assert_eq!(split.clippings[0].body[0], brief);
    }
}

#[test]
fn one_long_line_is_one_block() {
    let line = FERRY.join(" ").repeat(2000);
    let split = split("", &line, &[]);
    assert_eq!(split.blocks.len(), 1);
    assert_eq!(split.clippings.len(), 1);
}
