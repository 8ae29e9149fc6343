/// Every number that origin is read by. Lengths are in bytes unless they say otherwise; confidences go from 0 to 1.
///
/// All are *chosen*, on sentences that were made up for it; what they reach stands in `labels/floors.json`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// An agency wrote a story if one sign of it is so sure. Below stand signs that a paper may leave in when it quotes.
    pub wrote: f32,
    /// A dateline stands in the first bytes of a paragraph. The longest seen names three places, a date and two agencies.
    pub dateline: usize,
    /// ... and where nothing else says that an agency wrote the story, it must be so sure.
    pub dateline_alone: f32,
    /// ... of one of the first so many: a byline and a standfirst may stand before it.
    pub opening_paragraphs: usize,
    /// A signature stands in one of the last so many paragraphs: reporters, copyright, and a line about the author.
    pub closing_paragraphs: usize,
    /// Who wrote it is named in one of the last so many, where it is not named above.
    pub naming_paragraphs: usize,
    /// A signature has at most so many words.
    pub signature_words: usize,
    /// A notice stands in a paragraph of at most so many bytes; what is longer is a page that lost its lines.
    pub longest_notice: usize,
    /// A byline inside of a body has at most so many words.
    pub byline_words: usize,
    /// The place of a dateline has at most so many words.
    pub place_words: usize,
    /// Bylines and captions that are longer are none. Of 1,569 clippings of real pages the longest caption had 775 bytes, the
    /// longest byline 124.
    pub longest_line: usize,
    /// A credit has at most so many bytes; what is longer is a sentence.
    pub credit: usize,
    /// The name of a house or an office has at most so many words; what is longer is a sentence.
    pub holder_words: usize,
    /// A name has at most so many words: four, and a particle.
    pub name_words: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wrote: 0.6,
            dateline: 240,
            dateline_alone: 0.7,
            opening_paragraphs: 4,
            closing_paragraphs: 5,
            naming_paragraphs: 3,
            signature_words: 9,
            longest_notice: 4_000,
            byline_words: 16,
            place_words: 9,
            longest_line: 6_000,
            credit: 120,
            holder_words: 6,
            name_words: 5,
        }
    }
}
