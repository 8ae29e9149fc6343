"""Daily papers and wire portals: navigation, kickers, sharing rows, newsletter boxes, legal feet."""

TEMPLATES = {
    # section word above the headline, byline, date, reading time, then a sharing row
    "kickered": {
        "head": ["WORLD", "headline", "gap", "byline", "date", "4 min read", "gap", "Share", "Tweet", "Email", "gap", "caption", "gap"],
        "inline": ["ADVERTISEMENT", "Story continues below advertisement"], "inline_every": 4,
        "foot": ["", "Have a news tip? Write to our editors.", "Topics: Politics, Society"],
        "between": 3,
        "page_head": ["Skip to main content", "Open menu", "The Morning Courier", "Sign in", "Today's Paper", ""],
        "page_foot": ["", "Most viewed", "Corrections", "Help centre", "Site map", "© The Morning Courier 2024"],
    },
    # picture first, then the headline once; related list at the foot of each story
    "picture-first": {
        "head": ["caption", "gap", "headline", "gap", "date", "gap"],
        "inline": ["RELATED: {teaser}"], "inline_every": 5,
        "foot": ["", "More on this topic", "{teaser}", "{teaser}", "{teaser}"],
        "between": 2,
        "page_foot": ["", "Contact us", "Advertise", "Careers", "Cookie policy", "Accessibility statement"],
    },
    # forty lines of navigation before anything happens
    "long-menu": {
        "head": ["headline", "date", "byline", "gap", "caption", "caption", "gap"],
        "foot": ["", "View comments (0)"],
        "between": 2,
        "page_head": ["Menu", "Latest", "UK", "Europe", "Americas", "Asia", "Africa", "Oceania", "Elections", "Economy", "Markets", "Personal finance",
                      "Property", "Technology", "Science", "Space", "Climate", "Health", "Wellness", "Education", "Law", "Defence", "Football", "Cricket",
                      "Rugby", "Tennis", "Golf", "Formula One", "Olympics", "Film", "Music", "Books", "Theatre", "Art", "Food", "Recipes", "Travel", "Style",
                      "Puzzles", "Crossword", "Podcasts", "Video", "Newsletters", "My account", "Search", ""],
        "page_foot": ["", "Back to top", "Company registered in England", "Ethics code", "Complaints", "Modern slavery statement"],
    },
    # cookie banner above, newsletter box between paragraphs, author's biography under the story
    "cookie-wall": {
        "head": ["headline", "gap", "byline", "gap", "caption", "gap"],
        "inline": ["Get the day's top stories in your inbox", "Enter your email", "By subscribing you agree to our terms of service."], "inline_every": 4,
        "foot": ["", "The author covers regional affairs and has worked for this newspaper since 2011.", "Follow the author", ""],
        "between": 2,
        "page_head": ["We value your privacy", "We and our partners store and access information on a device, such as cookies, and process personal data.",
                      "Reject all", "Accept all", "More options", ""],
        "page_foot": ["You have 2 free articles left this month.", "Already a subscriber? Log in", "Start your free trial"],
    },
    # byline and date at the foot, nothing but the headline on top
    "foot-signed": {
        "head": ["headline", "gap"],
        "foot": ["Reporting by our correspondents", "", "Print this page", "Send to a friend"],
        "between": 4,
        "page_head": ["Archive", "Contact", "Imprint", ""],
    },
    # two headlines in a row, no picture, a widget line between
    "twice-over": {
        "head": ["headline", "headline", "gap", "Listen to this article", "0:00 / 5:12", "gap", "byline", "date", "gap"],
        "inline": ["Loading...", "View image in fullscreen"], "inline_every": 6,
        "foot": ["", "Explore more on these topics", "Reuse this content"],
        "between": 2,
    },
}
