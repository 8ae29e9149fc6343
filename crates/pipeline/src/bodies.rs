use copydesk_archive::WorkBytes;

use crate::Error;

/// The versions' texts, by number: in memory while they fit, in a file when they do not.
pub(crate) struct Bodies {
    places: Vec<Place>,
    held: Vec<u8>,
    budget: usize,
    file: Option<WorkBytes>,
}

/// Where a body and the flags of its paragraphs stand.
#[derive(Clone, Copy)]
struct Place {
    at: u64,
    text: u32,
    masked: u32,
}

impl Bodies {
    pub(crate) fn new(budget: usize) -> Self {
        // Room that is not used costs nothing; growing would copy what is there.
        Self { places: Vec::new(), held: Vec::with_capacity(budget), budget, file: None }
    }

    /// Appends the body of the next version; `masked` is empty when no paragraph is. `aside` makes the file for what does not fit.
    pub(crate) fn push(
        &mut self,
        text: &str,
        masked: &[bool],
        aside: impl FnOnce() -> Result<WorkBytes, copydesk_archive::Error>,
    ) -> Result<(), Error> {
        let before = self.held.len();
        let at = before as u64;
        self.held.extend_from_slice(text.as_bytes());
        if masked.contains(&true) {
            self.held.extend(masked.iter().map(|&m| u8::from(m)));
        }
        let place = Place { at, text: text.len() as u32, masked: (self.held.len() - before - text.len()) as u32 };
        self.places.push(place);
        if let Some(file) = &mut self.file {
            // Once there is a file, what is held is only a buffer for the next write.
            let place = self.places.last_mut().expect("it was just pushed");
            place.at = file.append(&self.held)?;
            self.held.clear();
        } else if self.held.len() > self.budget {
            let mut file = aside()?;
            file.append(&self.held)?;
            self.held = Vec::new();
            self.file = Some(file);
        }
        Ok(())
    }

    /// The body of a version and the flags of its paragraphs.
    pub(crate) fn get<'b>(&'b self, version: u32, buffer: &'b mut Vec<u8>) -> Result<(&'b str, Vec<bool>), Error> {
        let place = self.places[version as usize];
        let (text, masked) = (place.text as usize, place.masked as usize);
        let bytes = match &self.file {
            Some(file) => {
                buffer.resize(text + masked, 0);
                file.read(place.at, buffer)?;
                &buffer[..]
            }
            None => &self.held[place.at as usize..place.at as usize + text + masked],
        };
        let (text, masked) = bytes.split_at(text);
        let text = std::str::from_utf8(text).unwrap_or_default();
        Ok((text, masked.iter().map(|&m| m != 0).collect()))
    }
}
