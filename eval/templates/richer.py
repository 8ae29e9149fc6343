"""Ten more made-up news sites, five in English and five in Greek, Hindi, Finnish, Romanian and Swahili."""

TEMPLATES = {
    # science news: editors' marks, 'more information' and 'cite this' after each story, a glossary box inside, feedback question
    "t7-quanta-post": {
        "page_head": "SciSpan|Topics|Week's top|Latest news|Unread news|Subscribe|Physics|Earth|Space|Chemistry|Biology|Medicine|Search|Save|Share|Home|Biology|Ecology|".split("|"),
        "head": ["date", "gap", "headline", "gap", "byline", "gap", "edited by P. Anand, reviewed by R. Ostrow", "gap", "scispan editors' notes", "fact-checked",
                 "trusted source", "proofread", "gap", "The GIST", "Add as preferred source", "gap", "caption", "gap"],
        "paragraph_gap": 1,
        "inline": ["Explain it simply: peer review\nBefore a study is printed, other scientists who had no part in it read it and send the authors questions. "
                   "They may ask for new tests. A paper that has not been through this is called a preprint.",
                   "Discover the latest in science, tech, and space with over 80,000 subscribers\nDaily\nWeekly\nSubscribe",
                   "See also: {teaser}"],
        "inline_every": 5,
        "foot": """
More information: Journal of Applied Curiosity (2024). DOI: 10.5555/jac.2024.00417

Journal information: Journal of Applied Curiosity

Provided by the University of West Harrow

Citation: retrieved from https://scispan.example/news/417.html

This document is subject to copyright. Apart from fair dealing for private study or research, no part may be copied without written \
permission. The text is given for information only.

Cite this page
APA
MLA
Chicago

How useful was this article to you?
Click a star to rate it
Average rating 4.2 / 5. Vote count: 37
No votes so far! Be the first to rate this post.

Explore further
{teaser}
Feedback to editors
""".strip("\n").split("\n"),
        "between": 3,
        "page_foot": """

Let us know if there is a problem with our content
Use this form if you have come across a typo, an inaccuracy, or would like to send an edit request for the content on this page. \
For general inquiries, please use our contact form. Because of the volume of messages, we cannot answer each one in person.
Donate and enjoy an ad-free experience
We keep our content open to everyone. A premium account supports our editors and costs less than a coffee a month.
Newsletters
Medical disclaimer
Science X-ample Network
""".strip("\n").split("\n"),
    },

    # student paper: print-issue banner, staff roles, donate thermometer, author blurb in the foot, comment form with 'required fields are marked'
    "t7-campus-owl": {
        "page_head": """
The student voice of Bramwell College since 1921
The Night Owl
Search this site
Submit Search
Open Navigation Menu
News
Campus
Student Senate
Sports
Women's rowing
Men's lacrosse
Arts & Life
The Hoot (satire)
Print issues
Join us
Meetings are Sundays at six in the basement of Tully Hall; pizza is provided and no experience is needed.
Categories:
""".strip("\n").split("\n"),
        "head": ["headline", "byline", "News Editor", "date", "gap", "caption", "Photo by Staff Photographer", "gap"],
        "paragraph_gap": 1,
        "inline": ["Donate to The Night Owl\n$640\n$2000\nContributed\nOur Goal\nYour gift will support the student journalists of Bramwell College.",
                   "Story continues below advertisement", "Related Stories\n{teaser}"],
        "inline_every": 7,
        "foot": """
Leave a Comment
Tags:
bramwell
campus life
Donate
$640
$2000
Contributed
Our Goal
Your donation will support the student journalists of Bramwell College. It will allow us to buy equipment, print our last two issues of \
the year and cover our annual website hosting costs.
More to Discover
More in News
{teaser}
{teaser}
About the Contributor
The news team is made up of first- and second-year students who cover the college and the town. When they are not chasing the dean, they \
can be found at the late-night waffle counter arguing about commas.
""".strip("\n").split("\n"),
        "between": 2,
        "page_foot": """

Comments (0)
The Night Owl welcomes letters and comments. They should be civil, signed with a full name, and free of advertising; we may shorten them.
Your email address will not be published. Required fields are marked *
Share your thoughts...
All The Night Owl Picks
Reader Picks
Sort: Newest
© 2024 • Student theme by Inkpot Online • Log in
""".strip("\n").split("\n"),
    },

    # expatriate site: membership wall, sponsored partner box, jobs and rentals lists, language lesson box, translation notice at head and foot
    "t7-abroad-now": {
        "page_head": ("Abroad Now|News in English from the Southern Coast|Become a member|Log in|Practical guides|Residence permits|Driving licences|Tax returns|"
                          "Schools|Finding a flat|Language|Word of the day: sobremesa|Jobs|Property|Events|Switch country||Advertisement|").split("|"),
        "head": ["Immigration and residency", "gap", "headline", "gap", "This article was translated in part by a machine and checked by an editor.", "byline", "gap",
                 "Published:", "date", "07:01 CET", "gap", "caption", "gap", "caption", "gap", "Share this article", "For members", "gap"],
        "paragraph_gap": 1,
        "inline": ["READ ALSO: {teaser}", "READ ALSO: {teaser}", "Advertisement",
                   "GLOSSARY: el empadronamiento\nThe padrón is the town hall's register of who lives where. You need the certificate for schools and doctors. "
                   "In most towns it can be had the same day.",
                   "Partner content\nMoving money home? Compare nine services in one place.\nPaid for by Pelican Transfers",
                   "Want to get by in the language?\nOne short lesson a day, written by people who had to learn it too.\nTry it free for ten days\nNo card needed"],
        "inline_every": 3,
        "foot": """
Have you been through this yourself? Tell us about it in the comments below or by email, and say whether we may use your name.
More
#Immigration
#Life abroad
#Residency
Comments (2)
Join the conversation in our comments section below. Share your own views and experience and if you have a question or suggestion for our \
journalists then email us. Please keep comments civil and on topic.
Log in to leave a comment
Graham, Playa Blanca
It took me three visits and a notary, and the office had moved to another street by the third.
Ingrid V.
In our town it was done in ten minutes. Bring two copies of everything and smile.
See also
{teaser}
{teaser}
{teaser}
Latest jobs
English-speaking receptionist, Costa Serena
Nursery teacher, Puerto Alto
Remote customer support, Dutch and English
See all jobs
Rooms and flats
Two bedrooms near the harbour, 980 a month
""".strip("\n").split("\n"),
        "between": 4,
        "page_foot": """

Please whitelist us to continue reading.
Abroad Now is not connected with any government office. Our guides are written with care but the rules change often, and you should always \
check with the authority itself before you sign or pay for anything.
Manage cookies
Privacy settings
Abroad Now Europe AB
""".strip("\n").split("\n"),
    },

    # opinion site: standfirst-like disclaimer first, biography before and after the text, letters to the editor, no captions, headline twice
    "t7-dissenter": {
        "page_head": "The Dissenting Note|Essays|Columns|Letters|Dialogues|Books|Archive|Support us|Search|".split("|"),
        "head": ["Opinion", "headline", "byline", "The author teaches political history and is a contributing editor of this magazine.", "date",
                 "Reading time: nine minutes", "Text size", "headline", "Views expressed here are the writer's own.", "gap"],
        "paragraph_gap": 1,
        "inline": ["* * *", "§", "Enjoying this essay?\nThe Dissenting Note sends one long read every Sunday, and nothing else.\nYes, send me Sundays",
                   "From the archive: {teaser}", "III."],
        "inline_every": 8,
        "foot": """

The views expressed in this article belong to the author and do not necessarily reflect the position of The Dissenting Note, its editors or \
its board.

About the author

Born in a mining town and educated against his will, the author spent eleven years as a civil servant before turning to writing. His books \
include The Borrowed Crown and A Short History of Long Queues, which was longlisted for the Pemberton Prize. He lives on an island with two \
dogs and a great many unpaid bills, and is at work on a study of provincial newspapers.

More by this author
{teaser}
{teaser}

Have your say
Letters of up to 250 words may be sent to the editor. Please give your full address, which will not be printed. We are not able to return \
manuscripts or to enter into correspondence about pieces that we have declined.

In reply
Sir, the essay mistakes a habit for a principle, as essays of this sort commonly do. - M. Devereux, Upper Slaughton
I have read you for thirty years and have not once agreed; please renew my subscription. - Prof. (ret.) A. Nkemelu
""".strip("\n").split("\n"),
        "between": 6,
        "page_foot": """

We do not run advertising. We are kept alive by some four thousand subscribers and by the patience of our printer.
Corrections: an error of fact will be put right at the top of the piece with the date on which we changed it.
ISSN 0000-0019
""".strip("\n").split("\n"),
    },

    # tech blog: affiliate disclosure in the head, deal boxes with prices, gallery counter, comment counts, byline with job; related list before the text
    "t7-gadget-loft": {
        "page_head": """
GL
GadgetLoft
Phones
Laptops
Wearables
Smart Home
EVs
AI
Reviews
Deals
The LoftCast

Today's best deals
Noisy-cancelling buds for $79 (was $129)
A folding keyboard we actually like, $44
Robot mop, open box, $210

""".strip("\n").split("\n"),
        "head": ["News", "/", "AI", "headline", "Here is everything you need to know, and one thing you don't.", "by", "byline", "Senior reporter, policy",
                 "date", "at 3:30 PM", "Link", "Share", "Gift", "46 Comments", "caption", "1 / 9", "If you buy something from a link on this page, "
                 "GadgetLoft may earn a commission. It never changes what we write. See our ethics statement.", "gap", "Related", "The new rules, explained slowly",
                 "Everything announced at LoftFest", "We tried the thing so you need not", "gap"],
        "paragraph_gap": 1,
        "inline": ["Loft pick\nPebblewatch Mini\n$149 at Bytebarn\n$152 at Crate & Cable\nCheck price", "Related\n{teaser}", "Image: GadgetLoft",
                   "Next up: {teaser}", "Previous\nNext\n3 / 9",
                   "The LoftCast\nEpisode 88: Who owns your toaster?\n41:07\nPlay\nWherever you get your podcasts", "{teaser}"],
        "inline_every": 3,
        "foot": """
46 Comments
Comments have been kind today. Keep it that way.
solderJoe
Posted at 4:02 PM
First they came for the headphone jack, and I said nothing, because I had a dongle.
Recommend (31)
Flag
wren_and_stimpy
Posted at 4:19 PM
Does anyone know whether this works without an account? Asking for my mum.
Recommend (6)
Flag
Follow topics and authors from this story to see more like this in your personalized homepage feed and to receive email updates.
AI
Policy
Most Popular
{teaser}
{teaser}
{teaser}
{teaser}
{teaser}
""".strip("\n").split("\n"),
        "between": 1,
        "page_foot": """
The GadgetLoft Daily
A free daily digest of the news that matters most.
Email (required)
Sign up
Sending us your address means that you accept our rules. This site is protected by a puzzle you will probably fail.
Advertiser Content From
This is the title for the native ad
Terms of Use
How we rate and review products
Tip us
Status
Loft Media Collective LLC
""".strip("\n").split("\n"),
    },

    # Greek news site: breadcrumb with signs, Google-News appeal inside, photo gallery count, newest-news list with times, comment warning, legal paragraph
    "t7-paratiritis": {
        "page_head": ("Ο Παρατηρητής του Αιγαίου|ΡΟΗ ΕΙΔΗΣΕΩΝ|ΠΟΛΙΤΙΚΗ|ΟΙΚΟΝΟΜΙΑ|ΕΛΛΑΔΑ|ΚΟΣΜΟΣ|ΑΘΛΗΤΙΚΑ|ΠΟΛΙΤΙΣΜΟΣ|ΥΓΕΙΑ|ΚΑΙΡΟΣ|ΖΩΔΙΑ|ΕΟΡΤΟΛΟΓΙΟ|Γιορτάζουν σήμερα: Ταρσίζιος, Λαυρέντιος|"
                          "Αθήνα 14°C|Θεσσαλονίκη 9°C|Ηράκλειο 17°C|").split("|"),
        "head": ["Αρχική > Κόσμος > Διεθνή", "gap", "date", "| 20:14", "gap", "headline", "gap", "caption", "gap", "ΦΩΤΟΓΡΑΦΙΕΣ (4)", "byline", "Newsroom", "gap", "caption", "caption", "gap"],
        "paragraph_gap": 1,
        "inline": ["Διαβάστε επίσης: {teaser}", "Δείτε ακόμη: {teaser}", "ΔΙΑΦΗΜΙΣΗ",
                   "Ακολουθήστε τον Παρατηρητή στις ειδήσεις της αναζήτησης και μάθετε πρώτοι ό,τι συμβαίνει.",
                   "Τι είναι ο ΦΠΑ\nΟ φόρος προστιθέμενης αξίας επιβαρύνει κάθε πώληση αγαθών και υπηρεσιών. Τον πληρώνει ο τελικός καταναλωτής. "
                   "Στα νησιά ίσχυαν κατά καιρούς μειωμένοι συντελεστές."],
        "inline_every": 4,
        "foot": """
Ειδήσεις σήμερα:
{teaser}
{teaser}
{teaser}

Ακολουθήστε μας
Κοινοποίηση
TAGS:
ΔΙΕΘΝΗ
ΕΠΙΚΑΙΡΟΤΗΤΑ
Σχόλια
Τα σχόλια δημοσιεύονται αφού εγκριθούν από τη σύνταξη. Υβριστικά μηνύματα και μηνύματα γραμμένα με λατινικούς χαρακτήρες διαγράφονται.
Γράψτε το σχόλιό σας
""".strip("\n").split("\n"),
        "between": 2,
        "page_foot": """

Τελευταία νέα
20:05 Απεργία στα πλοία: ποια δρομολόγια ακυρώνονται
19:48 Το μεγάλο παζάρι βιβλίου ανοίγει την Παρασκευή
19:30 Συνταγή: κολοκυθοκεφτέδες από τη Σίφνο
Ταυτότητα
Όροι χρήσης
Επικοινωνία
Απαγορεύεται η αναδημοσίευση, η αναπαραγωγή ή η διασκευή του περιεχομένου του ιστοτόπου με οποιονδήποτε τρόπο χωρίς προηγούμενη γραπτή άδεια του εκδότη.
Μέλος του μητρώου ηλεκτρονικών εκδόσεων, αριθμός 000000
""".strip("\n").split("\n"),
    },

    # Hindi daily: app prompts, live-TV menu, headline twice with highlights, horoscope and photo-story lists, poll in the foot, paragraph_gap 2
    "t7-jan-prabhat": {
        "page_head": ("जन प्रभात|ऐप डाउनलोड करें|ई-पेपर|लाइव टीवी|होम|ताज़ा ख़बरें|देश|दुनिया|राज्य|उत्तर प्रदेश|बिहार|मध्य प्रदेश|राजस्थान|दिल्ली|खेल|क्रिकेट|मनोरंजन|बिज़नेस|"
                          "राशिफल|आज का पंचांग|वेब स्टोरीज़|फोटो गैलरी|नौकरी|शिक्षा|धर्म|मौसम|मेरा शहर|हिंदी|English||").split("|"),
        "head": ["Hindi News", "दुनिया", "headline", "gap", "हाइलाइट्स", "पूरी ख़बर नीचे पढ़ें", "हर अपडेट के लिए हमारे साथ बने रहें", "gap", "byline",
                 "प्रकाशित:", "date", "06:45 AM IST", "सार", "headline", "caption", "विज्ञापन", "विस्तार", "Follow Us", "gap"],
        "paragraph_gap": 2,
        "inline": ["ये भी पढ़ें: {teaser}", "यह भी पढ़ें-\n{teaser}", "विज्ञापन", "खबर आगे जारी है",
                   "जन प्रभात को व्हाट्सऐप पर फॉलो करें\nदिन भर की बड़ी ख़बरें सीधे आपके फ़ोन पर, बिल्कुल मुफ़्त।\nअभी जुड़ें"],
        "inline_every": 3,
        "foot": """
देश-दुनिया की ताज़ा ख़बरें सबसे पहले पढ़ने के लिए हमारा ऐप डाउनलोड करें और हमारे पेज को लाइक करें।
आपकी राय
क्या आप इस फ़ैसले से सहमत हैं?
हाँ
नहीं
कह नहीं सकते
वोट करें
कुल वोट: 5,318
रहें हर ख़बर से अपडेट
अगली ख़बर
{teaser}
टॉप स्टोरीज़
{teaser}
{teaser}
{teaser}
आज का राशिफल
मेष: धन लाभ के योग हैं, पर जल्दबाज़ी से बचें।
वृषभ: परिवार के साथ समय अच्छा बीतेगा।
""".strip("\n").split("\n"),
        "between": 3,
        "page_foot": """

हमारे बारे में
विज्ञापन दें
शिकायत निवारण
शिकायत अधिकारी: कु. वसुधा रायज़ादा, पता: तीसरी मंज़िल, प्रभात भवन
इस वेबसाइट पर दी गई सामग्री केवल जानकारी के लिए है। प्रकाशक किसी भी त्रुटि के लिए ज़िम्मेदार नहीं होगा और सभी विवाद स्थानीय न्यायालय के अधीन होंगे।
सर्वाधिकार सुरक्षित © जन प्रभात मीडिया
""".strip("\n").split("\n"),
    },

    # Finnish regional paper: subscriber teaser in the head, death notices, jobs box, hockey results, 'Juttu jatkuu mainoksen jälkeen', short caption-first head
    "t7-jarviseutu": {
        "page_head": """
Siirry sisältöön
Järviseudun Viesti
Tilaa
Kirjaudu
Uusimmat
Paikalliset
Kotimaa
Ulkomaat
Urheilu
Mielipide
Näköislehti
Kuolleet
Lämpimästi kaivaten
Aune Tellervo Raitamäki, 94
Veikko Olavi Hiidenheimo, 81
Jätä muistosana
""".strip("\n").split("\n"),
        "head": ["caption", "Kuva: Arkisto", "Ulkomaat", "headline", "date", "klo 6.00", "byline", "Kuuntele juttu", "Tallenna", "Jaa", "Tilaajille", "gap"],
        "paragraph_gap": 1,
        "inline": ["Juttu jatkuu mainoksen jälkeen.", "Mainos", "Lue myös: {teaser}",
                   "Faktat\nMikä kuntavaltuusto?\nValtuusto päättää kunnan rahoista ja veroista. Valtuutetut valitaan vaaleilla neljäksi vuodeksi. Kokoukset ovat yleensä avoimia kaikille.",
                   "Tilaa uutiskirje\nToimituksen poiminnat perjantaisin sähköpostiisi.\nTilaa maksutta"],
        "inline_every": 4,
        "foot": """
Oikaisu: korjaamme virheet viipymättä ja kerromme korjauksesta jutun lopussa. Virheestä voi ilmoittaa osoitteeseen toimitus@jarviseutu.example.
Kommentit (2)
Nimimerkki Rantatien asukas
Vai niin. Samalla rahalla olisi korjattu kirjaston katto kahteen kertaan.
Nimimerkki Sivusta seurannut
Asiallinen juttu, kiitos siitä. Näitä lisää.
Luetuimmat
1
{teaser}
2
{teaser}
3
{teaser}
Avoimet työpaikat
Lähihoitaja, Koivurannan palvelukoti
Linja-autonkuljettaja, Mäntylän Liikenne
Kiekkotulokset
Jää-Karhut - Salon Siipi 4-2
Kuikat - Pato 1-3
""".strip("\n").split("\n"),
        "between": 0,
        "page_foot": """
Asiakaspalvelu arkisin 8-16
Päätoimittaja: Hilkka Saarnivaara
Tietosuojaseloste
Evästeasetukset
Käytämme evästeitä, jotta palvelu toimii ja jotta voimme kehittää sitä. Osa evästeistä on välttämättömiä, muut voit hyväksyä tai hylätä.
Noudatamme hyvää journalistista tapaa. Juttujen luvaton kopiointi on kielletty.
""".strip("\n").split("\n"),
    },

    # Romanian site: menu of 60 lines with county names, sponsor lines, appeal for 3.5 % of the income tax, related before and after; gap 1 and between 5
    "t7-gazeta-dealului": {
        "page_head": ("Gazeta Dealului|Acasă|Știri|Actualitate|Politică|Justiție|Administrație|Economie|Bani|Energie|Agricultură|Externe|Republica Moldova|Europa|"
                          "Sănătate|Educație|Mediu|Știință|Cultură|Cărți|Teatru|Film|Sport|Fotbal|Handbal|Tenis|Reportaj|Interviu|Anchete|Opinii|Editorial|Blog|Podcast|"
                          "Video|Galerii foto|Alba|Argeș|Bacău|Bihor|Brașov|Buzău|Cluj|Constanța|Dolj|Galați|Gorj|Iași|Maramureș|Mureș|Neamț|Olt|Prahova|Sibiu|Suceava|"
                          "Timiș|Vaslui|Vrancea|Horoscop|Vremea|Curs valutar: 1 euro = 4,97 lei|Caută|").split("|"),
        "head": ["Acasă", "/", "Externe", "/", "headline", "gap", "headline", "gap", "byline", "Publicat:", "date", "Actualizat: ora 16:09", "gap",
                 "Timp de citire: 6 minute", "gap", "Pe aceeași temă", "Ce se schimbă de la 1 ale lunii viitoare", "Satul în care nu mai vine autobuzul", "gap",
                 "caption", "Sursa foto: arhivă", "gap", "Din cuprinsul articolului", "gap"],
        "paragraph_gap": 1,
        "inline": ["Citește și: {teaser}", "VEZI ȘI: {teaser}", "Publicitate", "Articolul continuă mai jos",
                   "Susține presa locală\nPoți direcționa 3,5% din impozitul pe venit către asociația noastră. Nu te costă nimic și durează două minute.\nDescarcă formularul",
                   "Urmărește-ne și pe canalul nostru de WhatsApp"],
        "inline_every": 3,
        "foot": """
Editor: A.D.
Dacă ți-a plăcut acest articol, dă-l mai departe unui prieten sau lasă-ne un mesaj pe pagina redacției.
Distribuie
Tipărește
Etichete: externe, actualitate, lume
Sondaj
Cât de des citiți un ziar tipărit?
Zilnic
O dată pe săptămână
Deloc
Votează
Articole similare
{teaser}
{teaser}
Parteneri
Cum alegi un covor pentru living: sfatul unui decorator
Trei rețete de zacuscă fără ulei
Cele mai citite
01 {teaser}
02 {teaser}
03 {teaser}
04 {teaser}
""".strip("\n").split("\n"),
        "between": 5,
        "page_foot": """

Mica publicitate
Vând apicultor 40 de familii de albine, preț negociabil
Decese și condoleanțe
Colegii sunt alături de familia Brândușescu în aceste clipe grele.
Politica de confidențialitate
Codul deontologic
Preluarea fără cost a materialelor este permisă doar în limita a cinci sute de semne și cu citarea sursei cu link activ.
Editor: SC Dealul Media SRL, CUI 00000000
""".strip("\n").split("\n"),
    },

    # Swahili international radio: broadcast hours, audio players, translation notice, corrections policy, proverbs, no blank between lines of the head, three captions
    "t7-sauti-ya-pwani": {
        "page_head": ("Sauti ya Pwani|Ruka hadi maelezo makuu|Habari|Afrika Mashariki|Dunia|Michezo|Afya|Biashara|Makala|Vipindi vya redio|Amka na Sauti, saa 12:00 asubuhi|"
                          "Dira ya Jioni, saa 3:00 usiku|Sikiliza moja kwa moja|Methali ya leo: Haba na haba hujaza kibaba|").split("|"),
        "head": ["caption", "Maelezo ya picha", "caption", "headline", "byline", "Nafasi, Sauti ya Pwani", "date", "Muda wa kusoma: dakika 5", "Sambaza", "caption",
                 "Makala hii imetafsiriwa kutoka Kiingereza na kuhaririwa na wahariri wetu."],
        "paragraph_gap": 1,
        "inline": ["Unaweza kusoma pia: {teaser}", "Soma zaidi: {teaser}", "Tangazo", "Ruka matangazo na uendelee kusoma",
                   "Sikiliza ripoti hii\nMuda 04:18\nPakua",
                   "Jiunge nasi kwenye WhatsApp\nPata taarifa muhimu za siku moja kwa moja kwenye simu yako.\nBofya hapa kujiunga\nMwisho wa tangazo",
                   "Je, wajua?\nZiwa kubwa zaidi barani Afrika linazungukwa na nchi tatu. Mamilioni ya watu hulitegemea kwa uvuvi na usafiri."],
        "inline_every": 4,
        "foot": """
Imetafsiriwa na dawati la Kiswahili na kuhaririwa na A. Mwinyi
Iwapo tafsiri hii inatofautiana na maandishi ya awali, maandishi ya awali ndiyo yatakayozingatiwa.
Maoni ya wasikilizaji
Juma wa Tanga
Asanteni kwa habari, lakini mngetueleza pia gharama zake kwa mwananchi wa kawaida.
Mama Zuhura, Lamu
Nimewasikiliza tangu nikiwa mdogo, endeleeni na kazi nzuri.
Tuma maoni yako
Zinazosomwa zaidi
1
{teaser}
2
{teaser}
3
{teaser}
4
{teaser}
""".strip("\n").split("\n"),
        "between": 2,
        "page_foot": """

Sera ya masahihisho
Tukikosea tunasahihisha haraka na kueleza wazi tulichobadilisha. Tuandikie kupitia anwani ya mhariri ukitaja kichwa cha habari na tarehe.
Kuhusu sisi
Masafa yetu
Mombasa 93.9 FM
Zanzibar 101.2 FM
Sauti ya Pwani haihusiki na taarifa zilizomo kwenye tovuti za nje.
""".strip("\n").split("\n"),
    },
}
