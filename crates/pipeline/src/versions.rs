use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasherDefault, Hasher},
    sync::Arc,
};

use copydesk_annotate::BodyNotes;
use copydesk_archive::{Archive, TableFile, WorkBytes, Writer};
use copydesk_match::Prepared;

use crate::{Error, ErrorKind, bodies::Bodies, columns};

/// Bytes that notes of a body take, about: a story of 600 words has a dozen expressions of time.
const NOTES_BYTES: usize = 2048;

/// The distinct bodies, numbered as they came, those of the archive first: about a hundred bytes each, their texts apart.
pub(crate) struct Versions {
    numbers: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    pub(crate) ids: Vec<u128>,
    pub(crate) words: Vec<u32>,
    /// None of a version that stands in the archive and that no capture has any more.
    pub(crate) clippings: Vec<u32>,
    /// Digest of the paragraphs that are left out when versions are compared: what all clippings agree on. Taken from one of them, it
    /// would depend on which came first.
    masks: Vec<u64>,
    /// The same as flags, of the versions of which any is left out.
    flags: BTreeMap<u32, Vec<bool>>,
    /// Of versions that are new here: the digest of what was left out when they were measured.
    measured: Vec<u64>,
    pub(crate) bodies: Bodies,
    /// Versions that are ready to be compared.
    prepared: Vec<Ready>,
    /// Words that `prepared` may still take in.
    room: usize,
    /// Words of those that did not fit into memory.
    aside: Option<WorkBytes>,
    /// What was read of the bodies that are new here, as far as it fits into memory, for more clippings of them.
    notes: HashMap<u32, Arc<BodyNotes>, BuildHasherDefault<Hashed>>,
    /// How many `notes` may hold.
    most_notes: usize,
    /// Files of the archive that hold versions, and the number of the first version of each.
    archived: Vec<(TableFile, u32)>,
    /// How many versions these hold.
    known: u32,
}

/// Where a version's words are, ready to be compared.
#[derive(Clone)]
enum Ready {
    /// They have to be read of its body.
    No,
    Held(Arc<Prepared>),
    Aside {
        at: u64,
        words: u32,
    },
}

impl Versions {
    /// Holds at most `budget` bytes of bodies in memory, and as much of what is made from them.
    pub(crate) fn new(budget: usize) -> Self {
        Self {
            numbers: HashMap::default(),
            ids: Vec::new(),
            words: Vec::new(),
            clippings: Vec::new(),
            masks: Vec::new(),
            flags: BTreeMap::new(),
            measured: Vec::new(),
            bodies: Bodies::new(budget),
            prepared: Vec::new(),
            room: budget / size_of::<u32>(),
            aside: None,
            notes: HashMap::default(),
            most_notes: budget / NOTES_BYTES,
            archived: Vec::new(),
            known: 0,
        }
    }

    /// Begins with the versions that stand in files of the archive, none of which has a clipping yet.
    pub(crate) fn begin_with(
        &mut self,
        archive: &Archive,
        files: &[TableFile],
        batch_rows: usize,
    ) -> Result<(), Error> {
        for file in files {
            self.archived.push((file.clone(), self.ids.len() as u32));
            self.bodies.archived(archive, file)?;
            for batch in archive.read_file(&file.path, Some(&["id", "words"]), batch_rows)? {
                let batch = batch?;
                for (id, &words) in columns::texts(&batch, 0)?.iter().flatten().zip(columns::u32s(&batch, 1)?) {
                    let id = u128::from_str_radix(id, 16)
                        .map_err(|_| {
                        let what = format!(
                            "`{id}` in `{}` is no id of a version; `copydesk add ARCHIVE --resplit` makes the table again",
                            file.path
                        );
                        Error::new(ErrorKind::Damaged, what)
                    })?;
                    self.enter(id, words, 0, 0);
                }
            }
        }
        self.known = self.ids.len() as u32;
        Ok(())
    }

    /// The files of the archive that hold versions, each with the number of its first one; the others have the next numbers.
    pub(crate) fn archived(&self) -> &[(TableFile, u32)] {
        &self.archived
    }

    /// How many versions the archive held before, whether or not it still does.
    pub(crate) fn known(&self) -> u32 {
        self.known
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether any clipping has it.
    pub(crate) fn is_live(&self, number: u32) -> bool {
        self.clippings[number as usize] > 0
    }

    /// Numbers of the versions that clippings have.
    pub(crate) fn live(&self) -> impl Iterator<Item = u32> {
        (0..self.ids.len() as u32).filter(|&number| self.is_live(number))
    }

    /// The number of a body, if it came before.
    pub(crate) fn number(&self, id: u128) -> Option<u32> {
        let mut key = id as u64;
        loop {
            let number = *self.numbers.get(&key)?;
            if self.ids[number as usize] == id {
                return Some(number);
            }
            key = key.wrapping_add(1);
        }
    }

    /// What was read of a body, if it came in this run and is remembered.
    pub(crate) fn notes(&self, id: u128) -> Option<Arc<BodyNotes>> {
        self.notes.get(&self.number(id)?).cloned()
    }

    /// Digest of the paragraphs that are left out when the version is compared; 0 for none.
    pub(crate) fn mask(&self, number: u32) -> u64 {
        self.masks[number as usize]
    }

    /// Whether the version came with this run, and was measured without just those paragraphs that all its clippings leave out.
    pub(crate) fn is_measured(&self, number: u32) -> bool {
        number >= self.known && self.measured[(number - self.known) as usize] == self.masks[number as usize]
    }

    /// Counts a clipping of a body and returns its number, and whether the body is new.
    pub(crate) fn add(
        &mut self,
        id: u128,
        body: &str,
        masked: &[bool],
        measured: Option<(u32, Prepared)>,
        notes: &Arc<BodyNotes>,
        writer: &Writer,
    ) -> Result<(u32, bool), Error> {
        if let Some(number) = self.number(id) {
            self.count(number, masked);
            return Ok((number, false));
        }
        let (words, prepared) = measured.unwrap_or_default();
        let number = self.enter(id, words, 1, digest(masked));
        self.prepared[number as usize] = self.keep(prepared, writer)?;
        self.measured.push(digest(masked));
        if self.notes.len() < self.most_notes {
            self.notes.insert(number, notes.clone());
        }
        if masked.contains(&true) {
            self.flags.insert(number, masked.to_vec());
        }
        self.bodies.push(body, &notes.packed(), || writer.work_bytes())?;
        Ok((number, true))
    }

    fn keep(&mut self, prepared: Prepared, writer: &Writer) -> Result<Ready, Error> {
        if let Some(room) = self.room.checked_sub(prepared.len()) {
            self.room = room;
            return Ok(Ready::Held(Arc::new(prepared)));
        }
        let file = match &mut self.aside {
            Some(file) => file,
            None => self.aside.insert(writer.work_bytes()?),
        };
        let words = prepared.words();
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        Ok(Ready::Aside { at: file.append(&bytes)?, words: words.len() as u32 })
    }

    fn enter(&mut self, id: u128, words: u32, clippings: u32, mask: u64) -> u32 {
        let number = self.ids.len() as u32;
        let mut key = id as u64;
        while self.numbers.contains_key(&key) {
            key = key.wrapping_add(1);
        }
        self.numbers.insert(key, number);
        self.ids.push(id);
        self.words.push(words);
        self.clippings.push(clippings);
        self.masks.push(mask);
        self.prepared.push(Ready::No);
        number
    }

    /// Counts a clipping of a version.
    pub(crate) fn count(&mut self, number: u32, masked: &[bool]) {
        let at = number as usize;
        self.clippings[at] += 1;
        if self.clippings[at] == 1 {
            self.masks[at] = digest(masked);
            if masked.contains(&true) {
                self.flags.insert(number, masked.to_vec());
            }
            return;
        }
        // What is left out of none stays so.
        let Some(flags) = self.flags.get_mut(&number) else { return };
        flags.iter_mut().zip(masked.iter().chain(std::iter::repeat(&false))).for_each(|(flag, &other)| *flag &= other);
        let now = digest(flags);
        if now != self.masks[at] {
            self.masks[at] = now;
            self.prepared[at] = Ready::No;
        }
        if now == 0 {
            self.flags.remove(&number);
        }
    }

    /// A version's words, ready to be compared.
    pub(crate) fn prepared(&self, number: u32, buffer: &mut Vec<u8>) -> Result<Arc<Prepared>, Error> {
        let prepared = match (&self.prepared[number as usize], &self.aside) {
            (Ready::Held(prepared), _) => return Ok(prepared.clone()),
            (&Ready::Aside { at, words }, Some(file)) => {
                buffer.resize(words as usize * size_of::<u32>(), 0);
                file.read(at, buffer)?;
                Prepared::of_words(buffer.as_chunks().0.iter().map(|&word| u32::from_le_bytes(word)).collect())
            }
            _ => {
                let body = self.bodies.get(number, buffer)?;
                Prepared::new(body, self.flags.get(&number).map_or(&[], Vec::as_slice))
            }
        };
        Ok(Arc::new(prepared))
    }

    /// Reads the bodies that stand in the archive, when so many are new that most of these will be asked for.
    pub(crate) fn read_ahead(&mut self, archive: &Archive, writer: &Writer) -> Result<(), Error> {
        /// A body alone takes as long to read as so many of them one after the other, and a new version asks for a few.
        const ALONE: usize = 32;
        let new = self.len() - self.known as usize;
        if new * ALONE < self.known as usize {
            return Ok(());
        }
        for (file, first) in self.archived.clone() {
            let mut number = first;
            for batch in archive.read_file(&file.path, Some(&["body"]), 64)? {
                for body in columns::texts(&batch?, 0)?.iter().flatten() {
                    if self.is_live(number) {
                        self.bodies.take_over(number, body, || writer.work_bytes())?;
                    }
                    number += 1;
                }
            }
        }
        Ok(())
    }

    /// No clipping comes any more: what finds versions, and what was read of them for more clippings, is needed no longer.
    pub(crate) fn settle(&mut self) {
        self.numbers = HashMap::default();
        self.notes = HashMap::default();
    }

    /// No versions are compared any more: their words, in memory and on disk, are needed no longer.
    pub(crate) fn forget_words(&mut self) {
        self.prepared.fill(Ready::No);
        self.aside = None;
    }
}

/// 0 for no flags at all, so that a body without flags is the usual case.
fn digest(masked: &[bool]) -> u64 {
    if !masked.contains(&true) {
        return 0;
    }
    let bytes: Vec<u8> = masked.iter().map(|&m| u8::from(m)).collect();
    xxhash_rust::xxh3::xxh3_64(&bytes) | 1
}

/// The keys are hashes already, or numbers that count up.
#[derive(Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
    fn write_u32(&mut self, number: u32) {
        // Numbers that count up are no hashes: their upper bits have to differ too.
        self.0 = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_what_all_clippings_leave_out() {
        let masks = [[true, true, false], [true, false, true], [true, true, true]];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let mut versions = Versions::new(1);
            versions.enter(7, 3, 0, 0);
            versions.known = 1;
            order.iter().for_each(|&k: &usize| versions.count(0, &masks[k]));
            assert_eq!(versions.mask(0), digest(&[true, false, false]));
            assert_eq!(versions.flags[&0], [true, false, false]);
            versions.count(0, &[false; 3]);
            assert_eq!((versions.mask(0), versions.flags.len(), versions.clippings[0]), (0, 0, 4));
            versions.count(0, &masks[0]);
            assert_eq!(versions.mask(0), 0);
        }
    }
}
