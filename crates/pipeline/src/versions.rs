use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasherDefault, Hasher},
    sync::Arc,
};

use copydesk_archive::Writer;
use copydesk_match::Prepared;

use crate::{Error, bodies::Bodies};

/// The distinct bodies, numbered as they came: about a hundred bytes each, their texts apart.
pub(crate) struct Versions {
    numbers: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    pub(crate) ids: Vec<u128>,
    pub(crate) words: Vec<u32>,
    pub(crate) clippings: Vec<u32>,
    masks: Vec<u32>,
    /// Versions whose paragraphs were flagged differently in different captures: only what was flagged in all of them stays.
    flags: BTreeMap<u32, Vec<bool>>,
    pub(crate) bodies: Bodies,
    /// Versions that are ready to be compared, as far as they fit into memory.
    prepared: Vec<Option<Arc<Prepared>>>,
    /// Words that `prepared` may still take in.
    room: usize,
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
            bodies: Bodies::new(budget),
            prepared: Vec::new(),
            room: budget / size_of::<u32>(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
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

    /// Whether the body came before with these flags, so that nothing new can be learned from it.
    pub(crate) fn is_known(&self, id: u128, masked: &[bool]) -> bool {
        self.number(id).is_some_and(|number| self.masks[number as usize] == digest(masked))
    }

    /// Versions whose paragraphs were flagged differently in different captures.
    pub(crate) fn flagged(&self) -> impl Iterator<Item = u32> {
        self.flags.keys().copied()
    }

    /// Counts a clipping of a body and returns its number, and whether the body is new.
    pub(crate) fn add(
        &mut self,
        id: u128,
        body: &str,
        masked: &[bool],
        measured: Option<(u32, Prepared)>,
        writer: &Writer,
    ) -> Result<(u32, bool), Error> {
        if let Some(number) = self.number(id) {
            self.clippings[number as usize] += 1;
            if self.masks[number as usize] != digest(masked) {
                self.flag(number, masked)?;
            }
            return Ok((number, false));
        }
        let number = self.ids.len() as u32;
        let mut key = id as u64;
        while self.numbers.contains_key(&key) {
            key = key.wrapping_add(1);
        }
        self.numbers.insert(key, number);
        self.ids.push(id);
        let (words, prepared) = measured.unwrap_or_default();
        self.words.push(words);
        let keep = prepared.len() <= self.room;
        self.room -= if keep { prepared.len() } else { 0 };
        self.prepared.push(keep.then(|| Arc::new(prepared)));
        self.clippings.push(1);
        self.masks.push(digest(masked));
        self.bodies.push(body, masked, || writer.work_bytes())?;
        Ok((number, true))
    }

    fn flag(&mut self, number: u32, masked: &[bool]) -> Result<(), Error> {
        self.prepared[number as usize] = None;
        if !self.flags.contains_key(&number) {
            let first = self.bodies.get(number, &mut Vec::new())?.1;
            self.flags.insert(number, first);
        }
        if let Some(flags) = self.flags.get_mut(&number) {
            flags.truncate(masked.len());
            flags.iter_mut().zip(masked).for_each(|(flag, &other)| *flag &= other);
        }
        Ok(())
    }

    /// A version's words, ready to be compared.
    pub(crate) fn prepared(&self, number: u32, buffer: &mut Vec<u8>) -> Result<Arc<Prepared>, Error> {
        if let Some(prepared) = &self.prepared[number as usize] {
            return Ok(prepared.clone());
        }
        let (body, masked) = self.bodies.get(number, buffer)?;
        Ok(Arc::new(match self.flags.get(&number) {
            Some(flags) => Prepared::new(body, flags),
            None => Prepared::new(body, &masked),
        }))
    }

    /// What finds versions is needed no longer.
    pub(crate) fn forget_numbers(&mut self) {
        self.numbers = HashMap::default();
        self.masks = Vec::new();
    }
}

/// 0 for no flags at all, so that a body without flags is the usual case.
fn digest(masked: &[bool]) -> u32 {
    if !masked.contains(&true) {
        return 0;
    }
    let bytes: Vec<u8> = masked.iter().map(|&m| u8::from(m)).collect();
    xxhash_rust::xxh3::xxh3_64(&bytes) as u32 | 1
}

/// The keys are hashes already.
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
}
