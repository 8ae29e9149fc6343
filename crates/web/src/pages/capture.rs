use askama::Template;
use copydesk_model::Role;

use crate::{
    pages::{Frame, direction, minute, web_address},
    problem::Problem,
    reply::Reply,
    server::Asked,
};

#[derive(Template)]
#[template(path = "capture.html")]
struct CapturePage {
    frame: Frame,
    id: String,
    site: String,
    fetched: String,
    url: Option<String>,
    stories: Vec<(u32, String, String, &'static str)>,
    /// Roles with how many blocks have them.
    roles: Vec<(&'static str, usize)>,
    blocks: Vec<BlockRow>,
}

struct BlockRow {
    role: &'static str,
    /// The story that begins here.
    begins: Option<u32>,
    text: String,
    direction: &'static str,
}

/// A capture with its blocks, coloured by role: what was cut from where.
pub(crate) fn capture(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let id = match asked.parameters.as_slice() {
        [(name, id)] if name == "id" => id,
        _ => return Err(Problem::parameter("id", "a capture is asked for by its id: `/capture?id=...`")),
    };
    let Some(capture) = asked.shown.archive.capture(id)? else {
        if let Some(reason) = asked.shown.archive.forgotten(id)? {
            return Err(Problem::forgotten(&reason));
        }
        return Err(Problem::not_found("the archive has no capture with this id"));
    };
    let mut before = None;
    let block = |block: &crate::archive::Block| {
        let begins = block.clipping.filter(|_| block.clipping != before);
        before = block.clipping.or(before);
        BlockRow { role: block.role.name(), begins, text: block.text.clone(), direction: direction(&block.text) }
    };
    let roles = Role::ALL.map(|role| (role.name(), capture.blocks.iter().filter(|block| block.role == role).count()));
    let stories = capture.stories.iter().map(|(ordinal, (story, headline))| {
        let headline = if headline.is_empty() { crate::archive::NO_HEADLINE } else { headline };
        (*ordinal, story.clone(), headline.to_owned(), direction(headline))
    });
    Reply::page(&CapturePage {
        frame: Frame::new(format!("Capture {id}"), "story", asked.shown.archive.commit()),
        id: capture.id.clone(),
        site: capture.site.clone(),
        fetched: minute(&capture.fetched_at),
        url: web_address(&capture.url).map(str::to_owned),
        stories: stories.collect(),
        roles: roles.into_iter().filter(|(_, blocks)| *blocks > 0).collect(),
        blocks: capture.blocks.iter().map(block).collect(),
    })
}
