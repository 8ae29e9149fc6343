"""The same stories inside pages whose furniture is French, Portuguese, Arabic, Polish, Italian or Japanese."""

TEMPLATES = {
    "french": {
        "head": ["headline", "gap", "Temps de lecture : 3 min", "date", "gap", "caption", "gap"],
        "inline": ["Publicité", "À lire aussi : {teaser}", "Lire plus tard"], "inline_every": 3,
        "foot": ["", "Réagir", "Partager sur les réseaux", "Nos lecteurs lisent ensuite", "{teaser}"],
        "between": 2,
        "page_head": ["Accueil", "À la une", "International", "Politique", "Société", "Économie", "Se connecter", "S'abonner", ""],
        "page_foot": ["", "Mentions légales", "Données personnelles", "Gérer mes cookies", "Tous droits réservés"],
    },
    "portuguese": {
        "head": ["NOTÍCIAS", "headline", "byline", "date", "gap", "caption", "caption", "Ouvir notícia", "gap"],
        "inline": ["CONTINUA DEPOIS DA PUBLICIDADE", "Leia mais: {teaser}"], "inline_every": 4,
        "foot": ["Gostou? Compartilhe", ""],
        "between": 2,
        "page_foot": ["", "Fale conosco", "Política de privacidade", "Expediente"],
    },
    "arabic": {
        "head": ["headline", "gap", "caption", "حجم الخط", "gap", "headline", "date", "gap"],
        "foot": ["", "شارك المقال", "اقرأ أيضاً", "{teaser}"],
        "between": 3,
        "page_head": ["الرئيسية", "العالم", "رأي", "اقتصاد", "رياضة", ""],
        "page_foot": ["", "سياسة الخصوصية", "من نحن"],
    },
    "polish": {
        "head": ["headline", "byline", "gap", "Udostępnij", "Skomentuj", "gap", "caption", "gap"],
        "paragraph_gap": 1, "between": 1,
        "inline": ["REKLAMA", "Dalszy ciąg materiału pod reklamą"], "inline_every": 3,
        "foot": ["Zobacz także", "{teaser}", "{teaser}", ""],
    },
    "italian": {
        "head": ["date", "gap", "headline", "gap", "Ascolta", "gap"],
        "paragraph_gap": 0, "between": 3,
        "foot": ["", "Riproduzione riservata"],
        "page_head": ["Cronaca", "Esteri", "Sport", "Meteo", "Abbonati", "Accedi", ""],
        "page_foot": ["", "Pubblicità", "Scrivici", "Preferenze"],
    },
    "japanese": {
        "head": ["headline", "date", "印刷", "文字サイズ", "小", "中", "大", "gap", "caption", "gap"],
        "inline": ["広告", "この記事は有料会員限定です"], "inline_every": 5,
        "foot": ["", "関連記事", "{teaser}", "{teaser}"],
        "between": 2,
        "page_foot": ["", "利用規約", "個人情報", "お問い合わせ"],
    },
}
