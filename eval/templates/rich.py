"""Ten made-up news sites, five in English and five in Portuguese, Ukrainian, Persian, Indonesian and Korean."""

TEMPLATES = {
    # financial paper: ticker before everything, key points between headline and text, chart placeholders, paywall and disclaimers
    "t6-ledger": {
        "page_head": """
Skip to content
Delayed quotes
HBX 100
7,412.36
+0.41%
Crude
81.07
-1.22%
Gold
2,031.90
+0.08%
EUR/GBP
0.8571
Unch.
""".strip("\n").split("\n") + "Subscribe|Sign in|Markets|Rates & Bonds|Deals|Energy|Commodities|Funds|Asia|Lex Mercator|Wealth|Opinion|Data Room|Podcasts|My watchlist|".split("|"),
        "head": ["Rates & Bonds", "headline", "Key points", "- Investors are watching the central bank's next two meetings",
                 "- Analysts we polled are split on how long the effect will last", "- Shares in the sector have moved little so far", "gap",
                 "caption", "byline", "date", "4 min read", "Save", "Gift this article", "Listen to this article 5:12", "gap"],
        "paragraph_gap": 1,
        "inline": ["Chart: How the index has moved since January\nSource: Ledger Data Room, exchange filings\nChart could not be displayed. Reload the page.",
                   "Recommended\n{teaser}", "Content is loading...", "[Interactive chart]",
                   "THE OPENING BELL\nWhat moved overnight and what will move today, in your inbox at six.\nEnter your email\nSign up",
                   "Read more: {teaser}"],
        "inline_every": 4,
        "foot": """
(Additional writing by the markets desk; Editing by H. Lindqvist)
Our newsroom follows the Ledger Code of Conduct, which can be read in full on our standards page.
Get real-time alerts on this topic
Follow Rates & Bonds
Follow Central banks
Purchase licensing rights
Suggested reading
{teaser}
3 min ago
{teaser}
2 hours ago
{teaser}
Yesterday
""".strip("\n").split("\n"),
        "between": 2,
        "page_foot": """

Most viewed in Markets
Week ahead: five numbers that matter
Why the old shipping families are selling
Bond desk diary: the quiet auction
Company announcements
About the Ledger
Advertise
Help centre
Past performance is not a guide to what will happen next. Nothing on these pages is an offer to buy or sell any security, \
and readers should speak to a qualified adviser before acting on anything they have read here.
Prices are delayed by at least fifteen minutes and are supplied by third parties, who accept no liability for errors or gaps.
© The Harbour Ledger Publishing Co. Registered office: 4 Customs Quay.
""".strip("\n").split("\n"),
    },

    # tabloid: headline three times, share counts round the head, a poll in the text, comments with votes in the foot
    "t6-daily-shout": {
        "page_head": ("SHOUT!|Your loudest read|Showbiz|Telly|Footie|Royals|Money Saver|Bingo|Dear Deb|Competitions|Log in||"
                          "TRENDING|Storm latest|Jackpot winner|Cliff rescue dog|").split("|"),
        "head": ["headline", "EXCLUSIVE", "headline", "byline", "date", "Updated: 11:52", "2.4k shares", "318 comments", "WhatsApp", "Copy link",
                 "caption", "gap", "headline", "caption", "caption", "+6", "View gallery", "gap"],
        "paragraph_gap": 0,
        "inline": ["POLL: What do YOU think?\nThey were right\nThey went too far\nNot bothered either way\n14,207 votes so far\nVOTE NOW",
                   "READ MORE: {teaser}", "MORE: {teaser}", "Article continues below", "SHARE", "Scroll down for video",
                   "Got a story? Our news team pays for tips and pictures. Ring 0555 010 0199 or message us, and we will never name you without asking."],
        "inline_every": 3,
        "foot": """

Share or comment on this article
2.4k shares
Comments 318
Newest
Best rated
Worst rated
The views below are those of our readers and not of Shout!
BrendaFromTheBay, Saltmouth, 2 hours ago
You could not make it up. Nobody in charge ever pays for any of this, we do.
412 likes
19 dislikes
Reply
kev_1971, Northwick, 3 hours ago
Read past the first line before you all start shouting, it is not that simple.
88 likes
204 dislikes
Reply
Grumpy Badger, somewhere up north, 5 hours ago
My nan said this would happen in 1988 and she was laughed out of the pub.
1,033 likes
7 dislikes
Reply
Load 315 more comments
DON'T MISS
{teaser}
{teaser}
{teaser}
{teaser}
""".strip("\n").split("\n"),
        "between": 1,
        "page_foot": """
TOP STORIES
TOP VIDEOS
Play Bingo
Site map
Contact us
Corrections and clarifications
Shout! is a member of the Press Fairness Board. If you are unhappy with something we printed, write to the Readers' Editor within four months.
Part of the Shout, Whisper & Tell Group
""".strip("\n").split("\n"),
    },

    # non-profit magazine: a long plea before the text and another after it, republishing notice, two blank lines between paragraphs
    "t6-common-ground": {
        "page_head": """
Common Ground
Reporting that belongs to everyone
About
Our investigations
Impact
Fellowships
Donate

""".strip("\n").split("\n"),
        "head": ["We are a small newsroom with no owner, no shareholders and no paywall.",
                 "Every story on this page was paid for by readers who gave what they could so that others could read it for nothing. "
                 "We have until the last day of the month to raise another $60,000, and we are not yet half-way there. If you have "
                 "been meaning to give, this is the day to do it.",
                 "Give monthly", "Give once", "Not now", "gap", "Investigation", "gap", "headline", "gap",
                 "byline", "gap", "date", "gap", "caption", "gap", "Republish this story", "gap"],
        "paragraph_gap": 2,
        "inline": ["You are reading independent journalism. Help us keep it free.",
                   "What we mean by \"dark money\"\nThe phrase is used for political spending whose first source is hidden. It is often lawful. "
                   "Campaigners say the rules have not been looked at seriously for twenty years.",
                   "Related: {teaser}",
                   "Do you know something we should look into?\nOur reporters read every message.\nWrite to us securely"],
        "inline_every": 6,
        "foot": """
This story was produced with the support of the Lantern Fund for Public-Interest Reporting. Funders have no say in what we cover or how.

Republish our articles for free, online or in print, under a Creative Commons licence.

You may not edit our stories, except to reflect changes in time and place or to follow your house style. You must credit the writer and \
Common Ground in the first lines, link back to this page, and keep every link that was in the text. You may not sell our stories on their own, \
and you may not put them on a page made only to carry advertising. Pictures are not covered by this licence unless the caption says so.

Copy HTML
Copy plain text

Before you go

If this article made you see something in a new way, please think about what it costs. A single investigation takes one reporter about four \
months, and we spend more on lawyers than we would like. Nine out of ten people who read us never give. If you can spare the price of a \
sandwich each month, you will pay for records requests, for train fares, and for the time it takes to knock on one more door.

Make a gift

More from this series

{teaser}

{teaser}
""".strip("\n").split("\n"),
        "between": 4,
        "page_foot": """

Common Ground is a tax-exempt charity. Gifts are deductible to the extent the law allows. Tax number 00-5550123.
Read our donor list, our annual report and our policy on editorial independence.
Privacy
Jobs and internships
""".strip("\n").split("\n"),
    },

    # live blog: clock times and 'key events' in the head, updates pinned, share lines between paragraphs, no captions
    "t6-rolling": {
        "page_head": "ROLLING|News as it happens|Live now|Today|Yesterday|Calendar|Menu|".split("|"),
        "head": ["LIVE", "headline", "date", "Last updated 7 minutes ago", "1,904 watching now", "gap", "Key events", "14:32  Officials to speak within the hour",
                 "13:05  What we know so far", "11:47  First reports come in", "09:20  Good morning and welcome", "Show key events only",
                 "Turn on automatic updates", "Please switch on JavaScript to use this feature", "gap", "PINNED", "14:40 GMT", "byline", "headline", "gap"],
        "paragraph_gap": 1,
        "inline": ["14:21", "13:58 GMT", "Share\nCopied to clipboard", "12:36\nSee earlier: {teaser}", "1h ago", "Updated at 12.11 GMT",
                   "There are new updates\nTap to see them"],
        "inline_every": 2,
        "foot": """
Share
← Older
Newer →
1 of 6
That is all from this page for now. Thank you for staying with us.
Got a question for the live team? Use the box and we may answer it here. Please leave a name and the place you are writing from.
0/500
Send question
Elsewhere today
{teaser}
{teaser}
""".strip("\n").split("\n"),
        "between": 5,
        "page_foot": """

How we run live pages
Our editors check each entry before it goes up, but early reports are often wrong, and we will say so plainly when we have to change one.
Accessibility
Complaints
""".strip("\n").split("\n"),
    },

    # local radio station: now-playing widget, forecast, school closings, contests, public-file notice, a recording offered in the text
    "t6-river-fm": {
        "page_head": """
104.9 The River
Valley's best mix
Listen Live
Now playing
Blue Lantern Road - The Quiet Carpenters
Recently played
Home
On Air
Morning Crew with Dale & Tish
Midday with Marisol
The Drive Home
Saturday Polka Party
Contests
Win tickets to the county fair
Concert calendar
News
Obituaries
Swap shop
School closings
There are no closings at this time.
Weather
Partly cloudy 61°
Tonight: 44°
Thu 66° 47°
Fri 58° 41°
""".strip("\n").split("\n"),
        "head": ["caption", "Canva / file", "headline", "byline", "Published: ", "date", "gap"],
        "paragraph_gap": 1,
        "inline": ["Hear the full interview\n00:00 / 08:44\nDownload", "LISTEN: Morning Crew podcast, episode 212", "KEEP READING: {teaser}",
                   "Get our free mobile app", "Enter your number to get our free mobile app\nSend me the link"],
        "inline_every": 5,
        "foot": """
Filed Under: Local news, Valley
Categories: News
Comments
Leave A Comment
More From 104.9 The River
{teaser}
{teaser}
{teaser}
Today's funeral notices are brought to you by Aldous & Daughters
Harriet M. Poole, 91, retired teacher, visitation Friday from four to seven
Eugene \"Skip\" Tarrow, 78, farmer and volunteer fireman, services pending
""".strip("\n").split("\n"),
        "between": 2,
        "page_foot": """

Information
EEO
Marketing and advertising solutions
Public file
Need assistance
FCC applications
Report an inaccuracy
Contest rules
Persons with disabilities who need help with our public inspection file may ring the station manager on weekdays during office hours.
Follow us
104.9 The River, Two Rivers Broadcasting, Inc. All rights reserved.
""".strip("\n").split("\n"),
    },

    # Portuguese sports paper: result box and table in the middle, betting warning, doubled headline, most-read with places
    "t6-bola-alta": {
        "page_head": ("Bola Alta|Ao minuto|Futebol|Liga|Segunda|Distritais|Internacional|Modalidades|Andebol|Hóquei|Ciclismo|Motores|Opinião|"
                          "Apostas|Jogos de hoje|18:00 Marinhense - Aldeia Nova|20:15 Estrela do Cabo - Ribeirão|21:30 Académico do Vale - Serrano||Assine já|Entrar|").split("|"),
        "head": ["Futebol", "|", "Liga", "headline", "gap", "date", "às 18h42", "Por", "byline", "caption", "gap", "headline", "gap", "Ouvir", "A-", "A+", "gap"],
        "paragraph_gap": 1,
        "inline": ["FICHA DO JOGO\nEstrela do Cabo 2-1 Ribeirão\nEstádio das Dunas, 11 204 espectadores\nÁrbitro: Nuno Falcato\nGolos: Teles (12), Baía (67); Moura (90+3)\n"
                   "Ao intervalo: 1-0",
                   "Classificação\n1. Estrela do Cabo 58\n2. Ribeirão 55\n3. Académico do Vale 49\nVer tabela completa",
                   "Leia também: {teaser}", "PUBLICIDADE", "Continue a ler após o anúncio",
                   "Receba o Apito Final\nO resumo da jornada, todas as segundas às oito.\nO seu email\nQuero receber"],
        "inline_every": 4,
        "foot": """

Partilhar
Comentar (27)
Por Bola Alta
Siga-nos no WhatsApp e receba as notícias do seu clube antes de toda a gente.
Mais lidas
1.º
{teaser}
2.º
{teaser}
3.º
{teaser}
Comentários
TozéDaBancada
Com esta defesa nem na distrital se ganhava, tenham vergonha.
há 14 min
Maria Leonor F.
Calma, que o campeonato só acaba em maio e ainda há muito jogo pela frente.
há 41 min
O seu comentário será lido por um moderador antes de aparecer nesta página.
""".strip("\n").split("\n"),
        "between": 3,
        "page_foot": """

Jogue com cabeça. As apostas são proibidas a menores de 18 anos e podem criar dependência; se precisar de ajuda, ligue para a linha gratuita.
Ficha técnica
Estatuto editorial
Lei da transparência
Termos e condições
É proibida a reprodução, no todo ou em parte, dos textos e imagens deste jornal sem autorização escrita da direção.
© Bola Alta - Edições Desportivas, Lda.
""".strip("\n").split("\n"),
    },

    # Ukrainian agency: news wire with clock times before the text, Telegram lines inside, error-report line (Ctrl+Enter), licence paragraph
    "t6-visnyk": {
        "page_head": """
Вісник Дніпра
Стрічка новин
12:48 Синоптики попередили про сильний вітер на півдні
12:31 У місті відкрили новий пішохідний міст
12:04 Курс валют на сьогодні
11:50 Графіки відключень: що змінилося
Усі новини
Політика
Економіка
Суспільство
Світ
Регіони
Культура
Спорт
Фото
Відео
Укр
Eng

""".strip("\n").split("\n"),
        "head": ["Головна", "Світ", "date", "12:57", "headline", "1438", "caption", "Фото: ілюстративне", "gap", "Читайте також:", "byline", "gap"],
        "paragraph_gap": 1,
        "inline": ["Читайте також: {teaser}", "Важливо: {teaser}", "РЕКЛАМА", "Підписуйтесь на наш Telegram-канал",
                   "ДОВІДКА\nВерховна Рада є єдиним органом законодавчої влади. До її складу входять народні депутати, яких обирають на п'ять років. "
                   "Сесії розпочинаються у вересні та лютому."],
        "inline_every": 3,
        "foot": """
Нагадаємо, про це раніше писали наші кореспонденти.
Якщо ви помітили помилку, виділіть потрібний текст і натисніть Ctrl+Enter, щоб повідомити редакцію.
Теги:
новини
світ
політика
Поділитися
Ще за темою
{teaser}
{teaser}
Популярне за добу
{teaser}
{teaser}
{teaser}
""".strip("\n").split("\n"),
        "between": 2,
        "page_foot": """

Про редакцію
Контакти
Реклама на сайті
Правила коментування
Цитування та використання матеріалів у мережі дозволено за умови відкритого для пошукових систем посилання не нижче другого абзацу. \
Для друкованих видань потрібна письмова згода редакції.
Матеріали з позначками «Новини компаній» та «Промо» публікуються на правах реклами.
Ідентифікатор медіа R00-00000
© «Вісник Дніпра»
""".strip("\n").split("\n"),
    },

    # Persian government-run agency: news code, short link, print/text-size tools, Hijri clock line, comment rules; between is 1, no inline teasers
    "t6-payam": {
        "page_head": ("خبرگزاری پیام امروز|صفحه نخست|سیاسی|اقتصادی|اجتماعی|بین‌الملل|فرهنگ و هنر|ورزش|علم و فناوری|استان‌ها|عکس|فیلم|صوت|اینفوگرافیک|پادکست|"
                          "بازار|آرشیو|پیوندها|درباره ما|تماس با ما|العربية|English|Русский|جستجو|").split("|"),
        "head": ["کد خبر: 84512907", "۲۱ دی، ۱۰:۳۵", "date", "گروه بین‌الملل", "gap", "headline", "gap", "caption", "gap", "نسخه چاپی", "اندازه متن", "gap", "byline", "gap"],
        "paragraph_gap": 1,
        "inline": ["بیشتر بخوانید", "بیشتر بخوانید:\n{teaser}", "تبلیغات",
                   "پیشینه خبر\nنشست سران هر سال در یکی از پایتخت‌ها برگزار می‌شود. دبیرخانه دستور کار را یک ماه پیش از نشست اعلام می‌کند. "
                   "تصمیم‌ها با رأی همه اعضا گرفته می‌شود."],
        "inline_every": 5,
        "foot": """
انتهای پیام/
لینک کوتاه
https://payam.example/x84512
برچسب‌ها
بین‌الملل
اخبار جهان
اخبار مرتبط
{teaser}
{teaser}
نظرات
نظر شما
دیدگاه‌هایی که به زبان فارسی نوشته نشده باشد یا در آن به دیگران توهین شده باشد منتشر نخواهد شد.
نام
ایمیل
متن نظر
کد امنیتی را وارد کنید
ارسال
""".strip("\n").split("\n"),
        "between": 1,
        "page_foot": """

پربازدیدترین‌ها
آخرین اخبار
پیش‌بینی هوای پایتخت برای فردا
قیمت روز سکه و ارز
جدول پخش برنامه‌ها
همه حقوق این وب‌گاه برای خبرگزاری پیام امروز محفوظ است و نقل مطالب با ذکر منبع آزاد است.
طراحی و تولید: شرکت نرم‌افزاری آوای مهر
""".strip("\n").split("\n"),
    },

    # Indonesian portal: menu of 50-odd lines, 'Baca juga' after every second paragraph, page numbers, tags, cookie notice in sentences
    "t6-warta-kita": {
        "page_head": ("WartaKita|Masuk|Daftar|Nasional|Peristiwa|Hukum|Pemilu|Megapolitan|Jakarta|Bogor|Depok|Tangerang|Bekasi|Regional|Jawa Barat|Jawa Tengah|"
                          "Jawa Timur|Sumatera|Kalimantan|Sulawesi|Papua|Global|Asia|Eropa|Amerika|Ekonomi|Bisnis|Keuangan|UMKM|Properti|Bola|Liga Lokal|Liga Eropa|"
                          "Bulu Tangkis|Tekno|Gawai|Aplikasi|Otomotif|Hiburan|Musik|Film|Gaya Hidup|Kuliner|Kesehatan|Wisata|Edukasi|Opini|Foto|Video|Siniar|Indeks|"
                          "Cek Fakta|Lowongan|Epaper|Topik Hangat|#HargaBeras|#MudikAman|").split("|"),
        "head": ["WartaKita", "Global", "Asia", "headline", "Kompilasi WartaKita", "date", "15:20 WIB", "byline", "Tim Redaksi", "caption", "Perbesar", "Lihat Foto", "headline"],
        "paragraph_gap": 0,
        "inline": ["Baca juga: {teaser}", "Simak juga: {teaser}", "ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT", "Gulir untuk lanjut membaca",
                   "Dapatkan update berita pilihan setiap hari\nBergabunglah dengan grup kami di Telegram, caranya klik tautan di bawah lalu pilih gabung.\nGabung sekarang"],
        "inline_every": 2,
        "foot": """
Halaman:
1
2
Tampilkan semua
Editor: Redaksi Global
Tag
dunia
internasional
Bagikan
Terkini Lainnya
{teaser}
{teaser}
{teaser}
{teaser}
Terpopuler
1
{teaser}
2
{teaser}
3
{teaser}
Komentar
Tulis komentarmu dengan tanda pagar dan menangkan saldo dompet digital setiap minggu.
""".strip("\n").split("\n"),
        "between": 0,
        "page_foot": """
Situs ini memakai kuki supaya halaman lebih cepat dimuat dan iklan lebih sesuai dengan minat Anda. Dengan terus membaca, Anda menyetujui \
pemakaian itu; pengaturannya bisa diubah kapan saja di halaman akun.
Saya setuju
Tentang Kami
Pedoman Media Siber
Karier
Hak Jawab
Hubungi Kami
Hak cipta PT Warta Kita Nusantara
""".strip("\n").split("\n"),
    },

    # Korean daily: reporter's address and 'no unauthorised copying' after each story, emotion buttons with counts, comments, gap 0 and caption before headline
    "t6-saebyeok": {
        "page_head": "본문 바로가기|새벽일보|로그인|회원가입|구독신청|전체메뉴|정치|경제|사회|국제|문화|스포츠|오피니언|사람들|날씨 서울 3℃ 흐림|".split("|"),
        "head": ["국제", "headline", "입력", "date", "수정 2시간 전", "글자크기 설정", "기사 공유하기", "프린트", "caption", "caption", "byline", "AI 요약 보기",
                 "이 요약은 자동으로 만들어졌으므로 정확한 내용은 본문을 확인하시기 바랍니다."],
        "paragraph_gap": 0,
        "inline": ["광고", "관련기사 {teaser}", "▶ {teaser}",
                   "뉴스레터 '아침 다섯 줄'\n바쁜 출근길, 꼭 알아야 할 소식만 골라 보내 드립니다.\n구독하기"],
        "inline_every": 5,
        "foot": """
desk@saebyeok.example
<저작권자 ⓒ 새벽일보, 무단 전재 및 재배포 금지>
#국제
#세계
좋아요 12
훈훈해요 3
슬퍼요 1
화나요 44
후속기사 원해요 8
댓글 3
최신순
공감순
바람개비**
기사 제목만 보고 댓글 다는 분들이 너무 많네요.
2시간 전
산너머남촌**
결국 서민들만 힘들어지는 것 아닌가요. 대책부터 내놓으세요.
4시간 전
많이 본 뉴스
1 {teaser}
2 {teaser}
3 {teaser}
4 {teaser}
5 {teaser}
""".strip("\n").split("\n"),
        "between": 2,
        "page_foot": """
회사소개
광고안내
고충처리인
청소년보호정책(책임자: 한가람)
개인정보처리방침
등록번호 서울 아00000
발행인·편집인 윤슬기
새벽일보의 모든 콘텐츠는 저작권법의 보호를 받으며, 무단으로 복제하거나 인공지능 학습에 이용하는 것을 금합니다.
""".strip("\n").split("\n"),
    },
}
