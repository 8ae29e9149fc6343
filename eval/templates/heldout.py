"""Kept for validation: layouts and furniture that no other file has. Nothing is ever fitted on these."""

TEMPLATES = {
    # standing matter around the head in capitals; the caption stands last, next to the first paragraph
    "gazette": {
        "head": ["EDITION II", "gap", "headline", "gap", "byline", "gap", "ENLARGE PICTURE", "caption"],
        "inline": ["[Commercial break]", "On page 7: {teaser}"], "inline_every": 3,
        "foot": ["END OF REPORT", ""],
        "between": 3,
        "page_head": ["Delivery problems? Ring the circulation desk", "E-edition", "Notices", "Classifieds", "Horoscope", "Tide tables", ""],
        "page_foot": ["", "Printed on recycled pixels", "Ombudsman", "Syndication desk"],
    },
    # furniture of two languages in one page
    "bilingual": {
        "head": ["headline", "gap", "Lesezeit: 3 Minuten", "Merken", "date", "gap", "caption", "Bild vergrößern", "gap"],
        "inline": ["Anzeige", "Lesen Sie auch: {teaser}", "Mehr zum Thema finden Sie hier"], "inline_every": 4,
        "foot": ["", "Artikel drucken", "Fehler gefunden? Jetzt melden", ""],
        "between": 2,
        "page_head": ["Startseite", "Nachrichten", "Wetter", "Mediathek", "Abo testen", ""],
        "page_foot": ["", "Impressum", "Datenschutz", "Nutzungsbedingungen", "Barrierefreiheit"],
    },
    # one blank line everywhere, no picture, nothing but a rule of stars under the story
    "bare": {"head": ["headline", "gap"], "between": 1, "foot": ["* * *"]},
    # three times the headline, a size switch, pictures doubled below
    "tripled": {
        "head": ["headline", "A-", "A+", "headline", "gap", "date", "headline", "gap", "caption", "caption", "Swipe for more", "gap"],
        "paragraph_gap": 1, "between": 4,
        "foot": ["", "Rate this story", "★★★☆☆", "Recommended for you", "{teaser}", "{teaser}", "{teaser}", "{teaser}"],
    },
    # no blank lines at all inside a story, credits and bylines under it, mail form
    "crammed": {
        "head": ["headline", "caption"],
        "paragraph_gap": 0, "between": 1,
        "inline": ["» {teaser}"], "inline_every": 4,
        "foot": ["Staff report", "Forward by SMS", "Bookmark"],
        "page_foot": ["Mobile version", "Webmaster"],
    },
    # a subscriber's page: notes about the subscription before and behind, Turkish buttons
    "members": {
        "head": ["Haberler", "headline", "gap", "byline", "date", "Güncelleme", "gap", "caption", "gap"],
        "inline": ["This passage is brought to you by our members", "Devamını oku"], "inline_every": 5,
        "foot": ["", "Thank you for being a member. Your contribution keeps this page open to everybody who cannot pay.", "Gift this piece", "Yorum yap", ""],
        "between": 2,
        "page_head": ["Hello, member", "Your library", "Sign out", ""],
        "page_foot": ["", "Çerez politikası", "Künye"],
    },
}
