//! Made-up prose: the same in every run, no two paragraphs alike.

/// A linear congruential generator.
pub(crate) struct Draw(pub(crate) u64);

const WORDS: &str = "the of to and a in that it was for on with he as at by from his they an were which their said has have this be or \
    had its but not one who after been would more when also two first will about up out there into over other new some could them year \
    time last people than only years city council harbour ferry pier minister spoke morning evening storm river bridge school teacher \
    budget vote party market price bread baker mill fire engine crew street quarter old town festival music band crowd police report \
    court judge trial witness letter union strike worker factory owner plan road tunnel train station platform passenger delay winter \
    summer snow flood rain wind farmer field harvest apple orchard village mayor speech plan doctor hospital nurse patient research \
    garden museum painting theft guard window door light engineer pump water pipe supply valley mountain guide rescue team helicopter";

impl Draw {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    pub(crate) fn word(&mut self) -> &'static str {
        let count = WORDS.split_whitespace().count();
        WORDS.split_whitespace().nth(self.below(count)).unwrap()
    }

    pub(crate) fn paragraph(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ") + "."
    }

    /// Ten paragraphs of fifty words.
    pub(crate) fn story(&mut self) -> Vec<String> {
        (0..10).map(|_| self.paragraph(50)).collect()
    }

    /// One word in `every` becomes another.
    pub(crate) fn edited(&mut self, paragraphs: &[String], every: usize) -> Vec<String> {
        let edit = |p: &String| {
            p.split(' ').map(|w| if self.below(every) == 0 { self.word() } else { w }).collect::<Vec<_>>().join(" ")
        };
        paragraphs.iter().map(edit).collect()
    }

    /// One form, its slots at the same one word in fifteen each time: `numbers` of ten slots hold a number, the others a word.
    pub(crate) fn filled(&mut self, form: &[String], numbers: usize) -> String {
        let fill = |(p, paragraph): (usize, &String)| {
            let word = |(k, word): (usize, &'_ str)| match (p * 50 + k) % 15 {
                7 if (p + k) % 10 < numbers => self.below(99_999).to_string(),
                7 => format!("{}{}", self.word(), self.word()),
                _ => word.to_owned(),
            };
            paragraph.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
        };
        form.iter().enumerate().map(fill).collect::<Vec<_>>().join("\n\n")
    }
}
