"""Layouts of eight made-up news sites in Europe and the Americas."""

TEMPLATES = {
    # British broadsheet: kicker over the headline, a newsletter box of four lines in the text, a long plea for money under each story
    "albion-courier": {
        "page_head": ["Skip to main content", "Skip to navigation", "Print subscriptions", "Sign in", "Search jobs", "UK edition", "",
                      "News", "Opinion", "Sport", "Culture", "Lifestyle", "Show more", "", "UK", "UK politics", "Education", "Media",
                      "Society", "Law", "Scotland", "Wales", "Northern Ireland", ""],
        "head": ["This article is more than 3 months old", "World affairs", "gap", "headline", "gap", "byline", "date", "Share", "164",
                 "gap", "View image in fullscreen", "caption", "gap"],
        "paragraph_gap": 1, "between": 2,
        "inline": ["Sign up to The Morning Despatch\nOur weekday email sets out what happened overnight and why it matters\n"
                   "Enter your email address\nOur emails may carry advertising and appeals from partners; see how we treat your data.",
                   "skip past newsletter promotion", "after newsletter promotion", "Read more: {teaser}", "Advertisement"],
        "inline_every": 4,
        "foot": ["", "Explore more on these topics", "World", "Foreign policy", "news", "", "Share", "Reuse this content", "",
                 "You have read this far, so may we ask you for something? No billionaire owns this newspaper and no shareholder waits "
                 "for a dividend. Readers in more than a hundred countries pay for our reporters, our lawyers and our printing bills. If "
                 "you can spare the price of a cup of tea each month, please join them today. It takes less than a minute.",
                 "Monthly", "Annual", "One time", "Continue", "Remind me in August", "",
                 "Most viewed", "{teaser}", "{teaser}", "{teaser}"],
        "page_foot": ["", "The day's events weighed and explained, in your inbox by seven", "", "About us", "Help",
                      "Complaints & corrections", "SecureDrop", "Work for us", "Modern Slavery Act", "Tax strategy", "Digital archive",
                      "Back to top", "© 2024 Albion Courier Media Limited or its affiliated companies. All rights reserved. (acm)"],
    },

    # German regional paper: furniture wholly in German, caption first, reading time, cookie notice in whole sentences on top
    "muldental-anzeiger": {
        "page_head": ["Wir und unsere 184 Partner verarbeiten Ihre Daten, um unser Angebot zu finanzieren. Mit einem Klick auf „Zustimmen“ "
                      "erlauben Sie uns, Cookies zu setzen und Ihr Nutzungsverhalten auszuwerten. Sie können Ihre Einwilligung "
                      "jederzeit mit Wirkung für die Zukunft widerrufen.", "Zustimmen und weiter", "Einstellungen", "",
                      "Abo", "E-Paper", "Anmelden", "Trauer", "Immobilien", "Stellenmarkt", "",
                      "Startseite > Nachrichten > Politik > Ausland", ""],
        "head": ["caption", "© dpa/Symbolbild", "gap", "Weltgeschehen", "headline", "gap", "Stand: 06:12 Uhr", "date", "Lesezeit: 4 Min.",
                 "byline", "Artikel anhören", "Merken", "Teilen", "Drucken", "gap"],
        "paragraph_gap": 1, "between": 3,
        "inline": ["Lesen Sie auch: {teaser}", "Anzeige", "Hier stand ein Beitrag aus einem sozialen Netzwerk. Er wird erst "
                   "geladen, wenn Sie der Übertragung Ihrer Daten an den Anbieter zustimmen.", "Mehr zum Thema: {teaser}", "Weiter nach der Anzeige"],
        "inline_every": 3,
        "foot": ["", "Sie haben einen Fehler gefunden? Markieren Sie die Stelle und schreiben Sie uns an korrektur@muldental.example.", "",
                 "Themen", "Außenpolitik", "Konflikte", "Wirtschaft", "", "Das könnte Sie auch interessieren", "{teaser}", "{teaser}",
                 "", "Kommentare (23)", "Bitte bleiben Sie sachlich. Beiträge werden vor der Freischaltung von der Redaktion geprüft; ein "
                 "Anspruch auf Veröffentlichung besteht nicht."],
        "page_foot": ["", "Impressum", "Datenschutz", "AGB", "Mediadaten", "Abo kündigen", "Netiquette", "Tracking verwalten",
                      "Verlagsgesellschaft Muldental mbH & Co. KG, Markt 4. Alle Rechte vorbehalten. Nachdruck, auch auszugsweise, nur mit "
                      "schriftlicher Genehmigung des Verlages."],
    },

    # French daily: date before headline, gift link, audio, 'réservé aux abonnés', rules for contributions, wide gaps
    "le-quotidien-de-loire": {
        "page_head": ["Aller au contenu", "Menu", "Le Quotidien de Loire", "S’abonner dès 1 €", "Se connecter", "",
                      "En direct", "International", "Planète", "Politique", "Société", "Économie", "Idées", "Culture", "Sport", "Pixels",
                      "Le goût", "Mots croisés", "Services", ""],
        "head": ["Publié le", "date", "· Temps de lecture 5 min.", "Read in French", "gap", "headline", "gap", "Article réservé aux abonnés",
                 "Offrir l’article", "Lire plus tard", "Partager", "Facebook", "E-mail", "Copier le lien", "gap", "caption", "gap", "byline",
                 "gap", "Écouter l’article", "00:00 / 05:41", "gap"],
        "paragraph_gap": 2, "between": 5,
        "inline": ["Lire aussi {teaser}", "Lire le décryptage : {teaser}", "Il vous reste une partie de cet article à lire.", "Publicité",
                   "Newsletter\n« La lettre du matin »\nChaque jour à 7 heures, l’essentiel de l’actualité choisi par la rédaction\nS’inscrire"],
        "inline_every": 5,
        "foot": ["", "", "Contribuer", "Réutiliser ce contenu", "Seuls nos abonnés peuvent réagir sous les articles. Restez courtois : les messages "
                 "injurieux sont retirés par la modération sans avertissement.", "Les plus lus", "1", "{teaser}", "2", "{teaser}", "3", "{teaser}"],
        "page_foot": ["", "", "Lecture en cours sur un autre écran", "Votre compte est déjà ouvert ailleurs. Fermez l’autre page pour reprendre "
                      "ici, ou choisissez la formule famille si vous lisez à plusieurs sous le même toit.", "", "Mentions légales",
                      "Charte du groupe", "Politique de confidentialité", "Gestion des cookies", "Aide (FAQ)"],
    },

    # US local television station: weather and alerts on top, video player words, headline twice, app promotion, sponsored lines
    "valley-7-television": {
        "page_head": ["41°", "Weather Alert", "Wind Advisory until 9:00 PM for 6 counties", "1 of 3", "Next", "Closings and Delays", "",
                      "Watch Live", "News", "Local", "Crime", "Weather", "Radar", "Traffic", "Sports", "Friday Night Blitz", "Contests",
                      "Community Calendar", "Submit a Tip", "About Us", "Meet the Team", "TV Schedule", "", "BREAKING NEWS", ""],
        "head": ["headline", "gap", "Actions", "Facebook", "Tweet", "Email", "Prev", "Next", "gap", "caption", "gap", "headline",
                 "Posted 5:48 PM CST", "date", "and changed 9:12 PM CST", "byline", "gap"],
        "paragraph_gap": 1, "between": 2,
        "inline": ["RELATED: {teaser}", "WATCH THE FULL REPORT IN THE PLAYER ABOVE", "ADVERTISEMENT",
                   "Download the free Valley 7 app on Roku, Fire TV and your phone to get alerts the moment news breaks near you.",
                   "STORY CONTINUES BELOW"],
        "inline_every": 4,
        "foot": ["", "Copyright 2024 Valley 7. No part of this report may be copied or aired again unless the station agrees in writing.",
                 "", "Report a typo", "Get the Noon Rundown, our free email for the Valley.", "You're on the list for the Noon Rundown!", "E-mail", "Submit"],
        "page_foot": ["", "Recent Stories", "Most Popular", "Sponsored Stories by Clickwell",
                      "Homeowners Over 60 Are Rushing To Claim This Benefit", "The One Shoe Nurses Are Wearing This Winter", "",
                      "Public File", "FCC Applications", "EEO Report", "Closed Captioning", "Terms of Service", "Do Not Sell My Personal "
                      "Information", "Valley 7 News | 1100 Broadway Avenue | (615) 555-0147"],
    },

    # Brazilian portal: one-line menu with bars, the headline three times (tab title, headline, share line), no byline
    "portal-gazeta-do-vale": {
        "page_head": ["Últimas | Política | Economia | Mundo | Esportes | Entretê | Saúde | Carros | Horóscopo | Loterias | Ao vivo",
                      "Dólar R$ 5,12 | Euro R$ 5,54 | Ibovespa 127.450 (+0,4%)", ""],
        "head": ["headline", "INTERNACIONAL", "headline", "gap", "Da Redação", "date", "Atualizado há 2 horas", "gap",
                 "Compartilhe:", "headline", "WhatsApp Telegram Facebook X", "Ouvir notícia", "1x", "gap", "caption",
                 "Foto: Divulgação", "gap"],
        "paragraph_gap": 1, "between": 1,
        "inline": ["Leia mais: {teaser}", "Veja também: {teaser}", "CONTINUA DEPOIS DA PUBLICIDADE", "PUBLICIDADE",
                   "Receba as notícias da Gazeta no WhatsApp. Clique aqui e entre no grupo."],
        "inline_every": 2,
        "foot": ["", "Este texto foi traduzido com ajuda de ferramentas automáticas e revisado pela nossa equipe editorial.",
                 "Tags: mundo, governo, diplomacia, crise", "+ Lidas", "1. {teaser}", "2. {teaser}", "3. {teaser}", "4. {teaser}",
                 "O que você achou desta notícia?", "0 Amei", "0 Triste", "0 Uau", "0 Raiva"],
        "page_foot": ["", "Anuncie | Trabalhe conosco | Fale com a redação | Princípios editoriais | Privacidade",
                      "© Gazeta do Vale Comunicações S.A. É proibida a reprodução do conteúdo desta página em qualquer meio sem autorização."],
    },

    # Nordic daily: nearly bare, no blank lines at all, caption between byline and date, ethics-board sentence as foot
    "fjordposten": {
        "head": ["headline", "byline", "Journalist", "caption", "date", "Publisert for 3 timer siden"],
        "paragraph_gap": 0, "between": 0,
        "inline": ["Les også: {teaser}", "Artikkelen fortsetter under annonsen"],
        "inline_every": 7,
        "foot": ["Vi retter feil så snart vi blir kjent med dem og følger pressens egne regler. Mener du at du er blitt omtalt på urett vis, "
                 "ber vi deg ringe vaktsjefen før du klager til utvalget.", "Del", "Tips oss"],
        "page_foot": ["Ansvarlig redaktør: Ingrid Solvang", "Personvern", "Kundesenter"],
    },

    # Latin American daily in Spanish: edition list of countries, type sizes, poll in the text, author's biography in whole sentences
    "el-pregonero-austral": {
        "page_head": ["Seleccione:", "Argentina", "Chile", "Colombia", "México", "Perú", "Uruguay", "US Español", "",
                      "Inicio", "Política", "Economía", "Sociedad", "Mundo", "Deportes", "Espectáculos", "Tecnología", "Campo", "Policiales",
                      "Clasificados", "Fúnebres", "Club de lectores", "", "EN VIVO", "Dólar blue: $1.215", "Riesgo país: 1.480", "",
                      "Mundo / Internacionales", ""],
        "head": ["caption", "caption", "gap", "date", "Mundo", "headline", "gap", "A-", "A+", "Guardar", "Regalar esta nota", "Comentarios",
                 "12", "gap", "byline", "PARA EL PREGONERO", "Seguir", "gap"],
        "paragraph_gap": 1, "between": 4,
        "inline": ["Te puede interesar: {teaser}", "Mirá también {teaser}", "Publicidad",
                   "ENCUESTA\n¿Cree que el acuerdo se va a cumplir?\nSí\nNo\nVer resultados",
                   "Seguí leyendo: {teaser}"],
        "inline_every": 5,
        "foot": ["", "El autor es corresponsal de este diario desde 2011. Cubrió elecciones en nueve países y escribió dos libros sobre la "
                 "política de la región. Vive en Montevideo.", "", "Conforme a los criterios de",
                 "Conocé The Confidence Initiative", "Otras noticias de Internacionales", "{teaser}", "{teaser}", "Más leídas", "1", "{teaser}",
                 "2", "{teaser}"],
        "page_foot": ["", "Cada lector responde por lo que escribe en el foro. El diario no comparte necesariamente esas opiniones y retirará los "
                      "mensajes que contengan insultos, amenazas o propaganda; quien reincida perderá su cuenta sin más aviso.", "",
                      "Propiedad intelectual N° 4417822", "Edición nro. 9.316",
                      "Protegido por reCAPTCHA: Condiciones Privacidad"],
    },

    # Eastern European news portal: clock times of a ticker above, date and views over the headline, donation plea in the middle of the text
    "dniester-observer": {
        "page_head": ["УКР", "РУС", "ENG", "", "All news", "War", "Politics", "Economy", "Society", "Columns", "Interviews", "Podcasts", "",
                      "Latest", "14:52", "Air raid alert lifted in three regions", "14:31", "Central bank leaves key rate unchanged", "14:05",
                      "Ministry publishes list of closed crossings", "All the news of the day →", ""],
        "head": ["date", "Views: 18 402", "gap", "headline", "gap", "byline", "caption", "Фото: illustrative", "gap"],
        "paragraph_gap": 1, "between": 2,
        "inline": ["See also: {teaser}", "Читайте також: {teaser}", "Our journalists have kept working through blackouts, shelling and two moves "
                   "of the office. We take no money from parties or from the state, and advertising no longer covers the rent. If you find our "
                   "work useful, become a member of the Observer's club for the price of one lunch and help us stay on the air through the "
                   "coming winter.", "Subscribe to our Telegram channel so as not to miss the most important news", "Реклама:"],
        "inline_every": 4,
        "foot": ["", "If you notice a spelling mistake, select the text and press Ctrl+Enter.", "", "#war #economy #sanctions #parliament",
                 "Support", "Share:", "Facebook", "Telegram", "Viber", "", "Read next", "{teaser}", "{teaser}"],
        "page_foot": ["", "© 2006–2024 Dniester Observer. Sites that quote us must put a working link to the original into their first lines. "
                      "Texts under the heading «Partners» have been paid for, and the editors do not answer for what they claim.",
                      "Online media identifier R40-02117"],
    },
}
