//! The words.

/// Words of each family, in the order of `Mark::WORDS`.
pub(super) const FAMILIES: [(&str, &str); 34] = [
    (
        "content",
        "article articlebody articletext artikel artikeltext artikelinhalt articulo articolo artigo body bodytext beitrag beitragstext content contents \
         contenido contenu contenuto corps cuerpo cuerponoticia entry entrycontent fulltext hentry inhalt main maincontent maintext meldung nachricht news noticia nota \
         newsarticle post postbody postcontent prose reportage richtext rte story storybody storytext texte texto text wysiwyg artikkel artykul tresc clanek uutinen haber icerik",
    ),
    (
        "paragraph",
        "absatz para paragraph paragraphs paragraphe parrafo paragrafo par textblock textblock fliesstext alinea akapit bodycopy copy",
    ),
    (
        "headline",
        "headline heading hed ueberschrift uberschrift schlagzeile titel titular titulo titolo titre title maintitle pagetitle headlines rubrik otsikko baslik \
         kop entrytitle posttitle articletitle storytitle h1 tytul nadpis cim",
    ),
    (
        "standfirst",
        "abstract anriss bajada chapo chapeau copete dek deck entradilla excerpt incipit ingress intro introduction lead leadtext lede preamble sommario standfirst \
         strapline subhead subheader subheading subheadline subtitle subtitulo subtitel sottotitolo summary teasertext untertitel unterzeile vorspann zusammenfassung resume \
         description epigraphe lid perex sapo spot",
    ),
    (
        "byline",
        "author authors auteur autor autoren autore autorin byline bylines contributor contributors firma firmante journalist journaliste redakteur reporter signature vcard verfasser \
         writer writers writtenby autori auteurs credited forfatter toimittaja yazar creator",
    ),
    (
        "date",
        "date datecreated dateline datemodified datepublished datetime datum dtpublished fecha hora heure horodatage lastmodified lastupdated modified pubdate pubtime published publicado publisheddate \
         publishdate stand time timeago timestamp updated update uhrzeit veroeffentlicht veroffentlicht zeit zeitstempel posted postedon data publie dato tarih",
    ),
    (
        "caption",
        "bildtext bildunterschrift bildlegende caption captions captiontext didascalia epigrafe figcaption imagecaption imgcaption legend legende leyenda phototext piedefoto piefoto \
         wpcaption bildbeschreibung imagedescription imagetext bijschrift kuvateksti",
    ),
    (
        "credit",
        "agency agentur attribution bildnachweis bildquelle copyrightholder copyrightnotice cred credit creditline credits fotograf fotografo fotocredit photocredit photographer photographe imagecredit quelle \
         rights source fuente byfoto bildrechte photoby",
    ),
    (
        "kicker",
        "antetitulo cintillo dachzeile eyebrow kicker label labels overline pretitle ressort rubric rubrique section sectionlabel sectionname sectiontitle slug spitzmarke surtitre toptitle topline volanta categorylabel \
         flag occhiello hoofdkop supertitle topictitle",
    ),
    (
        "quote",
        "blockquote blockquotes cita citaat citation cite pullquote pullquotes quote quotes zitat zitate quotation citazione pullout",
    ),
    (
        "live",
        "live liveblog liveblogentry livefeed liveticker liveupdate liveupdates ticker timeline minutebyminute endirecto endirect direct keyevents blogentry blogpost liveblogposting minuto diretta",
    ),
    (
        "gallery",
        "bilder bilderstrecke bildergalerie carousel carrousel diaporama fotogaleria fotogalerie fotostrecke galeria galerie galleria gallery lightbox photogallery pictures slide slider slides slideshow swiper \
         slick splide flickity image images img photo photos foto fotos picture media video videos player mediaplayer videoplayer bild imagen audio podcast hero figure thumbnail thumb",
    ),
    (
        "correction",
        "berichtigung clarification correction corrections corrigendum editorsnote editornote errata erratum korrektur rectification rettelse redaktionshinweis fedeerratas \
         footnote footnotes endnote endnotes fussnote fussnoten",
    ),
    (
        "related",
        "also alsoread aussi more moreabout morefrom morelike morelinks moreon morestories moretopics mehr mehrzum ler lesaussi liresaussi lireaussi leeraussi leertambien recirc recirculation recommend recommendation recommendations recommended \
         relacionadas relacionado relacionados related relatedarticles relatedcontent relatedlinks relatedposts relatednews relatedstories seealso similar suggested suggestion suggestions tambien themen verwandt verwandte \
         weiterlesen weitere weiterfuehrend weiterelinks zumthema readalso readnext upnext nextup outbrain taboola correlati correlate inlinelink inlinerelated furtherreading associated youmaylike nextarticle prevnext aussilire",
    ),
    (
        "teaser",
        "aufmacher card cards latest latestnews listitem mostpopular mostread mostviewed mostshared meistgelesen meistgelesene masleidas masleidos lomasleido lomasvisto pluslus popular popularposts populair promo promobox promos readmore \
         snippet stories teaser teasers teaserlist tile tiles toplist topnews topstories trending trend tendencias viewmore vorschau destacado destacados ultimas ultimasnoticias feed river grid gelesen \
         loadmore seemore showmore promotion highlights spotlight toplesen headlinelist newslist postlist articlelist storylist storycard articlecard collection",
    ),
    (
        "list",
        "aufzaehlung bullet bullets bulleted elenco item items keypoints keytakeaways list lista listen liste listing listicle listitem ol ul stichpunkte bulletpoints facts factbox faktenbox infobox table tabelle tabla tableau",
    ),
    (
        "navigation",
        "anchorlinks breadcrumb breadcrumbs brotkrumen hauptnavigation megamenu nav navbar navi navigacion navigation navlink navlinks navitem pagenav pager pagination paging paginator pagingation prev previous sitenav \
         skip skiplink skiplinks skipnav skipto sprungmarke subnav tabs tabbar tablist topnav pfad ariane filariane toc tableofcontents inhaltsverzeichnis backtotop totop topbar header masthead branding logo siteheader pageheader kopfzeile cabecera entete kopf",
    ),
    (
        "menu",
        "burger dropdown flyout hamburger menubar menuitem menu menue menus submenu offcanvas drawer mainmenu topmenu accordion",
    ),
    (
        "footer",
        "bottom bottombar colophon footer footerlinks footernav footers fusszeile impressum pagefooter piedepagina pie pieddepage sitefooter siteinfo subfooter fussbereich contentinfo",
    ),
    (
        "sidebar",
        "aside asides col2 complementary marginal marginalie marginalspalte rail rechtespalte rightbar rightcol rightcolumn rightrail seitenleiste sidebar sidebars sidecolumn siderail sidecontent secondary barralateral lateral marginalbox",
    ),
    (
        "widget",
        "aktien borse boerse bourse box calculator calendar chart charts countdown crossword forecast game games horoscope horoskop infografik infographic lotto map markets meteo module modul odds poll polls quiz quizz scoreboard score \
         scores spiel stock stocks survey umfrage weather wetter widget widgets embed embeds embedded iframe interactive graphic plugin tvprogramm",
    ),
    (
        "share",
        "compartilhar compartir condividi delen facebook fb follow followus flipboard instagram linkedin mailto messenger partage partager pinterest reddit redes redessociales share sharebar sharebox sharebutton sharebuttons shares \
         sharing social socialbar sociallinks socialmedia socialshare telegram teilen tiktok tweet twitter whatsapp xing youtube addthis addtoany bookmark seguinos sozial rrss bluesky threads mastodon",
    ),
    (
        "newsletter",
        "abonnieren abonnez alert alerts anmelden boletin inscription mailing mailinglist newsletter newsletters newslettersignup notification notifications push signup subscribe subscription subscriptions suscribete suscripcion \
         suscribirse mailchimp optin emailsignup emailform infolettre subscriptionform register registration abo cta calltoaction donate donation donations fundraiser fundraising spenden",
    ),
    (
        "comment",
        "comentario comentarios comment commentaire commentaires commentlist comments commenti disqus discussion forum kommentar kommentare leserbriefe meinungen opinions reactie reacties reaktionen reader replies reply respond lesermeinung talkback conversation coral hyvor livefyre spotim",
    ),
    (
        "advertisement",
        "ad ads adbox adcontainer adslot adsense adunit advert adverts adwrapper adv advertise advertisement advertisements advertising advertorial anuncio anuncios anzeige anzeigen banner banners billboard commercial doubleclick dfp gpt googlead leaderboard mpu native \
         outbrain paidcontent pub publicidad publicidade publicite pubblicita reklam reklama reklame partner promoted rectangle skyscraper sponsor sponsored sponsors sponsoring superbanner werbung werbemittel werbeanzeige taboola affiliate affiliates shopping deals ilan mainos",
    ),
    (
        "cookie",
        "ccpa cmp consent consents cookie cookiebanner cookiebar cookieconsent cookienotice cookies datenschutz didomi gdpr onetrust privacy privacymanager rgpd dsgvo tcf einwilligung zustimmung",
    ),
    (
        "paywall",
        "abonne abonnes bezahlschranke exclusif exclusive freemium locked meter metered paid paidarticle paycontent paywall paywalled plus premium piano regwall reserve registrationwall subscriber subscribers subscriberonly suscriptor suscriptores gate gated abopflichtig offer offers barrier membership",
    ),
    (
        "tags",
        "categories categorias categoria category catlinks etiqueta etiquetas hashtag hashtags keyword keywords kategorie kategorien mots motscles palabrasclave schlagwort schlagworte schlagwoerter stichworte subject subjects tag tagcloud taglist tags temas tema topic topics postcats taglinks thema",
    ),
    (
        "popup",
        "dialog interstitial lightbox modal modals overlay overlays popin popover popup popups tooltip toast snackbar alertdialog backdrop adblock adblocker",
    ),
    (
        "tool",
        "actions account action audioplayer bar breaking btn button buttons control controls copylink copyurl druck field fontsize form forms icon icons input listen login meta metadata schriftgroesse search searchbar searchbox searchform select \
         settings sprache suche sucheingabe suchen buscador buscar recherche rechercher toggle tool toolbar toolbox tools translate user utility vorlesen wordcount readingtime readtime minread lesezeit tiempolectura tts speech language languages langswitch save merken",
    ),
    (
        "biography",
        "aboutauthor aboutauthors aboutme aboutthe authorbio authorbox authorcard authordescription authorinfo authorprofile autorenbox autoreninfo bio biografia biografie biographie biography bios profile profil perfil steckbrief zurperson ueberdenautor",
    ),
    (
        "legal",
        "agb avisolegal copyright copyrights disclaimer haftung legal legalnotice licence license licensing mentions mentionslegales nutzungsbedingungen permissions reprint reprints rechte syndication terms termsofuse trust trustproject ethics imprint",
    ),
    (
        "hidden",
        "ausgeblendet clip collapse collapsed dnone hidden hide hideme invisible mobileonly nodisplay noshow offscreen screenreader screenreadertext sronly unsichtbar visuallyhidden visualhidden visuallyhide desktoponly a11y accessibility hiddentext ocult oculto",
    ),
    (
        "print",
        "drucken imprimer imprimir noprint nonprint print printable printer printonly printview onlyprint printfriendly hideprint printlogo stampa",
    ),
];

/// Words that end or begin like one of a family and are of none.
pub(super) const OTHERS: &str = "context pretext hypertext candidate somebody nobody specialist podcaster background foreground spacer absolute relative stretched centered listener \
                      dashboard keyboard whiteboard clipboard download downloads upload gradient shadow radius address masonry dataset database datasource resource resources \
                      embedding heads ahead padded padding added loaded head load lazyload lazyloaded textcenter textleft textright textalign";
