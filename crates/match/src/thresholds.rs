/// Every number that matching decides by. Coverages and densities are shares from 0 to 1, lengths are in words.
///
/// Sources: *measured* names the labelled set that fixed a number; *chosen* says why.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// One shingle in so many is an anchor. Measured on 120 labelled news copies: every pair met, at 20 anchors a story.
    pub anchor_one_in: u64,
    /// Every text has at least so many anchors, if it has so many shingles. Measured with `anchor_one_in`.
    pub anchors_at_least: usize,
    /// Two texts are compared when they share so many anchors. Measured with `anchor_one_in`.
    pub shared_anchors: u32,
    /// ... or so many when one of them has few.
    pub shared_anchors_few: u32,
    /// What counts as few anchors.
    pub few_anchors: u32,

    /// Largest gap between two runs, words times words, that is closed word by word. Chosen: a paragraph against a paragraph;
    /// a longer gap without a shared shingle is other text.
    pub gap_cells: usize,
    /// A gap of at most so many words on either side is a change of words; a longer one is other text, where numbers do
    /// not stand in each other's place. Chosen: a name or a phrase.
    pub small_gap: u32,
    /// A gap of so many words is a paragraph, not a change of words. Chosen: shorter than a paragraph of news, longer than the
    /// line of a widget between two.
    pub long_gap: u32,
    /// A run at either end of the alignment is a stray if the gap beside it is so many times longer. Chosen: a phrase of five
    /// words may stand a sentence or two off.
    pub stray: u32,

    /// One story: at least so much of the longer text is aligned. Chosen: an agency's story cut by 40 % with a lede and a foot
    /// of the paper's own still has it; below it the shorter is an excerpt.
    pub coverage_longer: f64,
    /// ... and so much of the shorter. Chosen: above 0.55 no text in the middle of a live blog holds both its ends together.
    pub coverage_shorter: f64,
    /// ... or only so much,
    pub coverage_shorter_cored: f64,
    /// if neither of its ends outside what is shared is so large a share of it: a lede and a foot of the paper's own stand around
    /// a story; a live blog that has moved on, or a second-day story with old background, is new at one end.
    pub own_end: f64,
    /// ... and so much of what lies between the first and the last shared word, in both: pages of one template share their
    /// frame and differ inside it. Measured on generated copies and templates (`bench/match`).
    pub density: f64,
    /// ... or so much when paragraphs differ at
    pub density_broken: f64,
    /// so many places inside.
    pub breaks: u32,
    /// A copy: at least so much of both is aligned, and no number disagrees. Chosen: one word in fifty.
    pub copy: f64,
    /// So many numbers that disagree, and more than agree, make two fillings of one form. Chosen: a correction changes
    /// one to three figures, a table of results most of them.
    pub numbers_differ: u32,
    /// An excerpt: so much of the shorter stands in the longer.
    pub excerpt: f64,
    /// Shared material: at least so many words. Chosen: a sentence; less is a phrase that anybody may use.
    pub shared_words: u32,

    /// Smallest cluster whose substitutions can be counted. Two texts have no majority.
    pub slot_cluster: usize,
    /// Two texts of different URLs are two fillings of a form when so many numbers disagree, none agrees, and other words gave way too. Chosen: a notice of fifty words
    /// has a day and an hour; of two figures in a brief one may be put right.
    pub slot_numbers: u32,
    /// A position is a slot when no word holds so large a share of the cluster there.
    pub slot_majority: f64,
    /// A form: so large a share of substitutions stands in slots. Measured: 0.00 to 0.09 in true clusters, 1.00 in forms.
    pub slot_share: f64,
    /// ... and slots are so large a share of the words. Chosen: a story whose figures grow from version to version has slots
    /// too, but few; forms have one word in fifteen.
    pub slot_density: f64,
    /// ... and at least so many words.
    pub slots_at_least: usize,
    /// Members that are looked at to find the slots. Chosen: a majority of 64 is a majority.
    pub slot_sample: usize,
    /// Two fillings of a form are one when they agree at so large a share of its slots.
    pub slot_agree: f64,

    /// Whole pages: so much of the longer is aligned. Measured on labelled pairs of web and government pages, leave one out.
    pub page_coverage: f64,
    /// ... or one run is so large a share of the longer and both open alike. Measured with it.
    pub page_run: f64,
    /// Words that count as opening alike. Chosen: a title.
    pub page_opening: u32,
    /// Whole pages: so many places where the same words give way to the same others make a page about another subject. Measured
    /// with it.
    pub page_swaps: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            anchor_one_in: 32,
            anchors_at_least: 16,
            shared_anchors: 3,
            shared_anchors_few: 2,
            few_anchors: 24,
            gap_cells: 96 * 96,
            small_gap: 6,
            long_gap: 15,
            stray: 8,
            coverage_longer: 0.35,
            coverage_shorter: 0.6,
            coverage_shorter_cored: 0.45,
            own_end: 0.3,
            density: 0.65,
            density_broken: 0.9,
            breaks: 3,
            copy: 0.98,
            numbers_differ: 4,
            excerpt: 0.8,
            shared_words: 12,
            slot_cluster: 3,
            slot_numbers: 2,
            slot_majority: 0.5,
            slot_share: 0.5,
            slot_density: 0.02,
            slots_at_least: 3,
            slot_sample: 64,
            slot_agree: 0.8,
            page_coverage: 0.87,
            page_run: 0.65,
            page_opening: 6,
            page_swaps: 3,
        }
    }
}

impl Thresholds {
    /// Whether two texts with so many anchors, of which they share `shared`, are worth a comparison.
    pub fn is_candidate(&self, shared: u32, anchors_a: u32, anchors_b: u32) -> bool {
        let few = anchors_a.min(anchors_b) <= self.few_anchors;
        shared >= if few { self.shared_anchors_few } else { self.shared_anchors }
    }
}
