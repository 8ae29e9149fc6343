use askama::Template;

use crate::{pages::Frame, problem::Problem, reply::Reply, server::Asked};

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
    examples: Vec<(&'static str, String, Vec<&'static str>)>,
}

/// What can be asked, with what it finds; each is tried by a test.
pub(crate) const EXAMPLES: [(&str, &str); 23] = [
    ("ferry strike", "both words, in any form: strikes, ferries"),
    ("\"sund straits\"", "the words in a row"),
    ("\"agree straits\"~5", "with at most 5 other words between them"),
    ("light*", "words that begin so"),
    ("ferry OR boat", "one of them, or both"),
    ("ferry NOT strike", "one without the other; `-strike` says the same"),
    ("(ferry OR boat) AND harbour", "brackets say what belongs together"),
    ("title:ferry", "in the headline; also `body:` and `caption:`"),
    ("author:lindqvist", "in the byline; `author:=\"Mara Lindqvist\"` is the whole name and no other"),
    ("agency:reuters", "written by a news agency, by its name or its key"),
    ("origin:wire", "written by an agency; also `own`, `release`, `unknown`"),
    ("place:\"port alder\"", "written at a place, as the dateline says"),
    ("section:sport*", "in a part of a site"),
    ("site:harbour-post.example", "carried by a site; `site:harbour*` by those whose names begin so"),
    ("lang:ar", "in a language, by its two letters"),
    ("published:2024-05", "in a year, a month or on a day"),
    ("published:[2024-01-01 TO 2024-06-30]", "in these days; `*` leaves a side open; also `published:>=2024-05`"),
    ("mentions:[2024-01-01 TO 2024-06-30]", "speaks of a time that overlaps these days; also `mentions:2023`"),
    (
        "has:correction",
        "a paper says that it corrects, clarifies or takes back; also `agency`, `author`, `captions`, `copies`, `date`, `mentions`, `notice`, `place`, `versions`",
    ),
    (
        "changed:number",
        "a later version changed a number; also `headline`, `quote`, `wording`, `added`, `removed`, `cosmetic`",
    ),
    ("copies:>3", "more than three exact copies; also `clippings:`, `versions:`, `sites:`, `words:`"),
    ("渡し船", "in scripts without spaces: these characters in a row"),
    ("منارة", "Arabic without its vowel signs finds it with them"),
];

pub(crate) fn help(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let link = |q: &str| crate::ask::Ask { q: q.to_owned(), ..Default::default() }.link("/");
    // What stands between backticks is a part of a query, every second piece.
    let examples = EXAMPLES.into_iter().map(|(q, says)| (q, link(q), says.split('`').collect())).collect();
    Reply::page(&HelpPage { frame: Frame::new("How to ask", "help", asked.shown.archive.commit()), examples })
}

#[cfg(test)]
mod tests {
    use copydesk_search::{Limits, parse};

    #[test]
    fn every_example_is_a_query() {
        for (q, _) in super::EXAMPLES {
            parse(q, &Limits::default()).unwrap_or_else(|e| panic!("{q}: {e}"));
        }
    }
}
