use std::io;

use copydesk_model::Role;
use copydesk_pipeline::Funnel;

use crate::{
    screen::{Screen, count},
    size,
};

/// The funnel from captures to stories, a line a step.
pub(crate) fn show_archive(screen: &mut Screen, funnel: &Funnel) -> io::Result<()> {
    let blocks: u64 = funnel.blocks.values().sum();
    step(screen, funnel.captures, "captures", &format!("{} of text", size::shown(funnel.bytes)))?;
    step(screen, blocks, "blocks", &roles(funnel))?;
    step(screen, funnel.clippings, "clippings", "a story as it stands on one page")?;
    step(screen, funnel.exact_copies, "exact copies", "clippings whose text another one has, to the letter")?;
    step(screen, funnel.versions, "versions", "different texts")?;
    step(screen, funnel.near_copies, "near copies", "versions that joined another version's story")?;
    step(screen, funnel.stories, "stories", "")?;
    if funnel.slot_templates > 0 {
        step(screen, funnel.slot_templates, "set apart", "versions that share a template and differ in what fills it")?;
    }
    if funnel.capped_anchors > 0 {
        step(screen, funnel.capped_anchors, "passages", "in so many stories that they were not followed up")?;
    }
    Ok(())
}

fn step(screen: &mut Screen, n: u64, name: &str, what: &str) -> io::Result<()> {
    let indent = " ".repeat(27);
    let options = textwrap::Options::new(screen.width()).subsequent_indent(&indent);
    let line = format!("{:>9}  {name:<14}  {what}", count(n));
    // A name and its number stay together: glued for the wrapping alone.
    let filled = textwrap::fill(line.trim_end(), options).replace(GLUE, " ");
    screen.line(filled)
}

/// No-break space: one column wide, and no place to break a line.
const GLUE: char = '\u{a0}';

/// `headline 12, body 120, ...`, in the order of the enum, so that runs can be compared by eye.
fn roles(funnel: &Funnel) -> String {
    let of = |role: &Role| funnel.blocks.get(role.name()).copied().filter(|&n| n > 0);
    let named = Role::ALL.iter().filter_map(|role| of(role).map(|n| format!("{role}{GLUE}{}", count(n))));
    named.collect::<Vec<_>>().join(", ")
}
