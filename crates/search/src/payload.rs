//! What is handed in with a story, packed by itself: the engine packs many rows together, and one cannot be had without the others.

use std::{cell::RefCell, io};

use zstd::bulk::{Compressor, Decompressor};

/// How hard it is packed: what the engine takes.
const LEVEL: i32 = 3;

/// Bytes that a payload may have: one that says that it has more is damaged.
const MOST: usize = 1 << 30;

thread_local! {
    // Making one costs as much as unpacking ten stories.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Packs; how long it was stands in front.
pub(crate) fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        let packer = match packer {
            Some(packer) => packer,
            None => packer.insert(Compressor::new(LEVEL)?),
        };
        let mut out = u32::try_from(bytes.len()).map_err(io::Error::other)?.to_le_bytes().to_vec();
        out.extend(packer.compress(bytes)?);
        Ok(out)
    })
}

/// Unpacks what [`pack`] packed.
pub(crate) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let damaged = || io::Error::other("a story is cut off");
    let (length, rest) = packed.split_first_chunk().ok_or_else(damaged)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > MOST {
        return Err(damaged());
    }
    UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = match unpacker {
            Some(unpacker) => unpacker,
            None => unpacker.insert(Decompressor::new()?),
        };
        let bytes = unpacker.decompress(rest, length)?;
        if bytes.len() == length { Ok(bytes) } else { Err(damaged()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        for bytes in [&b""[..], b"ferry", &[7; 100_000]] {
            assert_eq!(unpack(&pack(bytes).unwrap()).unwrap(), bytes);
        }
        let packed = pack(b"ferry ferry ferry").unwrap();
        for damaged in [&packed[..3], &packed[..packed.len() - 1], &[255; 12][..], b"\x01\0\0\0ferry"] {
            assert!(unpack(damaged).is_err());
        }
    }
}
