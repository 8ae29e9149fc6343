"""Fourteen made-up page layouts for stitch.py, each as another tester would write it."""

TEMPLATES = {
    # nearly nothing: caption above the headline, one mark at the end, no blank lines between paragraphs
    "bare-mark": {"head": ["caption", "headline", "date"], "paragraph_gap": 0, "between": 2, "foot": ["■", "Ends", "#"]},

    # Finnish: date before the headline, reading time and letter size, two inline kinds often
    "finnish-evening": {"head": ["Kotimaa", "date", "gap", "headline", "gap", "Lukuaika 4 min", "A A A", "gap", "caption", "gap"],
                        "inline": ["Mainos päättyy", "Lue myös: {teaser}", "Juttu jatkuu kuvan jälkeen."], "inline_every": 4,
                        "foot": ["", "Ilmoita virheestä", "Luetuimmat", "1. {teaser}", "2. {teaser}", "Tilaa 9,90 €/kk"], "between": 3,
                        "page_head": ["Etusivu", "Urheilu", "Sää", "Kirjaudu", ""], "page_foot": ["", "Päätoimittaja vastaa sisällöstä."]},

    # summary label in front of the first paragraph, biography that reads like prose in the foot
    "biography": {"head": ["headline", "gap", "byline", "gap", "What it comes down to", "gap"], "between": 4,
                  "foot": ["About the writer",
                           "She joined the paper in 2011 after six years on a weekly in the north, and has since written on courts, rivers and money.",
                           "When she is not at her desk she keeps bees with her brother, who says they are better company than editors.",
                           "Write to her at desk@biography.invalid"],
                  "page_head": ["Skip to the story", "12 °C, light rain", ""], "page_foot": ["", "Printed on the web since 1998"]},

    # Russian: headline twice, times and counts under it, symbols in front of the promos
    "moscow-ticker": {"head": ["12:40", "headline", "gap", "caption", "Фото: пресс-служба", "gap", "headline", "214 просмотров", "gap"],
                      "inline": ["► Смотрите также: {teaser}", "Реклама. 18+", "Подпишитесь на наш канал, чтобы не пропустить главное"],
                      "inline_every": 3, "foot": ["", "Нашли опечатку? Выделите её и нажмите Ctrl+Enter", "Поделиться", "★ {teaser}"], "between": 1,
                      "page_head": ["Лента", "Общество", "Экономика", "Погода −7", "USD 91,20", ""],
                      "page_foot": ["", "Свидетельство о регистрации № 77-01234"]},

    # section promos that look like headlines, without any symbol, both inline and in the foot
    "promo-headlines": {"head": ["headline", "byline", "gap", "caption", "gap", "caption", "gap"], "between": 2,
                        "inline": ["The Ten Walks Every Family Should Try Before the Summer Ends", "Quiz: How Well Do You Know the Capitals of the North?",
                                   "{teaser}"], "inline_every": 5,
                        "foot": ["", "Inside the Kitchen That Never Closes", "Why Your Neighbour's Garden Is Always Greener", "{teaser}",
                                 "Can You Solve the Puzzle That Stumped a Whole Village?"],
                        "page_foot": ["", "Six Recipes for a Slow Sunday"]},

    # Arabic: caption doubled before the headline, a running number, text size controls
    "arabic-morning": {"head": ["الشرق", "gap", "caption", "caption", "headline", "gap", "date", "حجم الخط", "+ -", "gap"],
                       "inline": ["اقرأ أيضاً: {teaser}", "إعلان"], "inline_every": 4,
                       "foot": ["", "شارك هذا الخبر", "الوسوم", "# أخبار #اليوم", "مواضيع ذات صلة", "{teaser}"], "between": 3,
                       "page_head": ["الرئيسية", "سياسة", "اقتصاد", "رياضة", "بحث", ""],
                       "page_foot": ["", "جميع الحقوق محفوظة للناشر ٢٠٢٤"]},

    # imperative sentences and a plea for money in the middle of the body, no page furniture
    "pleading": {"head": ["headline", "gap", "date", "byline", "gap"], "between": 5,
                 "inline": ["Keep reading below", "Scroll past the picture to go on",
                            "Before you go on, think of what this town would be like with nobody at the council table taking notes. "
                            "Three pounds a month keeps one of us in that chair.",
                            "Tap to hear this page read aloud"], "inline_every": 6,
                 "foot": ["We have no owner and no shareholders. If you found this useful, please consider paying for the next one.", "Give once",
                          "Give monthly", "Not today, thank you"]},

    # Japanese: half a dozen short labels, captions under a second headline, file size of a PDF
    "tokyo-board": {"head": ["社会", "headline", "date", "印刷", "gap", "headline", "caption", "写真を拡大", "gap"], "between": 2,
                    "inline": ["この記事の続きを読む", "【関連】{teaser}", "PR"], "inline_every": 2,
                    "foot": ["", "紙面PDF(1.8MB)", "ランキング", "1位 {teaser}", "会員登録はこちら(月額980円)"],
                    "page_head": ["トップ", "速報", "天気", "ログイン", ""], "page_foot": ["", "無断転載を禁じます。", "お問い合わせ 03-0000-0000"]},

    # everything standing in capitals, headline three times, two blank lines between paragraphs
    "capitals": {"head": ["headline", "EXCLUSIVE", "gap", "headline", "gap", "byline", "SHARE", "SAVE", "gap", "caption", "headline", "gap"],
                 "paragraph_gap": 2, "between": 6, "inline": ["STORY CONTINUES", "MORE LIKE THIS: {teaser}"], "inline_every": 7,
                 "foot": ["SEND US YOUR PICTURES", "CALL THE NEWSROOM ON 0555 010 010", "TOP STORIES", "{teaser}"],
                 "page_foot": ["ALL PRICES INCLUDE VAT"]},

    # a long page head of 20 lines like a navigation bar with a market ticker, no foot at all
    "long-nav": {"head": ["headline", "gap", "date", "gap"], "between": 1,
                 "page_head": ["☰", "Front", "Nation", "Abroad", "Money", "Pitch & Court", "Stage", "Table", "Wheels", "Letters", "Obituaries", "Crossword",
                               "Horoscope", "Gold 2,031.40 ▲", "Crude 78.12 ▼", "Euro 1.09", "Edition: International", "Search the archive since 1904",
                               "Sign in or register", "Today is a good day to read", ""]},

    # German: byline before the headline, disclosure on affiliate links, comment counts
    "german-regional": {"head": ["Stadtanzeiger", "byline", "date", "headline", "gap", "caption", "Foto: Archiv", "gap",
                                 "Das Wichtigste in Kürze", "gap"], "between": 2,
                        "inline": ["Nach der Anzeige geht es weiter", "Lesen Sie dazu: {teaser}",
                                   "Kaufen Sie über einen der Verweise in diesem Text ein, erhalten wir eine kleine Vergütung; für Sie ändert sich nichts."],
                        "inline_every": 5, "foot": ["", "37 Kommentare", "Artikel merken", "Zur Startseite", "Auch interessant", "{teaser}"],
                        "page_foot": ["", "Impressum", "Datenschutzerklärung", "Verträge hier kündigen"]},

    # Hindi: hash tags, emoji, an app invitation as the first line of every story
    "hindi-app": {"head": ["📲 ऐप पर पढ़ें", "headline", "gap", "byline", "caption", "date", "gap"], "paragraph_gap": 1, "between": 3,
                  "inline": ["यह भी पढ़ें: {teaser}", "विज्ञापन", "👇 आगे पढ़ने के लिए नीचे जाएँ"], "inline_every": 3,
                  "foot": ["", "#देश #ताज़ा", "आपकी राय क्या है?", "👍 128", "👎 9", "अगली ख़बर", "{teaser}"],
                  "page_head": ["होम", "राज्य", "क्रिकेट", "राशिफल", ""]},

    # pipes and bullets: every furniture line carries a separator, tight paragraphs
    "pipes": {"head": ["Home | World | Here", "headline", "date", "• 5 min read • 31 shares", "caption"], "paragraph_gap": 0, "between": 1,
              "inline": ["| {teaser} |", "• • •", "— advertisement —"], "inline_every": 4,
              "foot": ["Tags: harbour | budget | weather", "Previous « » Next"], "page_foot": ["© The Pipes | Contact | Jobs | RSS | Cookies"]},

    # legal sentences only, in English and French, and a correction policy which looks like a last paragraph
    "bilingual-legal": {"head": ["headline", "gap", "caption", "gap", "date", "Publié sous la responsabilité de la rédaction", "gap"], "between": 2,
                        "foot": ["The views set out above are those of the persons quoted and do not bind the publisher.",
                                 "Toute reproduction, même partielle, est soumise à l'accord écrit de l'éditeur.",
                                 "Errors of fact are put right within two working days and marked at the place where they stood."],
                        "page_foot": ["", "Registered in the Channel Islands under number 40412.", "Dépôt légal à parution."]},
}
