"""Training: layouts that mark next to nothing, and layouts that mark their heads alone."""

TEMPLATES = {
    # a line a paragraph, an empty line between any two, nothing else
    "plainest": {"head": ["headline", "gap"], "between": 1},
    # the same with one more empty line between stories
    "spaced": {"head": ["headline", "gap"], "between": 2},
    # a rule under each story
    "ruled": {"head": ["headline", "gap"], "between": 1, "foot": ["----------"]},
    # no empty lines but between stories
    "packed": {"head": ["headline"], "paragraph_gap": 0, "between": 1},
    # no empty lines at all
    "solid": {"head": ["headline", "byline"], "paragraph_gap": 0, "between": 0, "foot": ["Print | Mail"]},
    # the picture before the headline
    "picture-led": {"head": ["headline", "caption", "gap", "date", "gap"], "between": 1, "foot": ["Top of page"]},
    # the head twice and a picture switch, as photo-first sites have it
    "twice": {"head": ["headline", "gap", "caption", "caption", "Aa", "gap", "headline", "gap", "caption", "caption", "gap"], "between": 2},
    # the head twice, the stories close together
    "twice-close": {"head": ["headline", "gap", "caption", "AA+", "16", "headline", "gap", "caption", "gap"], "between": 1},
    # teasers in square brackets between paragraphs
    "bracketed": {"head": ["headline", "gap"], "between": 2, "inline": ["[More: {teaser}]", "[ad]"], "inline_every": 4, "paragraph_gap": 1},
    # arrows
    "arrows": {"head": ["headline", "byline", "gap"], "between": 1, "paragraph_gap": 0,
               "inline": ["→ {teaser}", "+++ {teaser} +++"], "inline_every": 3, "foot": ["→ {teaser}", "→ {teaser}"]},
}
