"""Eight held-out layouts of about the size of stitch.py's own, with other furniture. All sites are made up."""

TEMPLATES = {
    # English local paper: kicker above the headline, date before byline, caption last
    "h1-courier": {
        "head": ["Around the valley", "headline", "gap", "date", "byline", "4 min", "gap", "caption", "Enlarge picture", "gap"],
        "between": 2,
        "inline": ["Sponsored", "More on this: {teaser}", "Got a tip? Write to the newsdesk"], "inline_every": 4,
        "foot": ["", "Send to a friend", "Print this page", "Report an error"],
        "page_head": ["Skip to content", "Courier", "Latest", "Towns", "Schools", "Farming", "Weather 12°C", "Sign in", ""],
        "page_foot": ["", "Contact the editors", "Place a notice", "Cookie settings", "© Harrow Brook Courier"],
    },
    # English, picture first; the headline comes after the caption
    "h1-lantern": {
        "head": ["caption", "Photo", "gap", "headline", "gap", "byline", "gap"],
        "between": 3,
        "inline": ["Story continues below", "Watch: {teaser}"], "inline_every": 5,
        "foot": ["Save", "Gift this story", "12 replies"],
        "page_foot": ["", "Back to top", "Newsletters", "Puzzles", "Jobs", "Accessibility", "The Lantern is a member of the Press Standards Panel"],
    },
    # English wire portal, no gaps between paragraphs, times and share counters in the head
    "h1-ticker": {
        "head": ["headline", "Published", "date", "Share", "Tweet", "Mail", "0", "caption"],
        "paragraph_gap": 0, "between": 2,
        "inline": ["ALSO IN THE NEWS | {teaser}", "- Promoted -"], "inline_every": 3,
        "foot": ["Tags: news, today", "Next story >"],
        "page_head": ["Menu", "Search", "Live", "Markets", "FTSE 7,640.12 +0.4%", "Brent 81.20 -1.1%", ""],
        "page_foot": ["About", "Careers", "Syndication", "Do not sell my data"],
    },
    # German
    "h1-morgenwarte": {
        "head": ["headline", "gap", "Stand:", "date", "Lesedauer: 3 Min.", "byline", "gap", "caption", "Bild vergrößern", "gap"],
        "between": 2,
        "inline": ["Anzeige", "Lesen Sie auch: {teaser}", "Mehr zum Thema", "Jetzt den Abendbrief abonnieren"], "inline_every": 3,
        "foot": ["", "Artikel merken", "Fehler melden", "Zur Startseite"],
        "page_head": ["Startseite", "Politik", "Wirtschaft", "Kultur", "Wissen", "Anmelden", ""],
        "page_foot": ["", "Impressum", "Datenschutz", "AGB", "Verträge hier kündigen"],
    },
    # Spanish
    "h1-brujula": {
        "head": ["Internacional", "date", "headline", "gap", "caption", "caption", "gap", "byline", "gap"],
        "between": 1,
        "inline": ["Publicidad", "Te puede interesar: {teaser}", "Síguenos en WhatsApp"], "inline_every": 4,
        "foot": ["Compartir", "Guardar noticia", "Archivado en:", ""],
        "page_head": ["Suscríbete", "Iniciar sesión", "Portada", "América", "Opinión", "Deportes", ""],
        "page_foot": ["", "Quiénes somos", "Aviso legal", "Política de cookies", "Trabaja con nosotros"],
    },
    # Polish, tight
    "h1-kurier": {
        "head": ["byline", "date", "headline", "caption", "Fot. materiały prasowe"],
        "paragraph_gap": 0, "between": 2,
        "inline": ["Dalsza część tekstu pod reklamą", "Zobacz też: {teaser}"], "inline_every": 4,
        "foot": ["Udostępnij", "Skomentuj (7)", "Źródło: agencje"],
        "page_head": ["Strona główna", "Kraj", "Świat", "Gospodarka", "Pogoda", "Zaloguj się"],
        "page_foot": ["Regulamin", "Polityka prywatności", "Reklama", "Kontakt z redakcją"],
    },
    # Turkish, headline repeated above the text
    "h1-bogaz": {
        "head": ["Anasayfa > Dünya", "headline", "gap", "Giriş:", "date", "A+", "A-", "gap", "caption", "gap", "headline", "gap"],
        "between": 3,
        "inline": ["Reklam", "İlgili haber: {teaser}", "Bizi takip edin"], "inline_every": 5,
        "foot": ["", "Yorum yaz", "Arkadaşına gönder"],
        "page_foot": ["", "Künye", "İletişim", "Gizlilik ilkeleri", "Çerez tercihleri", "RSS"],
    },
    # Portuguese, double gaps
    "h1-planalto": {
        "head": ["headline", "gap", "byline", "Atualizado em", "date", "gap", "Ouvir a notícia", "gap", "caption", "Crédito: divulgação", "gap"],
        "paragraph_gap": 2, "between": 4,
        "inline": ["Continua após a publicidade", "Leia mais: {teaser}", "Receba as notícias no seu e-mail"], "inline_every": 3,
        "foot": ["Copiar link", "Imprimir", "Mais lidas: {teaser}", "Comentar"],
        "page_head": ["Assine", "Entrar", "Últimas", "Cidades", "Economia", "Esportes", ""],
        "page_foot": ["", "Expediente", "Fale conosco", "Termos de serviço", "Anuncie aqui"],
    },
}
