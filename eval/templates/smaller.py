"""Fourteen more made-up page layouts for stitch.py, each as another tester would write it."""

TEMPLATES = {
    # Greek: headline, time, three captions one after the other, and a poll as the foot
    "greek-poll": {"head": ["headline", "08:15", "gap", "caption", "caption", "caption", "gap"], "between": 2,
                   "inline": ["Διαβάστε ακόμη: {teaser}", "Διαφήμιση"], "inline_every": 5,
                   "foot": ["", "Δημοσκόπηση", "Συμφωνείτε με την απόφαση;", "Ναι 61%", "Όχι 39%", "Ψηφίστε τώρα"],
                   "page_head": ["Αρχική", "Πολιτική", "Καιρός", ""], "page_foot": ["", "Αριθμός πιστοποίησης 0417"]},

    # a word alone: the only furniture is three single words at unlike places
    "three-words": {"head": ["Wire", "headline", "gap"], "inline": ["Pause"], "inline_every": 6, "foot": ["Onward"], "between": 1},

    # Hebrew: byline and date under the caption, counts with symbols
    "hebrew-desk": {"head": ["חדשות", "headline", "gap", "caption", "צילום: ארכיון", "byline", "date", "gap"], "between": 3,
                    "inline": ["► עוד בנושא: {teaser}", "פרסומת", "המשך הכתבה למטה"], "inline_every": 4,
                    "foot": ["", "💬 17 תגובות", "מצאתם טעות? כתבו לנו", "{teaser}"], "page_foot": ["", "תקנון האתר", "נגישות"]},

    # live page: times and update stamps in the head, 'what we know' labels inline
    "live-stamps": {"head": ["LIVE", "headline", "gap", "Updated 17:05 GMT", "First posted 09:22 GMT", "byline", "gap"], "between": 4,
                    "inline": ["11:47", "What we know so far", "Refresh this page for newer entries", "Earlier today: {teaser}"], "inline_every": 2,
                    "foot": ["This page is no longer being updated.", "Entries are shown with the newest first; all times are local.", ""]},

    # Portuguese and Spanish mixed: prices, phone number, summary label in front of the first paragraph
    "iberian": {"head": ["date", "headline", "headline", "gap", "caption", "gap", "Resumo para quem tem pressa", "gap"], "between": 2,
                "inline": ["Continua depois da publicidade", "Te puede interesar: {teaser}", "Assine por R$ 1,90 no primeiro mês"], "inline_every": 3,
                "foot": ["", "Fale com a redação: (11) 5550-0199", "¿Qué te pareció esta nota?", "Me gusta 58", "Las más vistas", "{teaser}", "{teaser}"],
                "page_head": ["Portada", "Cidades", "Deportes", "Hemeroteca", ""]},

    # furniture like prose: an editor's note above the body and a podcast invitation of full sentences in it
    "editors-note": {"head": ["headline", "gap", "byline", "gap",
                              "Editor's note: Some names on this page have been changed at the wish of those who spoke to us, and ages are given as of spring.",
                              "gap", "caption", "gap"], "between": 3,
                     "inline": ["On this week's episode, two of us go back to the valley and ask who still lives there. Listen wherever you get your shows.",
                                "Our letter goes out on Fridays to some forty thousand kitchens, and costs nothing but the time to read it."],
                     "inline_every": 5,
                     "foot": ["A grant from a foundation paid for travel on this project. The foundation saw no word of it before you did.",
                              "Reporting by the valley team; graphics by the map desk."]},

    # Chinese, simplified: no blank lines, counts without spaces, QR code
    "chinese-tight": {"head": ["headline", "date", "来源:本站综合", "字号 大 中 小", "caption"], "paragraph_gap": 0, "between": 1,
                      "inline": ["延伸阅读:{teaser}", "广告"], "inline_every": 3,
                      "foot": ["责任编辑:小林", "扫描二维码关注我们", "阅读 10万+", "点赞 326", "相关新闻", "{teaser}"],
                      "page_head": ["首页 > 要闻 > 正文"], "page_foot": ["举报电话:400-000-0000", "未经许可不得转载"]},

    # quiz titles and listicles with numbers that look like headlines, at every third paragraph and behind the story
    "quiz-house": {"head": ["caption", "gap", "headline", "gap", "caption", "date", "gap"], "between": 2,
                   "inline": ["Only One Reader in Nine Gets All These Flags Right", "17 Small Habits of People Who Sleep Well",
                              "Which Extinct Animal Are You?", "★ Editors' Pick ★ {teaser}"], "inline_every": 3,
                   "foot": ["", "Play Next", "Name That River in Three Guesses", "From Barn to Ballroom: A Couple's Wildest Renovation", "{teaser}"],
                   "page_head": ["Crossword Champion Reveals Her Only Rule", "Tonight: Match of the Century", ""]},

    # Turkish, Polish, Hungarian on one site, as an aggregator has it; headline thrice
    "aggregator": {"head": ["headline", "gap", "headline", "Kaynak: ajans", "date", "gap", "headline", "caption", "gap"], "between": 6,
                   "inline": ["Haberin devamı", "Czytaj dalej pod reklamą", "Ez is érdekelheti: {teaser}"], "inline_every": 4,
                   "foot": ["Yorum yaz", "Udostępnij 214", "Nyomtatás", "Hírlevél: iratkozzon fel ingyen!"],
                   "page_foot": ["Tüm hakları saklıdır.", "Regulamin serwisu", "Médiaajánlat"]},

    # Korean: reporter address, copyright line that closes every story, two blank lines between paragraphs
    "korean-press": {"head": ["headline", "입력 2024.01.15 06:30", "수정 2024.01.15 11:02", "gap", "byline", "글자크기 조절", "gap", "caption", "gap"],
                     "paragraph_gap": 2, "between": 4, "inline": ["[관련기사] {teaser}", "광고 닫기"], "inline_every": 6,
                     "foot": ["기자 reporter@press.invalid", "ⓒ 무단전재 및 재배포 금지", "좋아요 42", "슬퍼요 3", "화나요 11"],
                     "page_head": ["정치", "경제", "오피니언", "구독", ""]},

    # a long page foot of 20 lines as a sitemap with company data; story itself almost bare
    "sitemap": {"head": ["headline", "byline", "date", "gap"], "between": 3, "foot": ["Back to top ↑"],
                "page_foot": ["", "Company", "Who we are", "Our code of conduct", "Careers", "Press room", "Help", "Change your address", "Pause deliveries",
                              "Gift vouchers from €15", "Apps", "For phones (48 MB)", "For tablets (61 MB)", "Partners", "Vesterlund Print AB",
                              "Box 112, 900 01 Norrhamn", "Switchboard +46 00 555 01 10", "Choose cookies", "Accessibility statement",
                              "Nothing here is advice on buying or selling.", "v4.18.2"]},

    # Thai, Vietnamese, Indonesian: hash marks, emoji reactions, caption before and after the headline
    "mekong": {"head": ["caption", "headline", "📷 ภาพจากแฟ้ม", "gap", "caption", "gap", "Penulis: Tim Redaksi", "date", "gap"], "between": 2,
               "inline": ["Xem thêm: {teaser}", "อ่านต่อด้านล่าง", "Gulir untuk lanjut membaca", "Quảng cáo"], "inline_every": 2,
               "foot": ["", "😀 12 😢 4 😡 1", "# ข่าววันนี้", "Bagikan artikel ini", "Tin cùng chuyên mục", "• {teaser}", "• {teaser}", "• {teaser}"]},

    # Ukrainian and Georgian: byline right under a label, questions as furniture, one kind inline
    "black-sea": {"head": ["Автор матеріалу", "byline", "gap", "headline", "gap", "date", "gap", "caption", "gap"], "between": 1,
                  "inline": ["Чому це важливо?"], "inline_every": 4,
                  "foot": ["", "Що ви про це думаєте?", "წაიკითხეთ აგრეთვე", "{teaser}", "გააზიარე"],
                  "page_head": ["მთავარი", "Війна", "Економіка", "12 травня", ""], "page_foot": ["", "© 2019–2024", "რეკლამა საიტზე"]},

    # Bengali, Tamil, Amharic, Swahili, Dutch: a world service, language list in the page head, whole sentences in the foot
    "world-service": {"head": ["headline", "gap", "Picture credit, the desk", "caption", "gap", "byline", "Reporting from the region", "gap"], "between": 3,
                      "inline": ["Verder lezen na de afbeelding", "Soma pia: {teaser}"], "inline_every": 7,
                      "foot": ["", "আমাদের সাথে থাকুন", "மேலும் செய்திகள்", "{teaser}", "ተጨማሪ ያንብቡ", "You can hear this programme again at any hour."],
                      "page_head": ["বাংলা", "தமிழ்", "አማርኛ", "Kiswahili", "Nederlands", "اردو", "Choose your language", ""],
                      "page_foot": ["", "The service is not answerable for what stands on other people's pages."]},
}
