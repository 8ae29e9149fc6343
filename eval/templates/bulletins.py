"""Bulletins, blogs and local sites: no blank lines or too many, live marks, tags, comment counters."""

TEMPLATES = {
    # everything close together, date first
    "date-first": {
        "head": ["date", "headline", "byline", "caption"],
        "paragraph_gap": 0, "between": 2,
        "foot": ["Filed under: News, Region", "Leave a comment"],
        "page_head": ["Local news since 1987", ""],
    },
    # gaps of one everywhere: nothing tells a story's end but what stands there
    "evenly-spaced": {
        "head": ["headline", "gap", "caption", "gap"],
        "between": 1,
        "inline": ["Click here to join the conversation", "WATCH: {teaser}"], "inline_every": 4,
    },
    # two blank lines between paragraphs, three between stories
    "airy": {
        "head": ["Breaking", "gap", "headline", "gap", "gap", "byline", "gap", "date", "gap", "gap"],
        "paragraph_gap": 2, "between": 3,
        "foot": ["Tags:", "", "News", "", "Top stories", "", ""],
        "page_foot": ["", "", "Powered by the community", "", "Report an error"],
    },
    # caption, widget, caption, headline last
    "upside-down": {
        "head": ["caption", "1/3", "caption", "Expand", "gap", "byline", "date", "headline", "gap"],
        "inline": ["Promoted", "ALSO READ | {teaser}"], "inline_every": 3,
        "foot": ["First published:", "", "Join our channel on messenger"],
        "between": 2,
    },
    # comment counters, reactions, previous and next
    "blog": {
        "head": ["headline", "gap", "Posted by admin", "date", "12 Comments", "gap"],
        "foot": ["", "Like this:", "Like Loading...", "← Previous post", "Next post →", "{teaser}", ""],
        "between": 2,
        "page_head": ["About", "Blogroll", "Subscribe via RSS", ""],
        "page_foot": ["Recent posts", "Archives", "January 2024", "December 2023", "November 2023", "Meta", "Entries feed", "Proudly hosted at home"],
    },
    # a live mark, photo counter, credit on a line of its own
    "counter": {
        "head": ["LIVE", "headline", "date", "gap", "Photos", "1 of 4", "caption", "Zoom", "gap"],
        "inline": ["Video: 1:32", "Tap to unmute"], "inline_every": 5,
        "foot": ["Was this article helpful?", "Yes", "No", ""],
        "between": 3,
    },
}
