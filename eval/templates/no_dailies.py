"""Layouts of eight made-up outlets that are no daily papers: magazines, blogs, feeds, mobile and print views, e-mails, releases."""

TEMPLATES = {
    # Monthly magazine: issue line, audio length, headline after the caption, long biography, print-edition line
    "the-long-reader": {
        "page_head": ["THE LONG READER", "Sign in", "My Account", "Subscribe", "Give a Gift", "", "Ideas", "Politics", "Fiction", "Photo", "Economy",
                      "Planet", "Global", "Books", "AI Watch", "Crosswords", "Current issue", ""],
        "head": ["caption", "Illustration by Tomas Breck. Source: agency archive.", "gap", "DISPATCH", "gap", "headline", "gap", "byline", "gap",
                 "date", "From the March issue", "gap", "Share as Gift", "Save", "Listen", "−1.0x+", "0:00", "22:47", "gap",
                 "Narrated by a synthetic voice", "All our narrated essays are in the Long Reader app.", "gap"],
        "paragraph_gap": 2, "between": 4,
        "inline": ["Read: {teaser}", "From the archive: {teaser}", "Recommended Reading\n\n{teaser}"],
        "inline_every": 7,
        "foot": ["", "In the March issue this essay is called “The Waiting Room.” Some of the books named here are linked to a shop that pays us a few "
                 "cents for each copy sold; our critics are not told which.", "", "About the Author", "The writer is a contributing "
                 "editor and a former bureau chief in three capitals. Her first book, on the politics of borders, was longlisted for a "
                 "national prize. She lives with her family in Trieste.", "Follow", "More Stories", "{teaser}", "{teaser}", ""],
        "page_foot": ["", "The Long Reader is published ten times a year by a foundation without owners. © 2024. All Rights Reserved.",
                      "Masthead", "FAQ", "Manage Subscription", "Responsible Disclosure"],
    },

    # Personal blog on common software: 'posted on', tag cloud and comment form, archive of months, bare story
    "harbour-view-blog": {
        "page_head": ["Harbour View", "Notes on the world from a small town by the sea", "Skip to content", "Home", "About", "Archive", "Blogroll",
                      "Contact me", "", "← Previous", "Next →", ""],
        "head": ["headline", "Posted on", "date", "byline", "3", "gap"],
        "paragraph_gap": 1, "between": 1,
        "foot": ["", "Share this:", "Click to share on Facebook (Opens in new window)", "Click to print (Opens in new window)",
                 "Like this:", "Like Loading...", "", "This entry was posted in Current affairs, Uncategorized and tagged diplomacy, news, power. "
                 "Bookmark the permalink.", "Related", "{teaser}", "In \"Current affairs\"", "{teaser}", "In \"Uncategorized\""],
        "page_foot": ["", "Leave a Reply", "Nobody but me will see your e-mail address. Fields with a star must be filled in *",
                      "Comment *", "Name *", "Email *",
                      "Website", "Remember me on this computer.", "Send me a mail when there is a new post.",
                      "", "Search for:", "Recent Comments", "oldsalt on Another week at the harbour", "Marjorie P. on About", "", "Archives",
                      "March 2024", "February 2024", "January 2024", "December 2023", "November 2023", "", "Meta", "Log in", "Entries feed",
                      "Comments feed", "Theme: Coastline. Proudly powered by Presswork."],
    },

    # Syndication portal: tickers of quotes on top, provider line, disclosure of partners, stories packed tight, captions before the date
    "yonder-news-portal": {
        "page_head": ["Mail", "News", "Finance", "Sports", "Entertainment", "Search the web", "Today's news", "US", "Politics", "World", "Weather",
                      "Climate change", "Health", "Science", "Originals", "Newsletters", "S&P 500", "4,783.45", "+0.08%", "Crude Oil", "72.40",
                      "-1.12%", "Gold", "2,051.60", "U.S. markets closed", ""],
        "head": ["Newsline Wire", "headline", "byline", "caption", "1 / 4", "caption", "date", "·3 min read", "42", "Generate Key Takeaways"],
        "paragraph_gap": 0, "between": 0,
        "inline": ["Story continues", "View comments", "Advertisement • Article continues below", "More from Newsline: {teaser}"],
        "inline_every": 4,
        "foot": ["Show comments", "Solve the daily Crossword", "Terms and Privacy Policy", "Your Privacy Choices", "More about this topic",
                 "Newsline Wire • 5 hours ago", "{teaser}", "The Business Ledger • 11 hours ago", "{teaser}", "Ad • ComfortStep",
                 "Podiatrists Beg You To Throw Out These Slippers", "If you buy through links on this page, Yonder may get a share of the price.",
                 "Recommended Stories", "{teaser}"],
        "page_foot": ["", "Up next", "Feedback", "What's New", "About our ads", "Sitemap", "© 2024 Yonder. All rights reserved."],
    },

    # Mobile page of a public broadcaster: app bar, gallery counter, image words, short menu, no blank lines but every head one
    "northern-radio-mobile": {
        "page_head": ["Open in app", "×", "MENU", "LIVE", "NR Newsroom", "On air now: The Late Session", "Next: Shipping bulletin at 00:48"],
        "head": ["gap", "headline", "date", "Image source, Newsline", "Image caption,", "caption", "1 of 7", "Swipe for more", "Image caption,", "caption",
                 "byline", "World affairs reporter", "At a glance", "Share this page", "About sharing"],
        "paragraph_gap": 0, "between": 1,
        "inline": ["Clip not available", "Your browser is too old for our player. Switch scripting on, or listen to the clip in the app.", "Media caption,",
                   "Tap to expand", "{teaser}"],
        "inline_every": 5,
        "foot": ["Were you there, or do you know people who were? Tell us what you saw. Write to witness@nr.example, and add a telephone number if one "
                 "of our reporters may call you back. We may read parts of your message on air, with your first name and your town, so say so "
                 "if you would rather stay unnamed.", "More on this story", "{teaser}", "Published", "18 January",
                 "{teaser}", "Published", "2 days ago", "Related internet links", "We have no say over what other sites publish."],
        "page_foot": ["Top stories", "Elsewhere on NR", "Most read", "1", "2", "3", "Get the NR app", "Parental guidance", "Licence fee information",
                      "Copyright © 2024 Northern Radio, paid for by its listeners."],
    },

    # Diocesan weekly on a site of 2003: bracketed menu, guestbook and hit counter, letter-size words, plea for the press fund
    "diocesan-messenger": {
        "page_head": ["[ Home ] [ This Week's Issue ] [ Bishop's Column ] [ Parish Diary ] [ Letters ] [ Back Issues ] [ Links ] [ Guestbook ]",
                      "The Diocesan Messenger - Online Edition", "Serving the faithful of five counties since 1911", "**************************", ""],
        "head": ["World Church & Society", "gap", "byline", "headline", "gap", "date", "Vol. 92, No. 3", "gap", "caption", "(click on picture to enlarge)",
                 "gap"],
        "paragraph_gap": 1, "between": 2,
        "foot": ["", "* * *", "[Top of page] [E-mail this story to a friend] [Printer-friendly version]", "", "The Messenger receives no subsidy from "
                 "the diocese and is sold at the church door for less than it costs to print. If you have read these pages with profit, please "
                 "remember the Catholic Press Fund in your prayers and in your offerings. Cheques may be made out to the Messenger Trust and "
                 "handed to your parish priest or sent to the address below.", "", "Elsewhere in this issue:", "o {teaser}", "o {teaser}"],
        "page_foot": ["", "You are visitor no. 0048213", "This site is best viewed at 800 x 600 with Netscape 4.7 or Internet Explorer 5 or above.",
                      "Sign our Guestbook! | View our Guestbook", "Webmaster: Deacon Paul", "Last updated: January 2003",
                      "Copyright (c) 2003 The Diocesan Messenger. All rights reserved."],
    },

    # E-mail digest: 'view in browser' line, greeting, numbered items without byline or date, forward and unsubscribe lines
    "morning-bell-digest": {
        "page_head": ["Having trouble reading this email? View it in your browser.", "", "THE MORNING BELL", "Your five-minute briefing", "",
                      "Presented by Larkhill Savings", "", "Good morning. Here is what our editors think you should know before your second coffee. "
                      "Today's edition is 1,412 words, a six-minute read.", "", "-----------------------------------------------------------"],
        "head": ["gap", "* BIG STORY *", "gap", "headline", "gap"],
        "paragraph_gap": 2, "between": 2,
        "inline": ["A MESSAGE FROM LARKHILL SAVINGS\nYour money should get up as early as you do. Larkhill pays 4.6% from the first day, with no fees and no "
                   "branch to queue in.\nOpen an account ( https://larkhill.example/bell )\nCapital at risk. Terms apply.",
                   "Go deeper: {teaser}", "( Share on X ) ( Share by e-mail )"],
        "inline_every": 6,
        "foot": ["", "Read online ( https://bell.example/r/48a1 )", "", "-----------------------------------------------------------"],
        "page_foot": ["", "WHAT WE'RE READING", "", "Was this email forwarded to you? Sign up here.", "How did we do today?  Loved it | It was fine | Not for "
                      "me", "", "Thanks for reading, and thanks to Amira Holt for copy editing.", "",
                      "You are receiving this message because you opted in at our website. To stop receiving it, unsubscribe or update your "
                      "preferences.", "Bell Media Inc., 2200 Quay Street, Suite 310", "Sent with Postling"],
    },

    # Press-release and wire site: date and source before the headline, distribution words, contacts, forward-looking disclosure
    "wirepoint-releases": {
        "page_head": ["Send a Release", "Client Login", "Journalists", "Resources", "Blog", "All Products | News in Focus | Business & Money | Science & "
                      "Tech | Policy & Public Interest | People & Culture", "Accessibility Statement", "Skip Navigation", ""],
        "head": ["NEWS PROVIDED BY", "byline", "date", "08:30 ET", "gap", "Share this article", "Share toX", "gap", "headline", "gap", "caption",
                 "gap"],
        "paragraph_gap": 1, "between": 3,
        "inline": ["Tweet this", "Continue Reading", "Logo - https://media.wirepoint.example/mp/14417/logo.jpg"],
        "inline_every": 8,
        "foot": ["", "SOURCE Newsline Features", "", "Media Contact:", "Press Office, press@newsline.example, +1 212 555 0188", "",
                 "Certain statements in this publication may be forward-looking. Words such as “expects”, “plans” and “intends” identify such statements, "
                 "which involve known and unknown risks. Actual results may differ materially, and the distributor undertakes no obligation to "
                 "update the information after the date of issue.", "", "21%", "more press release views with", "Request a Demo",
                 "×", "Also from this source", "{teaser}", "{teaser}", "Explore", "News Releases in Similar Topics"],
        "page_foot": ["", "Your data: privacy@wirepoint.example", "or toll-free, weekdays 9 to 5 Eastern: 800-555-0119",
                      "Copyright © 2024 Wirepoint Association LP. All Rights Reserved. A Cordova company."],
    },

    # Trade paper's print view: address of the page and print notes, headline twice, licensing sentence, footnote-like lines, two gaps
    "freight-and-ports-print": {
        "page_head": ["Freight & Ports Weekly - Printable version", "Print this page | Close window", ""],
        "head": ["headline", "| Freight & Ports Weekly", "https://freightports.example/news/print/118202", "Page 1 of 3", "gap", "gap", "date", "MARKETS > "
                 "GEOPOLITICS", "headline", "byline", "gap"],
        "paragraph_gap": 2, "between": 5,
        "inline": ["Page 2 of 3", "Related article: {teaser}"],
        "inline_every": 9,
        "foot": ["", "", "Printed copies of this article are for your own use only. To order presentation-ready copies for distribution to colleagues, clients "
                 "or customers, please write to our licensing desk, quoting the number of the article.", "Article no. 118202",
                 "Freight & Ports Weekly corrects significant errors as soon as it learns of them. Corrections are noted at the end of the article."],
        "page_foot": ["", "Registered in England No. 01234567. Registered office: Dock House, Quayside. ISSN 0000-0019 (print)"],
    },
}
