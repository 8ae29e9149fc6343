//! What the words in `class`, `id`, `role` and `itemprop` are about.
//!
//! Web templates name their parts in the words of the trade, in a few languages. The words below are general ones: none is the
//! name of a site, of a product of one site, or of a single template. A name is taken apart where its writer did so (`story-body`,
//! `storyBody`, `story_body`); a word that is not listed counts by the longest listed word that it begins or ends with
//! (`bildunterschriftzeile`), and two neighbours count as one word as well (`read-more`).

use std::sync::LazyLock;

/// Words of each family, in the order of `Mark::WORDS`.
const FAMILIES: [(&str, &str); 34] = [
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
        "agency agentur attribution bildnachweis bildquelle copyrightholder copyrightnotice credit creditline credits fotograf fotografo fotocredit photocredit photographer photographe imagecredit quelle \
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
        "berichtigung clarification correction corrections corrigendum editorsnote editornote errata erratum korrektur rectification rettelse redaktionshinweis fedeerratas",
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
         suscribirse mailchimp optin emailsignup emailform infolettre subscriptionform register registration abo cta calltoaction",
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
const OTHERS: &str = "context pretext hypertext candidate somebody nobody specialist podcaster background foreground spacer absolute relative stretched centered listener \
                      dashboard keyboard whiteboard clipboard download downloads upload gradient shadow radius address masonry dataset database datasource resource resources \
                      embedding heads ahead padded padding added loaded head load lazyload lazyloaded textcenter textleft textright textalign";

/// Below this, an unlisted word that only begins or ends like a listed one says nothing.
const SHORTEST_STEM: usize = 5;
/// Words longer than this are generated, not written.
const LONGEST_WORD: usize = 40;
/// What is read of one name, and how many names of one value. Names beyond are made by machines for machines.
const LONGEST_NAME: usize = 96;
const MOST_NAMES: usize = 24;

/// The listed words with their families, by hash.
struct Table {
    /// A bit for each hash that is there: most words are not listed, and this fits in the nearest memory.
    bits: [u64; FILTER_BITS / 64],
    /// Hashes alone, 0 for a free slot.
    hashes: Vec<u32>,
    slots: Vec<Listed>,
}

#[derive(Clone, Copy)]
struct Listed {
    word: &'static str,
    families: u64,
}

const TABLE_SLOTS: usize = 4096;
const FILTER_BITS: usize = 32_768;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        bits: [0; FILTER_BITS / 64],
        hashes: vec![0; TABLE_SLOTS],
        slots: vec![Listed { word: "", families: 0 }; TABLE_SLOTS],
    };
    for (bit, (_, list)) in FAMILIES.iter().enumerate() {
        list.split_ascii_whitespace().for_each(|word| table.add(word, 1 << bit));
    }
    OTHERS.split_ascii_whitespace().for_each(|word| table.add(word, 0));
    table
});

/// The hash of a word is the sum of its bytes, each times a power of this: from the sums up to each letter of a name, that of every
/// part of it follows by one multiplication.
const BASE: u32 = 0x0100_0193;
/// Its powers, and those of what undoes it.
const POWERS: [u32; LONGEST_NAME + 1] = powers(BASE);
const INVERSES: [u32; LONGEST_NAME + 1] = powers(inverse(BASE));

const fn powers(of: u32) -> [u32; LONGEST_NAME + 1] {
    let mut powers = [1u32; LONGEST_NAME + 1];
    let mut at = 1;
    while at <= LONGEST_NAME {
        powers[at] = powers[at - 1].wrapping_mul(of);
        at += 1;
    }
    powers
}

/// What an odd number is multiplied with to give 1 in 32 bits: each of Newton's steps doubles the bits that are right.
const fn inverse(odd: u32) -> u32 {
    let (mut inverse, mut step) = (odd, 0);
    while step < 5 {
        inverse = inverse.wrapping_mul(2u32.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

fn hash_of(word: &[u8]) -> u32 {
    word.iter().zip(POWERS).fold(0, |sum: u32, (&byte, power)| sum.wrapping_add(u32::from(byte).wrapping_mul(power)))
}

impl Table {
    fn slot(hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> 20) as usize
    }

    fn bit(hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> 17) as usize
    }

    fn add(&mut self, word: &'static str, families: u64) {
        let hash = hash_of(word.as_bytes());
        let mut slot = Table::slot(hash);
        while self.hashes[slot] != 0 && self.slots[slot].word != word {
            slot = (slot + 1) % TABLE_SLOTS;
        }
        let bit = Table::bit(hash);
        self.bits[bit / 64] |= 1 << (bit % 64);
        self.hashes[slot] = hash;
        self.slots[slot].word = word;
        self.slots[slot].families |= families;
    }

    /// The families of this word, which has this hash.
    #[inline]
    fn find(&self, hash: u32, word: &[u8]) -> Option<u64> {
        let bit = Table::bit(hash);
        if self.bits[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        self.find_listed(hash, word)
    }

    fn find_listed(&self, hash: u32, word: &[u8]) -> Option<u64> {
        let mut slot = Table::slot(hash);
        while self.hashes[slot] != 0 {
            if self.hashes[slot] == hash && self.slots[slot].word.as_bytes() == word {
                return Some(self.slots[slot].families);
            }
            slot = (slot + 1) % TABLE_SLOTS;
        }
        None
    }
}

/// What a value of `class`, `id`, `role` or `itemprop` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// A bit a family, in the order of `Mark::WORDS`.
    pub families: u64,
    /// Equal for values that are equal but for their digits and the order of nothing else.
    pub hash: u32,
}

/// Values that were looked at already, as pages repeat their own and those of their site. What it holds never shows in a result.
#[derive(Clone, Debug)]
pub(crate) struct Memo {
    slots: Vec<Remembered>,
    /// The values themselves, one behind the other.
    values: String,
}

/// A value that was looked at: where it stands, and what it says.
#[derive(Clone, Copy, Debug)]
struct Remembered {
    start: u32,
    end: u32,
    said: Said,
}

/// Slots are filled by hash and never searched: two values that share one are read again in turns.
const MEMO_SLOTS: usize = 2048;
/// When the values are more than this, all are forgotten.
const MEMO_BYTES: usize = 256 << 10;
/// Longer values are hardly repeated.
const LONGEST_REMEMBERED: usize = 256;

const NOTHING: Remembered = Remembered { start: 0, end: 0, said: Said { families: 0, hash: EMPTY_HASH } };

impl Default for Memo {
    fn default() -> Memo {
        Memo { slots: vec![NOTHING; MEMO_SLOTS], values: String::new() }
    }
}

impl Memo {
    /// What the value says.
    pub(crate) fn read(&mut self, value: &str) -> Said {
        let slot = (quick_hash(value.as_bytes()) >> 53) as usize;
        let known = self.slots[slot];
        if self.values.as_bytes()[known.start as usize..known.end as usize] == *value.as_bytes() {
            return known.said;
        }
        let said = read(value);
        if value.len() <= LONGEST_REMEMBERED {
            if self.values.len() > MEMO_BYTES {
                self.values.clear();
                self.slots.fill(NOTHING);
            }
            let start = self.values.len() as u32;
            self.values.push_str(value);
            self.slots[slot] = Remembered { start, end: self.values.len() as u32, said };
        }
        said
    }
}

fn quick_hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = bytes.len() as u64 ^ K;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        hash = (hash ^ u64::from_le_bytes(*chunk)).wrapping_mul(K).rotate_left(29);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    (hash ^ u64::from_le_bytes(last)).wrapping_mul(K)
}

/// The hash of a value without words.
const EMPTY_HASH: u32 = 0x811c_9dc5;

/// The letters of one name in lower case, without what stands between its words, and their sums.
struct Letters {
    letters: [u8; LONGEST_NAME],
    sums: [u32; LONGEST_NAME + 1],
    length: usize,
}

impl Letters {
    #[inline]
    fn push(&mut self, letter: u8) {
        self.letters[self.length] = letter;
        let term = u32::from(letter).wrapping_mul(POWERS[self.length]);
        self.sums[self.length + 1] = self.sums[self.length].wrapping_add(term);
        self.length += 1;
    }

    /// The families of the listed word that stands from one letter to another.
    #[inline]
    fn find(&self, table: &Table, start: usize, end: usize) -> Option<u64> {
        table.find(self.hash(start, end), &self.letters[start..end])
    }

    #[inline]
    fn hash(&self, start: usize, end: usize) -> u32 {
        self.sums[end].wrapping_sub(self.sums[start]).wrapping_mul(INVERSES[start])
    }
}

fn read(value: &str) -> Said {
    let table = &*TABLE;
    let mut said = Said { families: 0, hash: EMPTY_HASH };
    let mut letters = Letters { letters: [0; LONGEST_NAME], sums: [0; LONGEST_NAME + 1], length: 0 };
    for name in value.as_bytes().split(u8::is_ascii_whitespace).filter(|name| !name.is_empty()).take(MOST_NAMES) {
        let name = &name[..name.len().min(LONGEST_NAME)];
        letters.length = 0;
        let (mut before, mut start) = (None, 0);
        for at in 0..=name.len() {
            let byte = name.get(at).copied().unwrap_or(b' ');
            let lower = byte | 0x20;
            let is_letter = lower.wrapping_sub(b'a') < 26;
            if is_letter && (byte == lower || !begins_word(name, at)) {
                letters.push(lower);
                continue;
            }
            let end = letters.length;
            if end > start {
                said.hash = (said.hash ^ letters.hash(start, end)).wrapping_mul(BASE).rotate_left(5);
                // `text-center`, `text-lg`: looks, not content
                let is_look =
                    start == 0 && &letters.letters[..end] == b"text" && name[at..].iter().any(u8::is_ascii_alphabetic);
                if !is_look {
                    said.families |= families(table, &letters, start, end);
                }
                if let Some(before) = before {
                    said.families |= letters.find(table, before, end).unwrap_or(0);
                }
                before = Some(start);
                start = end;
            }
            if is_letter {
                letters.push(lower);
            }
        }
        said.hash = (said.hash ^ 0x20).wrapping_mul(BASE);
    }
    said
}

/// `storyBody`, `HTMLText`
fn begins_word(name: &[u8], at: usize) -> bool {
    at > 0
        && name.get(at).is_some_and(u8::is_ascii_uppercase)
        && (name[at - 1].is_ascii_lowercase()
            || (name[at - 1].is_ascii_uppercase() && name.get(at + 1).is_some_and(u8::is_ascii_lowercase)))
}

fn families(table: &Table, letters: &Letters, start: usize, end: usize) -> u64 {
    if let Some(found) = letters.find(table, start, end) {
        return found;
    }
    if end - start <= SHORTEST_STEM || end - start > LONGEST_WORD {
        return 0;
    }
    // the longest that it begins with, and the longest that it ends with
    let begins = (start + SHORTEST_STEM..end).rev().find_map(|end| letters.find(table, start, end));
    let ends = (start + 1..=end - SHORTEST_STEM).find_map(|start| letters.find(table, start, end));
    begins.unwrap_or(0) | ends.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use super::*;

    fn check(value: &str, expected: &[&str]) {
        let families = Memo::default().read(value).families;
        let names: Vec<_> =
            Mark::WORDS.iter().enumerate().filter(|(bit, _)| families >> bit & 1 == 1).map(|(_, n)| *n).collect();
        assert_eq!(names, expected, "families of {value:?}");
    }

    #[test]
    fn families_are_those_of_the_model() {
        let names: Vec<_> = FAMILIES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, Mark::WORDS);
    }

    #[test]
    fn names_are_taken_apart_as_they_were_written() {
        check("story-body", &["content"]);
        check("storyBody", &["content"]);
        check("c-article__body_text", &["content"]);
        check("articlebody", &["content"]);
        check("bildunterschriftzeile", &["caption"]);
        check("newsletter-teaser js-x", &["teaser", "newsletter"]);
        check("read-more", &["related", "teaser"]);
        check("sr-only", &["hidden"]);
        check("", &[]);
    }

    #[test]
    fn looks_are_no_content() {
        check("text-center text-lg context", &[]);
        check("mt-4 flex px-2 w-full", &[]);
        check("article-text", &["content"]);
        check("text", &["content"]);
    }

    #[test]
    fn paths_do_not_see_numbers() {
        let hash = |value| Memo::default().read(value).hash;
        assert_eq!(hash("post post-1723"), hash("post post-99"));
        assert_ne!(hash("post"), hash("page"));
    }
}
