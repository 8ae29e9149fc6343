//! The months' names, in the languages of most of the world's news pages.

use std::sync::OnceLock;

/// A line a language: its code, and the twelve months, with other forms and abbreviations after a bar. Lower case, without full stops.
///
/// From the Unicode Common Locale Data Repository (months, format and stand-alone, wide and abbreviated), with genitives where dates use
/// them, and the abbreviations that newspapers print. Where two languages mean different months by one word, the page's language
/// decides, and if that is unknown, the first line.
#[rustfmt::skip]
const MONTHS: [(&str, [&str; 12]); 54] = [
    ("en", ["january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec"]),
    ("de", ["januar|jänner|jän", "februar|feber", "märz|mär|mrz|maerz", "april", "mai", "juni", "juli", "august", "september", "oktober|okt", "november", "dezember|dez"]),
    ("fr", ["janvier|janv", "février|févr|fév|fevrier", "mars", "avril|avr", "mai", "juin", "juillet|juil", "août|aout", "septembre", "octobre", "novembre", "décembre|déc|decembre"]),
    ("es", ["enero|ene", "febrero", "marzo", "abril|abr", "mayo", "junio", "julio", "agosto|ago", "septiembre|setiembre|set", "octubre", "noviembre", "diciembre|dic"]),
    ("pt", ["janeiro", "fevereiro|fev", "março|marco", "abril", "maio|mai", "junho", "julho", "agosto", "setembro|set", "outubro|out", "novembro", "dezembro|dez"]),
    ("it", ["gennaio|gen", "febbraio|febb", "marzo", "aprile", "maggio|mag", "giugno|giu", "luglio|lug", "agosto", "settembre|sett", "ottobre|ott", "novembre", "dicembre|dic"]),
    ("nl", ["januari", "februari", "maart|mrt", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]),
    ("af", ["januarie", "februarie", "maart|mrt", "april", "mei", "junie", "julie", "augustus", "september", "oktober", "november", "desember|des"]),
    ("ca", ["gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre", "novembre", "desembre|des"]),
    ("gl", ["xaneiro|xan", "febreiro", "marzo", "abril", "maio", "xuño", "xullo", "agosto", "setembro", "outubro", "novembro", "decembro"]),
    ("eu", ["urtarrila|urtarrilaren", "otsaila|otsailaren", "martxoa|martxoaren", "apirila|apirilaren", "maiatza|maiatzaren", "ekaina|ekainaren", "uztaila|uztailaren", "abuztua|abuztuaren", "iraila|irailaren", "urria|urriaren", "azaroa|azaroaren", "abendua|abenduaren"]),
    ("sv", ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]),
    ("da", ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"]),
    ("no", ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember|des"]),
    ("is", ["janúar", "febrúar", "mars", "apríl", "maí", "júní", "júlí", "ágúst", "september", "október", "nóvember", "desember|des"]),
    ("fo", ["januar", "februar", "mars", "apríl", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"]),
    ("fi", ["tammikuu|tammikuuta", "helmikuu|helmikuuta", "maaliskuu|maaliskuuta", "huhtikuu|huhtikuuta", "toukokuu|toukokuuta", "kesäkuu|kesäkuuta", "heinäkuu|heinäkuuta", "elokuu|elokuuta", "syyskuu|syyskuuta", "lokakuu|lokakuuta", "marraskuu|marraskuuta", "joulukuu|joulukuuta"]),
    ("et", ["jaanuar|jaan", "veebruar|veebr", "märts", "aprill", "mai", "juuni", "juuli", "august", "september", "oktoober", "november", "detsember|dets"]),
    ("lv", ["janvāris|janvārī", "februāris|februārī", "marts|martā", "aprīlis|aprīlī", "maijs|maijā", "jūnijs|jūnijā", "jūlijs|jūlijā", "augusts|augustā", "septembris|septembrī", "oktobris|oktobrī", "novembris|novembrī", "decembris|decembrī"]),
    ("lt", ["sausis|sausio", "vasaris|vasario", "kovas|kovo", "balandis|balandžio", "gegužė|gegužės", "birželis|birželio", "liepa|liepos", "rugpjūtis|rugpjūčio", "rugsėjis|rugsėjo", "spalis|spalio", "lapkritis|lapkričio", "gruodis|gruodžio"]),
    ("pl", ["styczeń|stycznia|sty", "luty|lutego|lut", "marzec|marca", "kwiecień|kwietnia|kwi", "maj|maja", "czerwiec|czerwca|cze", "lipiec|lipca|lip", "sierpień|sierpnia|sie", "wrzesień|września|wrz", "październik|października|paź", "listopad|listopada|lis", "grudzień|grudnia|gru"]),
    ("cs", ["leden|ledna|led", "únor|února|úno", "březen|března|bře", "duben|dubna|dub", "květen|května|kvě", "červen|června|čvn", "červenec|července|čvc", "srpen|srpna|srp", "září|zář", "říjen|října|říj", "listopad|listopadu", "prosinec|prosince|pro"]),
    ("sk", ["január|januára", "február|februára", "marec|marca", "apríl|apríla", "máj|mája", "jún|júna", "júl|júla", "august|augusta", "september|septembra", "október|októbra", "november|novembra", "december|decembra"]),
    ("sl", ["januar|januarja", "februar|februarja", "marec|marca", "april|aprila", "maj|maja", "junij|junija", "julij|julija", "avgust|avgusta", "september|septembra", "oktober|oktobra", "november|novembra", "december|decembra"]),
    ("hr", ["siječanj|siječnja|sij", "veljača|veljače|velj", "ožujak|ožujka|ožu", "travanj|travnja|tra", "svibanj|svibnja|svi", "lipanj|lipnja|lip", "srpanj|srpnja|srp", "kolovoz|kolovoza|kol", "rujan|rujna|ruj", "listopad|listopada|lis", "studeni|studenoga|studenog|stu", "prosinac|prosinca|pro"]),
    ("bs", ["januar|januara", "februar|februara", "mart|marta", "april|aprila", "maj|maja", "juni|juna|jun", "juli|jula|jul", "avgust|avgusta|avg", "septembar|septembra", "oktobar|oktobra", "novembar|novembra", "decembar|decembra"]),
    ("sr", ["јануар|јануара|јан", "фебруар|фебруара|феб", "март|марта|мар", "април|априла|апр", "мај|маја", "јун|јуна|јуни", "јул|јула|јули", "август|августа|авг", "септембар|септембра|сеп", "октобар|октобра|окт", "новембар|новембра|нов", "децембар|децембра|дец"]),
    ("mk", ["јануари", "февруари|фев", "март", "април", "мај", "јуни", "јули", "август", "септември", "октомври", "ноември", "декември|дек"]),
    ("bg", ["януари|яну", "февруари", "март", "април", "май", "юни", "юли", "август", "септември|септ", "октомври", "ноември|ное", "декември"]),
    ("ru", ["январь|января|янв", "февраль|февраля|фев|февр", "март|марта", "апрель|апреля|апр", "май|мая", "июнь|июня|июн", "июль|июля|июл", "август|августа", "сентябрь|сентября|сен|сент", "октябрь|октября", "ноябрь|ноября|ноя|нояб", "декабрь|декабря|дек"]),
    ("uk", ["січень|січня|січ", "лютий|лютого|лют", "березень|березня|бер", "квітень|квітня|кві|квіт", "травень|травня|тра", "червень|червня|чер", "липень|липня|лип", "серпень|серпня|сер", "вересень|вересня|вер", "жовтень|жовтня|жов|жовт", "листопад|листопада|лис", "грудень|грудня|гру"]),
    ("be", ["студзень|студзеня", "люты|лютага", "сакавік|сакавіка", "красавік|красавіка", "травень|траўня|мая", "чэрвень|чэрвеня", "ліпень|ліпеня", "жнівень|жніўня", "верасень|верасня", "кастрычнік|кастрычніка", "лістапад|лістапада", "снежань|снежня"]),
    ("kk", ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"]),
    ("ro", ["ianuarie|ian", "februarie", "martie", "aprilie", "mai", "iunie|iun", "iulie|iul", "august", "septembrie", "octombrie", "noiembrie", "decembrie"]),
    ("hu", ["január", "február|febr", "március|márc", "április|ápr", "május|máj", "június|jún", "július|júl", "augusztus", "szeptember|szept", "október", "november", "december"]),
    ("sq", ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"]),
    ("tr", ["ocak|oca", "şubat|şub", "mart", "nisan|nis", "mayıs", "haziran|haz", "temmuz|tem", "ağustos|ağu", "eylül|eyl", "ekim|eki", "kasım|kas", "aralık|ara"]),
    ("az", ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"]),
    ("el", ["ιανουάριος|ιανουαρίου|ιαν", "φεβρουάριος|φεβρουαρίου|φεβ", "μάρτιος|μαρτίου|μαρ", "απρίλιος|απριλίου|απρ", "μάιος|μαΐου|μάι|μαΐ", "ιούνιος|ιουνίου|ιουν", "ιούλιος|ιουλίου|ιουλ", "αύγουστος|αυγούστου|αυγ", "σεπτέμβριος|σεπτεμβρίου|σεπ", "οκτώβριος|οκτωβρίου|οκτ", "νοέμβριος|νοεμβρίου|νοε", "δεκέμβριος|δεκεμβρίου|δεκ"]),
    ("ka", ["იანვარი|იან", "თებერვალი|თებ", "მარტი|მარ", "აპრილი|აპრ", "მაისი|მაი", "ივნისი|ივნ", "ივლისი|ივლ", "აგვისტო|აგვ", "სექტემბერი|სექ", "ოქტომბერი|ოქტ", "ნოემბერი|ნოე", "დეკემბერი|დეკ"]),
    ("hy", ["հունվար|հունվարի", "փետրվար|փետրվարի", "մարտ|մարտի", "ապրիլ|ապրիլի", "մայիս|մայիսի", "հունիս|հունիսի", "հուլիս|հուլիսի", "օգոստոս|օգոստոսի", "սեպտեմբեր|սեպտեմբերի", "հոկտեմբեր|հոկտեմբերի", "նոյեմբեր|նոյեմբերի", "դեկտեմբեր|դեկտեմբերի"]),
    ("he", ["ינואר", "פברואר", "מרץ|מרס", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"]),
    ("ar", ["يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|آذار|اذار", "أبريل|ابريل|إبريل|نيسان|أفريل", "مايو|أيار|ايار|ماي", "يونيو|حزيران|جوان|يونيه", "يوليو|تموز|جويلية|يوليه", "أغسطس|اغسطس|آب|أوت", "سبتمبر|أيلول|ايلول", "أكتوبر|اكتوبر|تشرين الأول|تشرين الاول", "نوفمبر|تشرين الثاني", "ديسمبر|كانون الأول|كانون الاول"]),
    ("fa", ["ژانویه", "فوریه", "مارس", "آوریل", "مه|می", "ژوئن", "ژوئیه|جولای", "اوت|آگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
    ("ur", ["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"]),
    ("hi", ["जनवरी|जन", "फ़रवरी|फरवरी|फ़र|फर", "मार्च", "अप्रैल", "मई", "जून", "जुलाई|जुल", "अगस्त|अग", "सितंबर|सितम्बर|सित", "अक्तूबर|अक्टूबर", "नवंबर|नवम्बर|नव", "दिसंबर|दिसम्बर|दिस"]),
    ("mr", ["जानेवारी", "फेब्रुवारी", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर", "डिसेंबर"]),
    ("bn", ["জানুয়ারি|জানুয়ারী|জানুয়ারি", "ফেব্রুয়ারি|ফেব্রুয়ারী|ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট|অগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"]),
    ("ta", ["ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்"]),
    ("th", ["มกราคม|มค", "กุมภาพันธ์|กพ", "มีนาคม|มีค", "เมษายน|เมย", "พฤษภาคม|พค", "มิถุนายน|มิย", "กรกฎาคม|กค", "สิงหาคม|สค", "กันยายน|กย", "ตุลาคม|ตค", "พฤศจิกายน|พย", "ธันวาคม|ธค"]),
    ("id", ["januari", "februari|pebruari", "maret", "april", "mei", "juni", "juli", "agustus|agu|agt|ags", "september", "oktober", "november|nopember", "desember|des"]),
    ("ms", ["januari", "februari", "mac", "april", "mei", "jun", "julai", "ogos|ogo", "september", "oktober", "november", "disember|dis"]),
    ("sw", ["januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba", "novemba", "desemba"]),
    ("tl", ["enero", "pebrero|peb", "marso", "abril", "mayo", "hunyo|hun", "hulyo|hul", "agosto", "setyembre", "oktubre", "nobyembre|nob", "disyembre|dis"]),
];

/// The months of the solar Hijri calendar, in Persian and as Afghans call them.
const SOLAR: [&str; 12] = [
    "فروردین|حمل",
    "اردیبهشت|ثور",
    "خرداد|جوزا",
    "تیر|سرطان",
    "مرداد|اسد",
    "شهریور|سنبله",
    "مهر|میزان",
    "آبان|عقرب",
    "آذر|قوس",
    "دی|جدی",
    "بهمن|دلو",
    "اسفند|حوت",
];

/// A month by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Month {
    /// Of the calendar that the whole world shares, from 1.
    Common(u8),
    /// Of the solar Hijri calendar, from 1.
    Solar(u8),
}

/// The month that a lower-case word names; `language` is the page's, in two or three letters or empty.
pub fn month(word: &str, language: &str) -> Option<Month> {
    let Names { table, filter } = names();
    let (cell, bit) = place(word);
    let first = if filter[cell] & bit == 0 { table.len() } else { table.partition_point(|entry| entry.0 < word) };
    let named = table[first..].iter().take_while(|entry| entry.0 == word);
    let chosen = named.clone().find(|entry| entry.1 == language).or_else(|| named.clone().next());
    // Hebrew writes "in" together with the month.
    let chosen = chosen.map(|entry| entry.2);
    chosen.or_else(|| word.strip_prefix('ב').and_then(|rest| month(rest, language)))
}

/// Every name of a month of the calendar that the whole world shares, with the month, in lower case; a name that means two of them in two
/// languages is there twice.
///
/// ```
/// assert!(copydesk_text::month_names().any(|(name, month)| (name, month) == ("listopada", 11)));
/// ```
pub fn month_names() -> impl Iterator<Item = (&'static str, u8)> {
    names().table.iter().filter_map(|(name, _, month)| match month {
        Month::Common(month) => Some((*name, *month)),
        Month::Solar(_) => None,
    })
}

struct Names {
    /// Names with their languages, sorted.
    table: Vec<(&'static str, &'static str, Month)>,
    /// A bit for each [`place`] of a name: most words are no months, and end here.
    filter: [u64; CELLS],
}

const CELLS: usize = 128;

/// The bit of a word by its ends and its length.
fn place(word: &str) -> (usize, u64) {
    let ends = match word.as_bytes() {
        [] => 0,
        // scripts beyond Latin have the first of their bytes in common
        [first, .., before, last] => u32::from_le_bytes([*first, *before, *last, word.len() as u8]),
        [first, ..] => u32::from(*first),
    };
    let hash = ends.wrapping_mul(0x9E37_79B1);
    ((hash >> 25) as usize % CELLS, 1 << (hash >> 19 & 63))
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let common = MONTHS.iter().flat_map(|(language, months)| {
            (1..).zip(months).flat_map(move |(number, names)| {
                names.split('|').map(move |name| (name, *language, Month::Common(number)))
            })
        });
        let solar = (1..)
            .zip(SOLAR)
            .flat_map(|(number, names)| names.split('|').map(move |name| (name, "fa", Month::Solar(number))));
        let mut table: Vec<_> = common.chain(solar).collect();
        // Stable: among equal names the order of the lines stays.
        table.sort_by_key(|entry| entry.0);
        let mut filter = [0; CELLS];
        for (name, ..) in &table {
            let (cell, bit) = place(name);
            filter[cell] |= bit;
        }
        Names { table, filter }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_and_without_stops() {
        for (name, language, _) in &names().table {
            assert_eq!(*name, name.to_lowercase(), "{language}");
            assert!(!name.is_empty() && !name.contains(['.', ',']), "{language} {name}");
            assert!(month(name, language).is_some(), "{language} {name}");
        }
    }

    #[test]
    fn the_language_decides_between_two_months() {
        assert_eq!(month("listopada", "pl"), Some(Month::Common(11)));
        assert_eq!(month("listopada", "hr"), Some(Month::Common(10)));
        assert_eq!(month("listopada", ""), Some(Month::Common(11)));
        assert_eq!(month("במאי", "he"), Some(Month::Common(5)));
        assert_eq!(month("اردیبهشت", ""), Some(Month::Solar(2)));
        assert_eq!(month("monday", "en"), None);
    }
}
