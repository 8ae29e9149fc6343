//! The words of the machinery around stories: cookies, newsletters, log-ins, networks to share on, comments. Sites of all languages
//! borrow most of them, and a paragraph with several is furniture however well it reads. A story about them has few among many others.

use std::sync::OnceLock;

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "short-1",
    "short-2",
    "prose-1",
    "prose-2",
    "prose-4",
    "prose-share-3",
    "prose-share-6",
    "prose-share-10",
    "near",
];

/// Words for what a site does rather than what it tells, in the languages of its readers; whole words, folded.
const WORDS: &str = "
    cookie cookies javascript browser newsletter newsletters subscribe subscription subscriptions subscriber subscribers unsubscribe
    login logout signup password username email inbox privacy consent optout account register advertisement advertisements advertising
    advertiser ads adblock adblocker sponsored facebook twitter instagram whatsapp telegram tiktok youtube linkedin pinterest bluesky
    reddit comment comments commenting download app apps podcast podcasts copyright disclaimer click tap scroll homepage website sign
    anmelden anmeldung abonnieren abonnement abo abonnent abonnenten einloggen registrieren datenschutz datenschutzerklärung impressum
    werbung anzeige anzeigen einwilligung kommentar kommentare kommentieren nutzungsbedingungen weiterlesen webseite
    abonnez abonner abonné abonnés abonnement inscrivez inscription connexion connectez publicité commentaires confidentialité partager
    navigateur infolettre suscríbete suscríbase suscripción suscriptor suscriptores regístrate boletín boletines publicidad comentarios
    privacidad compartir navegador abbonati abbonamento iscriviti pubblicità commenti condividi registrati assine assinante assinantes
    inscreva comentários compartilhar cadastre abonneer inloggen advertentie reacties nieuwsbrief annonse annons annonce nyhetsbrev
    nyhedsbrev kommentarer prenumerera prenumerant zaloguj subskrypcja prenumerata reklama komentarze newslettera udostępnij přihlásit
    předplatné inzerce komentáře abone reklam yorum paylaş çerez подписаться подписка реклама комментарии войти поделиться реклами
    підписатися коментарі اشترك إعلان التعليقات النشرة";

/// The same in scripts without spaces and in Korean, where they stand inside other words.
const PARTS: &[&str] = &[
    "会員",
    "登録",
    "ログイン",
    "購読",
    "広告",
    "無断転載",
    "구독",
    "로그인",
    "무단전재",
    "댓글",
    "광고",
    "登录",
    "注册",
    "订阅",
    "广告",
    "版权",
    "สมัครสมาชิก",
    "โฆษณา",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    let near = |b: usize| page.lines.get(b).is_some_and(|l| l.widget_words > 1);
    if near(block + 1) || (block > 0 && near(block - 1)) {
        on(8);
    }
    if line.widget_words == 0 {
        return;
    }
    if !line.is_prose() {
        return on(if line.widget_words > 1 { 1 } else { 0 });
    }
    on(match line.widget_words {
        1 => 2,
        2 | 3 => 3,
        _ => 4,
    });
    let share = line.widget_words as f32 / line.words.max(1.0);
    if share >= 0.1 {
        on(7);
    } else if share >= 0.06 {
        on(6);
    } else if share >= 0.03 {
        on(5);
    }
}

/// The words of this kind.
pub(crate) struct WidgetWords {
    sorted: Vec<u64>,
    /// A bit for each value of some of a key's bits: nearly every word of a text fails here.
    filter: [u64; 64],
}

impl WidgetWords {
    const fn place(token: u64) -> (usize, u64) {
        ((token >> 7) as usize & 63, 1 << (token >> 1 & 63))
    }

    /// Whether a word is one of them.
    #[inline]
    pub(crate) fn hold(&self, token: u64) -> bool {
        let (cell, bit) = Self::place(token);
        self.filter[cell] & bit != 0 && self.sorted.binary_search(&token).is_ok()
    }
}

/// All of them.
pub(crate) fn widget_words() -> &'static WidgetWords {
    static KNOWN: OnceLock<WidgetWords> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut sorted: Vec<u64> = copydesk_text::words(WORDS).iter().map(|word| u64::from(word.key)).collect();
        sorted.sort_unstable();
        let mut filter = [0; 64];
        for &key in &sorted {
            let (cell, bit) = WidgetWords::place(key);
            filter[cell] |= bit;
        }
        WidgetWords { sorted, filter }
    })
}

/// How many parts of this kind a text of a script without spaces holds.
pub(crate) fn widget_parts(text: &str) -> u32 {
    let may_hold = text.bytes().fold(false, |found, b| found | matches!(b, 0xE0 | 0xE3..=0xED));
    if may_hold { PARTS.iter().filter(|part| text.contains(*part)).count() as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_banner_and_a_story() {
        let banner = "We use cookies in your browser to improve our website, as our privacy statement says.";
        assert_eq!(features_of("widget", banner, 0), ["prose-4", "prose-share-10"]);
        let story = "The ferry company said on Monday that its website had been out of reach for two days because of the flood.";
        assert_eq!(features_of("widget", story, 0), ["prose-1", "prose-share-3"]);
        assert_eq!(features_of("widget", "ログイン", 0), ["short-1"]);
    }
}
