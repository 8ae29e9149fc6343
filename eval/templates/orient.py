"""Layouts of eight made-up news sites in Asia, Africa, the Middle East and Oceania."""

TEMPLATES = {
    # Indian daily: drowning menu, headline repeated behind a breadcrumb, byline with clock, 'also read' every third paragraph, trending lists, channel pleas
    "deccan-sentinel": {
        "page_head": ["e-Paper", "Subscribe @ ₹1/day", "Sign In", "Hindi", "मराठी", "বাংলা", "தமிழ்", "",
                      "Home", "India News", "World News", "Cities", "Mumbai", "Delhi", "Bengaluru", "Hyderabad", "Kolkata", "Pune", "Cricket",
                      "Entertainment", "Bollywood", "Lifestyle", "Astrology", "Education", "Board Exams", "Business", "Personal Finance",
                      "Real Estate", "Trending", "Photos", "Videos", "Web Stories", "Quickreads", "Games", "Deals", "Opinion", "",
                      "TRENDING", "Live Score", "Gold Rate Today", "Budget 2024", "UPSC Result", "Horoscope Today", "",
                      ""],
        "head": ["News / World News / Rest of World /", "headline", "headline", "gap", "byline", "Edited by News Desk", "date", "06:44 PM IST",
                 "Copy Link", "Share", "Follow us on Google News",
                 "gap", "caption", "gap"],
        "paragraph_gap": 1, "between": 1,
        "inline": ["Also read | {teaser}", "ALSO READ: {teaser}", "Also Read| {teaser}", "Story continues below this ad", "Advertisement",
                   "Now you can get Sentinel alerts on WhatsApp! Join our channel by clicking here."],
        "inline_every": 3,
        "foot": ["", "(With inputs from agencies)", "(Except for the headline, our desk has left this agency copy as it came in.)",
                 "", "Stay tuned to Deccan Sentinel for World News, Breaking News and Live Updates from India and abroad.", "",
                 "Topics", "World", "Foreign Ministry", "", "Read Next Story", "{teaser}", "Trending in World", "{teaser}", "{teaser}", "{teaser}",
                 "SHARE THIS ARTICLE ON"],
        "page_foot": ["", "Explore Budget 2024", "Income Tax Calculator", "Latest News", "Sitemap", "Code of Ethics", "Grievance Redressal",
                      "RSS Feeds", "Subscription Terms of Use", "Your Story has been successfully saved",
                      "Copyright © Sentinel Digital Streams Ltd. All rights reserved."],
    },

    # Japanese paper in English: Japanese buttons, three captions after all else, picture counters, bare and orderly
    "setouchi-shimbun-english": {
        "page_head": ["メニュー", "ログイン", "会員登録", "Japanese", "English", "", "トップ > 国際 > The World", ""],
        "head": ["headline", "gap", "date", "(Seto Japan)", "gap", "印刷", "シェア", "ブックマーク", "gap", "画像を見る（全3枚）", "1/3", "caption",
                 "2/3", "caption", "3/3", "caption", "gap"],
        "paragraph_gap": 1, "between": 3,
        "inline": ["[Read more] {teaser}", "【関連記事】{teaser}", "広告"],
        "inline_every": 6,
        "foot": ["", "(Japanese original by World News Department)", "Font Size", "S", "M", "L", "", "関連記事", "{teaser}", "{teaser}",
                 "あわせて読みたい"],
        "page_foot": ["", "ページトップへ", "個人情報保護方針", "著作権・リンクについて", "お問い合わせ",
                      "掲載の記事・写真・図表などの無断転載を禁じます。", "Copyright SETOUCHI SHIMBUN. No reproduction or republication without written permission."],
    },

    # Chinese agency: source and editor's name under the headline, one caption, nothing in the text, page numbers behind it
    "huaxin-network": {
        "page_head": ["中文", "Français", "Русский", "Español", "عربي", "Home | Latest | China | World | Business | Culture & Life | Sci-Tech | Sports"
                      " | Video | In Pictures", ""],
        "head": ["headline", "Source: Huaxin", "date", "Editor: Lin Wei", "gap", "caption", "gap"],
        "paragraph_gap": 2, "between": 2,
        "foot": ["■", "【1】【2】【3】【4】【下一页】", "Comments", "Share to WeChat", "微信扫一扫分享", "", "MOST VIEWED", "- {teaser}", "- {teaser}"],
        "page_foot": ["", "Back to Top", "About Us | Contact Us | 举报电话 010-55550199",
                      "Copyright © 2000-2024 HUAXINNET.example All rights reserved. 京ICP备00000000号"],
    },

    # Arab daily's English pages with Arabic furniture: headline and captions doubled, letter size, numbered most-read list
    "al-minbar-al-jadeed": {
        "page_head": ["الرئيسية", "أخبار", "الخليج", "شؤون إقليمية", "اقتصاد", "رياضة", "يوميات", "الرأي", "كاريكاتير", "تحميل تطبيق المنبر", ""],
        "head": ["headline", "gap", "caption", "caption", "ع", "A+", "A-", "date", "آخر تحديث: 18:40", "gap", "headline", "gap", "استمع إلى المقالة",
                 "3:12", "byline", "gap"],
        "paragraph_gap": 1, "between": 3,
        "inline": ["اقرأ أيضاً: {teaser}", "إعلان", "تابعوا آخر الأخبار عبر قناتنا على واتساب", "مواضيع ذات صلة\n{teaser}"],
        "inline_every": 5,
        "foot": ["", "مواضيع", "الشرق الأوسط", "أخبار العالم", "شارك", "الأكثر قراءة", "١", "{teaser}", "٢", "{teaser}", "٣", "{teaser}"],
        "page_foot": ["", "يحفظ هذا الموقع ملفات صغيرة على جهازك كي يتذكر لغتك ويحصي عدد القراء. إذا تابعت القراءة فأنت تقبل بذلك.", "موافق",
                      "جميع الحقوق محفوظة © المنبر الجديد 2024", "شروط الاستخدام", "من نحن", "اشترك في النشرة البريدية"],
    },

    # Nigerian news portal: capital-letter cross-links every second paragraph, betting line, pleas, rules of comment, copyright threat
    "naija-lantern": {
        "page_head": ["Home News Politics Metro Business Sports Entertainment Opinion Jobs Video", "Tuesday Bulletin", "DOLLAR TO NAIRA TODAY: ₦1,480",
                      "Latest Nigeria News, Nigerian Newspapers, Politics", "", "Home » Foreign", ""],
        "head": ["Foreign", "headline", "Published", "date", "By", "Kindly share this story:", "Facebook Twitter WhatsApp LinkedIn", "gap", "caption",
                 "gap"],
        "paragraph_gap": 1, "between": 1,
        "inline": ["READ ALSO: {teaser}", "ALSO READ FROM NAIJA LANTERN: {teaser}", "READ MORE: {teaser}", "DON'T MISS OUT: Our page on "
                   "Instagram brings you the biggest gist of the day before anybody else!", "[ad] Win big this weekend with AceBet - sign up and "
                   "get 200% on first deposit", "Got a story that Nigeria should hear, or a business you want to advertise here? Call "
                   "+234 800 555 0143 or write to tips@naijalantern.example"],
        "inline_every": 2,
        "foot": ["", "It takes fuel, data and courage to report from places where officials would rather not be seen. Our people have been "
                 "chased, sued and locked up, and they went back the next morning. We do not hide our stories behind a wall, because the "
                 "market woman has the same right to know as the minister. Give ₦1,000 or what you can, and keep the Lantern burning.",
                 "Donate", "", "Copyright NAIJA LANTERN", "Bloggers and other papers who lift this report, whole or in part, without a letter from our "
                 "management will be sued. We have done so before, and the courts found for us.",
                 "", "What readers write below is their own opinion and not that of the Lantern.", "Be the first to comment",
                 "Related News", "{teaser}", "{teaser}", "{teaser}"],
        "page_foot": ["", "Top News", "E-Paper", "Advert Rates", "Contact: editor@naijalantern.example", "Powered by Zinnia"],
    },

    # South African weekly gone daily: picture credit and caption first, then date over headline; audio player, gift link, poll, press code
    "highveld-mail": {
        "page_head": ["Subscribe", "LOG IN", "My Account", "Latest", "Politics", "Climate", "Investigations", "Money", "Life",
                      "Crosswords", "Loadshedding: Stage 2", "Eskom schedule", ""],
        "head": ["2 min read", "gap", "Picture: Supplied", "caption", "gap", "World", "date", "headline", "gap", "byline", "Share", "Gift this article",
                 "5 gifts left this month", "Save", "Play", "Loading audio…", "Read aloud by a computer voice. Tell us if a name sounds wrong.",
                 "gap"],
        "paragraph_gap": 1, "between": 5,
        "inline": ["READ | {teaser}", "Seven newsletters, one for each day of the week. Tick those you like and we will send them to you "
                   "free.", "Article continues after this advertisement"],
        "inline_every": 6,
        "foot": ["", "Rumours are free, reporting is not", "Try the Mail for two weeks without paying a cent: all our investigations, "
                 "the columnists you love to quarrel with, the crosswords and the archive back to 1985. After that it is R89 a month, taken "
                 "from your card on the first. Should you change your mind, one click ends it, and nobody will phone to ask you why.",
                 "Subscribe to Highveld Mail", "", "Next on Highveld Mail", "{teaser}", "Editorial feedback and complaints",
                 "If we got something wrong, write to the readers' editor, who answers every letter within a week."],
        "page_foot": ["", "Heard something that should be in the news? Send us a tip", "Voting Booth", "Do you intend to travel abroad this year?",
                      "Yes, I have booked", "44% - 1206 votes", "No, it is too expensive", "56% - 1534 votes", "Results", "",
                      "We subscribe to the Press Council's Code of Ethics. If you believe we have breached it, a complaint may be lodged within "
                      "20 working days of publication."],
    },

    # Australian public-minded site: key words, 'posted', abbreviated clock, caption last in the head, acknowledgement of country as foot
    "coral-coast-news": {
        "page_head": ["Skip to main content", "Coral Coast News Homepage", "Open Sites menu", "More", "Search the site", "Log In", "",
                      "Just In", "For You", "Politics", "Asia Pacific", "Regional", "Rural", "Fact Check", "Te Reo", "Pasifika", ""],
        "head": ["headline", "byline", "Topic:", "World Politics", "Tue 6h ago", "date", "Updated at 8:06am AEST", "gap", "caption", "gap", "caption", "gap"],
        "paragraph_gap": 1, "between": 2,
        "inline": ["Coast in brief: {teaser}", "Loading...", "Load more", "Loading Twitter content",
                   "Pacific Dawn, our free weekly email\nStories from the islands, in your inbox on Fridays\nWe keep your address only "
                   "to send you this letter.\nSubscribe"],
        "inline_every": 5,
        "foot": ["Posted 6h ago, updated 3h ago", "Share", "Copy link", "Related stories", "{teaser}", "{teaser}", "Top Stories", "{teaser}", "Back to top"],
        "page_foot": ["", "Our newsrooms stand on the land of First Peoples who told its stories long before us. We honour their Elders and "
                      "the custodians of reef, river and sky.", "",
                      "Agency reports and pictures on these pages belong to their makers and must not be passed on.",
                      "All times are given for Brisbane (AEST, GMT+10) unless the story says otherwise", "Accessibility", "Kia ora, Bula, Talofa"],
    },

    # Indonesian portal: story cut into pages, no gap between paragraphs, 'baca juga' often, date line before headline, editor's line
    "warta-nusa": {
        "page_head": ["Indeks", "Terpopuler", "Terbaru", "Nasional", "Internasional", "Ekonomi", "Bola", "Otomotif", "Gaya Hidup", "Foto", "TV",
                      "Kirim Tulisan", "Beranda » Internasional » Dunia"],
        "head": ["date", "| 17:22 WIB", "headline", "byline", "- Warta Nusa", "A A A", "Bagikan", "0 Komentar", "caption", "(Foto: dok. istimewa)"],
        "paragraph_gap": 0, "between": 2,
        "inline": ["Baca juga: {teaser}", "Baca Juga: {teaser}", "SCROLL TO CONTINUE WITH CONTENT", "ADVERTISEMENT", "Pilihan Editor: {teaser}",
                   "Gulir ke bawah untuk melanjutkan membaca"],
        "inline_every": 3,
        "foot": ["Editor: Siti Rahma", "Kabar terbaru dari redaksi kini bisa kamu terima setiap pagi lewat WhatsApp. Ketuk tautan di bawah, "
                 "simpan nomor kami, lalu kirim kata MULAI.", "Halaman 1 dari 2", "Selanjutnya", "Lihat Semua", "TAG:", "dunia",
                 "krisis", "perundingan", "Rekomendasi untuk Anda", "{teaser}", "{teaser}", "Berita Terkait", "{teaser}"],
        "page_foot": ["Tentang Kami", "Pedoman Media Siber", "Karir", "Info Iklan", "Kotak Pos", "Disclaimer", "© 2024 PT Warta Nusa Mandiri"],
    },
}
