"""Fourteen layouts of made-up news sites, for stitch.py --templates.

An entry with "\n" in it is a box of several lines that the extraction leaves together.
"""

TEMPLATES = {

    # 1. A British-style tabloid, about 2016: everything at once, three pictures, poll, comment rules.
    "tabloid-en": {
        "page_head": [
            "Skip to main content", "Wednesday", "7-Day Forecast", "11°C", "Log in", "Home", "News", "Royals", "U.S.", "Sport",
            "TV&Showbiz", "Femail", "Health", "Science", "Money", "Travel", "Puzzles", "Shopping", "Video", "Best Buys",
            "Coupons", "My Profile", "Logout", "Breaking: Rush-hour trains suspended after signal fault", "Advertisement", ""],
        "head": [
            "headline",
            "Read the latest from our newsroom, minute by minute",
            "Have YOU got a story? Email tips@thedailytrumpet.example",
            "byline", "PUBLISHED: 06:14", "date", "UPDATED: 11:52", "date", "gap",
            "e-mail", "312", "shares", "1.4k", "View comments", "gap", "caption", "+7", "View gallery", "caption", "gap", "caption", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "Scroll down for video",
            "RELATED ARTICLES\nPrevious\n1\nNext\n{teaser}\nShare this article\nShare\n48 shares",
            "Loaded: 0%\nProgress: 0%\n0:00\nPrevious\nPlay\nSkip\nMute\nCurrent Time 0:00\n/\nDuration Time 1:12\nFullscreen",
            "Advertisement",
            "Poll\nDo you trust politicians to keep their word?\nYes\nNo\n2871 votes\nNow share your opinion",
            "MORE: {teaser}",
        ],
        "inline_every": 4,
        "foot": [
            "Share or comment on this article:", "{teaser}", "e-mail", "312", "shares", "",
            "Comments 219", "Share what you think", "Newest", "Oldest", "Best rated", "Worst rated", "View all",
            "Every comment on this page was read by a moderator before it appeared.",
            "What readers write here is their own opinion, and The Daily Trumpet does not always share it.",
            "The discussion of this article is closed.", "",
            "MOST READ NEWS", "Previous", "{teaser}", "{teaser}", "{teaser}", "Next"],
        "between": 4,
        "page_foot": [
            "", "Back to top", "Home", "News", "Sport", "Sitemap", "Archive", "All topics", "RSS", "On your telephone", "Wallpapers",
            "Plain version", "Order a print", "Our titles", "Top of page",
            "Published by Trumpet Titles Ltd", "Contact us", "How to complain", "Leadership Team", "Advertise with us",
            "Contributors", "Work with us", "Terms", "Do not sell or share my personal information", "CA Privacy Notice", "Privacy policy & cookies"],
    },

    # 2. A Latin American wire portal: Spanish furniture, date first, caption last.
    "wire-es": {
        "page_head": ["Inicio", "Mundo", "América Latina", "Economía", "Deportes", "Cultura", "English Service", "Buscar", "Suscríbase", "Iniciar sesión", ""],
        "head": ["Inicio > English Service > Mundo", "date", "Actualizado a las 18:42 h", "MUNDO", "headline",
                 "Lectura: 4 min.", "Escuchar", "Compartir en Facebook", "Compartir en X", "Enviar por WhatsApp", "Copiar enlace", "byline",
                 "Redacción internacional", "caption", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "Te puede interesar: {teaser}",
            "Lea también\n{teaser}",
            "PUBLICIDAD",
            "Suscríbete gratis a nuestro boletín\nRecibe cada mañana las noticias más importantes de la región en tu correo.\nCorreo electrónico\nQuiero suscribirme",
        ],
        "inline_every": 5,
        "foot": ["(c) Agencia Meridiana. Todos los derechos reservados. Prohibida su reproducción total o parcial sin el consentimiento expreso y por escrito de la agencia.",
                 "", "Etiquetas", "internacional", "gobierno", "política exterior", "",
                 "Noticias relacionadas", "{teaser}", "{teaser}", "", "Lo más leído", "1", "{teaser}", "2", "{teaser}", "3", "{teaser}"],
        "between": 2,
        "page_foot": ["", "Quiénes somos", "Aviso legal", "Política de privacidad", "Política de cookies", "Configuración de cookies", "Contacto",
                      "Trabaja con nosotros", "Canal ético", "Síguenos en", "Facebook", "X", "Instagram", "YouTube", "Telegram",
                      "Agencia Meridiana S.A. Calle del Comercio 114, piso 3. NIF A-00000000"],
    },

    # 3. An East African public broadcaster of 2025: Swahili furniture, AI summary, audio player.
    "broadcaster-sw": {
        "page_head": ["Ruka hadi maudhui", "Habari", "Afrika", "Ulimwengu", "Michezo", "Video", "Vipindi vya redio", "Hali ya hewa", "Nairobi 24°", "Tafuta", ""],
        "head": ["Muhtasari huu umeandaliwa kwa akili bandia na kuhakikiwa na mhariri.", "Onyesha muhtasari", "gap",
                 "headline", "gap", "Chanzo cha picha, Getty Images", "Maelezo ya picha,", "caption", "gap",
                 "Maelezo kuhusu taarifa", "byline", "Nafasi, Mwandishi wa habari", "Akiripoti kutoka, Nairobi", "date",
                 "Muda wa kusoma: Dakika 5", "gap", "Sikiliza makala hii", "0:00", "6:31", "1x", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "Ruka hadi: {teaser}",
            "Unaweza pia kusoma:\n{teaser}",
            "Chanzo cha picha, EPA",
            "Jiunge na chaneli yetu ya WhatsApp\nPata habari zilizothibitishwa moja kwa moja kwenye simu yako.\nBofya hapa kujiunga\nMwisho wa WhatsApp",
        ],
        "inline_every": 6,
        "foot": ["", "Imetafsiriwa na kuhaririwa na dawati la kidijitali.", "", "Mada zinazohusiana", "Siasa", "Usalama", "Diplomasia", "",
                 "Iliyosomwa zaidi", "1", "{teaser}", "2", "{teaser}", "3", "{teaser}", "4", "{teaser}"],
        "between": 3,
        "page_foot": ["", "Jinsi tunavyofanya kazi", "Sheria ya matumizi", "Sera ya faragha", "Cookies", "Wasiliana nasi",
                      "© 2025 Redio na Televisheni ya Umma. Shirika halihusiki na taarifa za kutoka mitandao ya nje."],
    },

    # 4. A small-town American daily in 2005: table page, no blank lines, headline after the date.
    "county-2005": {
        "page_head": [
            "The Harlan Valley Courier", "Online Edition | harlanvalleycourier.example", "Classifieds | Jobs | Autos | Homes | Obituaries | Archives",
            "Today's Weather: Hi 54 Lo 38 Partly cloudy", "Search: Site Web",
            "NEWS", "Local", "State", "Nation/World", "Business", "Farm", "SPORTS", "Preps", "Outdoors", "OPINION", "Letters", "Columns", "LIFE",
            "Weddings", "Church Directory", "SERVICES", "Subscribe", "Place an ad", "Vacation stop", "Newspaper in Education"],
        "head": ["Nation/World", "date", "headline", "byline", "Associated Writers", "E-mail this story | Printer-friendly version | Text size: A A A", "caption",
                 "Click photo to enlarge", "Photo 1 of 3"],
        "paragraph_gap": 0,
        "inline": ["Story continues below", "[ advertisement ]", "On the Net: see our special report page for documents and background."],
        "inline_every": 8,
        "foot": ["Copyright 2005 Harlan Valley Publishing Co. This material may not be published, broadcast, rewritten or redistributed.",
                 "Reader comments: (0) Be the first to comment on this story.",
                 "More Nation/World headlines:", "* {teaser}", "* {teaser}", "Back to top"],
        "between": 1,
        "page_foot": ["Site best viewed at 800x600 with Internet Explorer 6.0 or later.", "To report a delivery problem call 555-0148 before 10 a.m.",
                      "Home | About Us | Contact Us | Privacy Statement | Webmaster"],
    },

    # 5. A business paper behind a meter: tickers, gift article, paywall plea, AI label, disclosure, quiz.
    "business-en": {
        "page_head": [
            "Accessibility help", "Open side navigation menu", "Sign In", "Subscribe", "Markets data",
            "FTSE 100", "8,214.11", "+0.32%", "S&P 500", "5,431.60", "-0.04%", "Euro/Dollar", "$1.0703", "-0.27%", "Brent crude", "$82.62", "-0.16%",
            "10Y Yield", "4.21%", "-0.03", "Gold", "$2,349.10", "+1.21%", "",
            "Home", "World", "Companies", "Tech", "Markets", "Climate", "Opinion", "Lex & Ledger", "Work & Careers", "Life", "Weekend", ""],
        "head": [
            "Geopolitics", "Add to myLedger", "gap", "headline", "gap", "caption", "gap",
            "byline", "in London and correspondents", "date", "Published", "gap",
            "Get the Editor's Letter at no cost",
            "Each Friday the editor sends subscribers five pieces that she thinks were overlooked.", "gap",
            "Gift article", "Save", "Print this page", "37", "Jump to comments section", "gap",
            "Key points are generated by AI and reviewed by an editor before publication. Tell us what you think of them.", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "Recommended\n\n{teaser}",
            "A chart that belongs here could not be shown. Try again later or use a newer browser.",
            "This is a still image of a graphic that moves on our website when scripts are switched on.",
            "Quick quiz: How closely did you follow the markets this week?\nTake five questions",
            "You have two free articles left this month. Subscribers read without limits, on any device, and can cancel at any time during the trial.",
        ],
        "inline_every": 5,
        "foot": [
            "", "Additional reporting by our bureaus in Brussels, Singapore and New York",
            "Disclosure: the parent company of this newspaper holds a minority stake in a data provider that is mentioned in some of our market coverage.",
            "", "Reuse this content", "(opens in new window)", "Jump to comments section", "37", "", "Promoted Content", "", "Follow the topics in this article",
            "Geopolitics", "Add to myLedger", "Global Economy", "Add to myLedger", "Emerging markets", "Add to myLedger"],
        "between": 2,
        "page_foot": [
            "", "Useful links", "Support", "View Site Tips", "Help Centre", "Contact Us", "About Us", "Legal & Privacy", "Terms & Conditions", "Slavery Statement & Policies",
            "Services", "Share News Tips Securely", "Individual Subscriptions", "Group Subscriptions", "Republishing", "Executive Job Search",
            "Markets data delayed by at least 15 minutes. © THE MERCHANT LEDGER LTD 2024.",
            "Complaints about our journalism are heard by an independent commissioner, whose decisions we publish in full."],
    },

    # 6. A reader-funded magazine: wide gaps, long donation paragraph, biography, corrections policy.
    "magazine-gift": {
        "page_head": ["The Long Furrow", "Essays  Dispatches  Books  Podcast  Donate  About"],
        "head": ["Dispatches", "headline", "Reporting that takes its time", "byline", "caption", "date", "12 minute read", "gap", "gap"],
        "paragraph_gap": 2,
        "inline": [
            "The Long Furrow has no owner, no advertisers and no paywall, and that is only possible because about one reader in sixty chooses to pay for what everyone else reads for free. If our reporting has been of use to you this year, please consider a gift of any size; even the price of a coffee keeps a correspondent in the field.",
            "Read next: {teaser}",
            "* * *",
            "Never miss a dispatch\n\nOne carefully chosen piece of reporting, every Saturday morning.\n\nYour email\n\nSubscribe",
        ],
        "inline_every": 7,
        "foot": [
            "The writer has reported from four continents for more than twenty years and is a contributing editor of this magazine. Her second book, a history of border towns, will be published next spring. She lives in Lisbon with her family.",
            "", "",
            "Did you find a mistake? We correct errors promptly and openly. Write to our standards editor with the title of the piece and the passage in question, and you will have an answer within three working days.",
            "", "", "Republish this article", "Local papers and student magazines are welcome to reprint this piece at no charge, provided the text is not altered and our name stands beside the author's."],
        "between": 5,
        "page_foot": ["", "", "The Long Furrow is published by the Furrow Foundation, a registered charity.", "ISSN 0000-0000", "Newsletter", "Mastodon", "Bluesky", "RSS"],
    },

    # 7. A Catholic weekly in Poland with an English page: Polish furniture, charity plea, sizes of type.
    "church-pl": {
        "page_head": [
            "Strona główna", "Kościół", "Watykan", "Polska", "Świat", "Rodzina", "Modlitwa", "Czytania na dziś", "Brewiarz", "Intencje", "Sklep",
            "Imieniny: Łucji, Otylii", "III Niedziela Adwentu", "Kalendarz liturgiczny", "Szukaj w serwisie", ""],
        "head": ["Jesteś tutaj: Strona główna / English / Świat", "gap", "caption", "fot. archiwum redakcji", "gap", "headline", "gap",
                 "dodano 09:20", "byline", "date", "gap", "A A A", "drukuj", "poleć znajomemu", "Udostępnij", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "CZYTAJ TAKŻE: {teaser}",
            "Dalsza część artykułu pod reklamą",
            "Dziękujemy, że jesteś z nami. Nasz portal utrzymuje się wyłącznie z ofiar czytelników. Jeśli cenisz to, co robimy, prosimy o wsparcie choćby drobną kwotą oraz o modlitwę w intencji redakcji i wszystkich dobrodziejów.\nWspieram",
            "Zobacz galerię (7 zdjęć)",
        ],
        "inline_every": 4,
        "foot": [
            "« 1 »", "oceń artykuł", "Pobieranie...", "",
            "Pomóż rodzinom dotkniętym wojną. Każda złotówka wpłacona na konto fundacji trafia w całości do potrzebujących. Numer konta znajduje się na stronie fundacji, w zakładce Pomagam.",
            "", "Więcej na ten temat", "{teaser}", "{teaser}", "{teaser}", "",
            "Komentarze (0)", "Aby dodać komentarz, musisz się zalogować. Redakcja nie ponosi odpowiedzialności za treść wpisów i zastrzega sobie prawo do usuwania komentarzy niezgodnych z regulaminem."],
        "between": 2,
        "page_foot": ["", "Redakcja", "Reklama", "Prenumerata", "Regulamin", "Polityka prywatności", "RODO", "Mapa serwisu",
                      "Przedruk tekstów i zdjęć jest możliwy tylko po uzyskaniu pisemnej zgody wydawcy tygodnika."],
    },

    # 8. A Brazilian one-man blog on WordPress: headline twice, no captions, sharing widgets at the end.
    "blog-pt": {
        "page_head": ["Janela do Mundo", "Notícias e comentários, desde 2009", "Pular para o conteúdo", "Início", "Sobre o autor", "Arquivo", "Contato", "",
                      "Navegação de Posts", "← Anterior Próximo →", ""],
        "head": ["headline", "Publicado em", "date", "por Redação", "Deixe um comentário", "gap", "headline", "byline", "gap"],
        "paragraph_gap": 1,
        "inline": ["Anúncios", "Denunciar este anúncio\nPrivacidade", "Veja também: {teaser}"],
        "inline_every": 9,
        "foot": [
            "Compartilhe isso:", "Clique para compartilhar no X (abre em nova janela)", "Clique para compartilhar no Facebook (abre em nova janela)",
            "Clique para imprimir (abre em nova janela)", "Curtir", "Carregando...", "", "Relacionado", "{teaser}", "Em \"Mundo\"", "{teaser}", "Em \"Sem categoria\"", "",
            "Categorias: Mundo, Sem categoria", "Tags: conflito, diplomacia, eleições, imprensa", "",
            "Quem escreve aqui", "Sou jornalista aposentado e moro em Curitiba. Trabalhei trinta anos em redações de jornal e hoje traduzo e reproduzo o que me parece importante. As opiniões são minhas, os erros também."],
        "between": 3,
        "page_foot": ["", "Deixe um comentário Cancelar resposta", "O seu endereço de e-mail não será publicado. Campos obrigatórios são marcados com *", "Comentário *", "Nome *", "E-mail *", "Site",
                      "Avise-me sobre novos comentários por e-mail.", "", "Arquivos", "março 2024", "fevereiro 2024", "janeiro 2024", "dezembro 2023", "novembro 2023", "Selecionar o mês", "",
                      "Blog no WordPress.com.", "Inscreva-se", "Inscrito", "Já tem uma conta do WordPress.com? Faça login agora."],
    },

    # 9. A Vietnamese aggregator: whole stories one under the other with nothing between them, no blank lines.
    "aggregator-vi": {
        "page_head": ["Trang chủ", "Nóng", "Mới", "Video", "Chủ đề", "Năng lượng tích cực", "Khám phá miễn phí", "Hà Nội 19°C - 26°C", "SJC 74.500 76.980", "USD 24.310 24.680"],
        "head": ["headline", "date", "10 giờ trước", "42 liên quan", "Gốc", "caption", "Ảnh minh họa."],
        "paragraph_gap": 0,
        "inline": ["Xem thêm: {teaser}", "Quảng cáo", "Tin liên quan\n{teaser}"],
        "inline_every": 6,
        "foot": ["Nguồn: Tổng hợp", "Link bài gốc", "Sao chép link", "Thích Bình luận Chia sẻ Lưu"],
        "between": 0,
        "page_foot": ["Tin mới", "Đọc tiếp", "Xem thêm", "Giấy phép thiết lập trang thông tin điện tử tổng hợp trên mạng do Sở Thông tin và Truyền thông cấp.", "Giới thiệu", "Điều khoản sử dụng", "Quảng cáo"],
    },

    # 10. An Indonesian mobile page: an advertisement after every second paragraph, page numbers, app.
    "mobile-id": {
        "page_head": ["MENU", "DAFTAR MASUK", "Terpopuler Live TV Indeks", "Home Berita Internasional Detail Artikel", ""],
        "head": ["caption", "Foto: Dok. Istimewa", "gap", "headline", "byline", "- WartaKini", "date", "20:15 WIB", "gap", "SHARE", "URL telah tercopy", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "ADVERTISEMENT",
            "SCROLL TO CONTINUE WITH CONTENT",
            "Baca juga:\n{teaser}",
            "Lihat juga Video: {teaser}",
            "[Gambas:Video]",
            "Pilihan Redaksi\n{teaser}",
        ],
        "inline_every": 2,
        "foot": [
            "(haf/haf)", "", "Halaman", "1", "2", "3", "Selanjutnya", "Tampilkan Semua", "",
            "internasional", "berita dunia", "konflik", "", "Mau dapat kabar penting lebih cepat? Ikuti kanal WhatsApp WartaKini dan nyalakan notifikasi supaya tidak ketinggalan berita hari ini.",
            "Unduh aplikasi WartaKini", "Hoax? Cek faktanya di sini", "", "Berita Terkait", "{teaser}", "{teaser}", "Komentar Terbanyak", "18 Komentar", "#1", "{teaser}", "12 Komentar", "#2", "{teaser}"],
        "between": 2,
        "page_foot": ["", "Redaksi", "Pedoman Media Siber", "Karir", "Kotak Pos", "Info Iklan", "Privacy Policy", "Disclaimer", "Copyright @ 2024 wartakini, All right reserved"],
    },

    # 11. A print view of about 2008: bare.
    "print-view": {
        "head": ["headline", "gap", "date", "byline", "gap"],
        "paragraph_gap": 1,
        "between": 2,
        "page_foot": ["", "Close window"],
    },

    # 12. A Hindi news site with an English desk: Hindi furniture, gallery, headline three times, two captions.
    "desk-hi": {
        "page_head": [
            "हिन्दी समाचार", "होम", "देश", "दुनिया", "राज्य", "दिल्ली", "उत्तर प्रदेश", "बिहार", "महाराष्ट्र", "राजस्थान", "मध्य प्रदेश", "खेल", "क्रिकेट", "मनोरंजन", "बिजनेस",
            "टेक", "लाइफस्टाइल", "धर्म", "राशिफल", "शिक्षा", "नौकरी", "वेब स्टोरीज", "फोटो", "वीडियो", "ई-पेपर", "लाइव टीवी", "ऐप डाउनलोड करें", "ट्रेंडिंग", "चुनाव", "मौसम", "सोना-चांदी भाव", ""],
        "head": [
            "headline", "होम / दुनिया / English", "headline", "gap", "byline", "caption", "date", "Updated 07:45 PM IST", "2 मिनट में पढ़ें",
            "हमें फॉलो करें", "Google News", "A-", "A", "A+", "gap", "फोटो: 1 of 7", "caption", "फोटो: एजेंसी", "headline", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "यह भी पढ़ें: {teaser}",
            "विज्ञापन",
            "Trending Videos\nयह वीडियो/विज्ञापन हटाएं",
            "देश-दुनिया की ताज़ा खबरें सबसे पहले पाने के लिए हमारा ऐप डाउनलोड करें और नोटिफिकेशन चालू रखें।",
        ],
        "inline_every": 3,
        "foot": [
            "", "ताज़ा खबरों के लिए हमारा ऐप इंस्टॉल करें", "आपको यह खबर कैसी लगी, हमें नीचे लिखकर ज़रूर बताइए।", "", "लेखक के बारे में",
            "हमारे अंग्रेज़ी डेस्क पर अनुभवी संपादकों की टीम काम करती है। यह टीम दुनिया भर की एजेंसियों की खबरों को जांचकर पाठकों तक पहुंचाती है।", "और पढ़ें", "",
            "टैग्स", "World News", "International News In Hindi", "Latest News", "", "सबसे ज्यादा पढ़ी गई", "{teaser}", "{teaser}", "{teaser}",
            "कमेंट", "👍 12 👎 3 😮 1", "बिना विज्ञापन पढ़ने के लिए सदस्य बनें"],
        "between": 2,
        "page_foot": [
            "", "हमारे बारे में", "संपर्क करें", "विज्ञापन दें", "शिकायत अधिकारी", "प्राइवेसी पॉलिसी", "कुकी नीति", "साइटमैप", "आचार संहिता",
            "यह वेबसाइट कुकीज का इस्तेमाल करती है। साइट पर बने रहने का अर्थ है कि आप हमारी कुकी नीति से सहमत हैं।", "स्वीकार करें", "© 2024 सर्वाधिकार सुरक्षित"],
    },

    # 13. A Russian-furnished portal: live ticker before the story, caption between byline and date, Telegram pleas.
    "portal-ru": {
        "page_head": [
            "18+", "Новости", "Политика", "Общество", "Экономика", "В мире", "Происшествия", "Спорт", "Наука", "Интервью", "English", "Курсы валют", "USD 91,64", "EUR 98,83", "Погода -4°", "",
            "Лента новостей", "14:52", "Аэропорт временно ограничил прием и выпуск рейсов", "14:41", "Биржевые цены на зерно выросли третий день подряд", "14:30",
            "Сборная назвала состав на ближайшие матчи", "14:17", "Синоптики предупредили о сильном снегопаде", "14:03", "Музей открыл выставку деревянной игрушки", "13:58", "Суд перенес слушания по делу о банкротстве завода", "Все новости", ""],
        "head": ["English", "date", "headline", "gap", "byline", "caption", "Фото: Reuters", "date", "Время чтения: 3 мин.", "5 218", "gap",
                 "Читайте нас в", "Дзен", "Telegram", "ВКонтакте", "Одноклассники", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "Читайте также: {teaser}",
            "По теме: {teaser}",
            "Реклама. ООО «Вектор Медиа». Erid: 2Vtzqw7Kx1c",
            "Подписывайтесь на наш канал в Telegram, чтобы первыми узнавать о главных событиях дня.",
            "Материалы по теме\n{teaser}\n12 марта, 10:15",
        ],
        "inline_every": 4,
        "foot": [
            "Нашли ошибку в тексте? Выделите ее и нажмите Ctrl+Enter.", "", "Теги:", "внешняя политика", "переговоры", "мир", "Поделиться", "Комментарии (34)",
            "Комментировать могут только зарегистрированные пользователи. Сообщения с оскорблениями, ссылками и рекламой удаляются без предупреждения.", "",
            "Главное за сутки", "{teaser}", "{teaser}", "{teaser}", "Новости партнеров"],
        "between": 1,
        "page_foot": [
            "", "О редакции", "Реклама на сайте", "Вакансии", "Правила перепечатки", "Обратная связь", "RSS",
            "Сетевое издание зарегистрировано в Федеральной службе по надзору в сфере связи. Мнение редакции может не совпадать с мнением авторов. При использовании материалов активная ссылка обязательна.",
            "Сайт подбирает материалы с помощью алгоритмов рекомендаций, подробности в правилах."],
    },

    # 14. A French regional daily: cookie wall in whole sentences, subscribers' labels, quiz, contributions.
    "regional-fr": {
        "page_head": [
            "Vos données, vos choix",
            "Le journal et ses 214 partenaires souhaitent déposer des traceurs sur votre appareil afin de mesurer l'audience, de financer la rédaction par la publicité et d'améliorer nos services.",
            "Vous êtes libre de refuser et de changer d'avis quand vous le voulez, grâce au lien « Gérer mes choix » placé au pied de chaque page.",
            "Paramétrer", "Accepter et fermer", "Continuer sans accepter", "",
            "Menu", "Le journal du jour", "Je m'abonne à partir de 1 €", "Ma commune", "À la une", "Faits divers", "Monde", "Économie", "Sports", "Sorties", "Avis de décès", "Annonces légales", ""],
        "head": ["Accueil", "Monde", "In English", "gap", "byline", "headline", "gap", "Réservé aux abonnés", "Lecture 3 min", "gap", "Publié le", "date", "à 07h00",
                 "Offrir l'article", "Ajouter à mes favoris", "Partager", "Réagir (12)", "gap", "caption", "Photo d'illustration", "caption", "gap"],
        "paragraph_gap": 1,
        "inline": [
            "Lire aussi : {teaser}",
            "La suite après cette publicité",
            "À lire sur le sujet\n{teaser}",
            "Recevez l'essentiel de l'actualité chaque soir\nVotre adresse e-mail\nEn vous inscrivant, vous acceptez de recevoir nos lettres d'information. Vous pouvez vous désinscrire en un clic.\nJe m'inscris",
            "Quiz de l'actu : avez-vous bien suivi la semaine ?",
        ],
        "inline_every": 5,
        "foot": [
            "", "Vous souhaitez réagir à cet article ou nous signaler une erreur ? Écrivez à la rédaction, nous lisons tous les messages et répondons dès que possible.", "",
            "Partager cet article sur :", "Facebook", "WhatsApp", "E-mail", "", "Monde", "Diplomatie", "Défense", "",
            "Les plus lus", "1. {teaser}", "2. {teaser}", "3. {teaser}", "", "Contenus sponsorisés", "Chauffage : les aides auxquelles vous avez droit cet hiver", "Par nos partenaires"],
        "between": 4,
        "page_foot": ["", "Suivez-nous", "Nos applications", "Contacter la rédaction", "Mentions légales", "CGU", "CGV", "Gérer mes choix", "Plan du site", "Archives", "Météo", "Jeux concours",
                      "Éditions du Bocage, tous droits réservés"],
    },
}
