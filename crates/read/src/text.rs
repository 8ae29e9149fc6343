use std::{fs::File, io, path::Path};

use copydesk_model::{Outcome, Refused};

use crate::{
    inputs::unreadable, kind::BOM, packing, plain::undecodable, reader::refused, reader::too_large, window::Window,
};

/// One input as one text, as it is: unpacked, without its byte order mark, not looked into. `-` is standard input.
///
/// For two texts that are to be compared; an empty one is a text, too.
pub fn read_text(path: &Path, limit: usize) -> Result<String, Refused> {
    let name = if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() };
    let refuse = |outcome, message| refused(name.clone(), outcome, message);
    let failed = |e: io::Error| refuse(Outcome::Unreadable, unreadable(&e));
    let raw: Box<dyn io::Read + Send> = match path == Path::new("-") {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(path).map_err(failed)?),
    };
    let mut window = Window::new(packing::unpack(raw).map_err(failed)?, limit, Vec::new());
    let Some(bytes) = window.rest().map_err(failed)? else {
        return Err(refuse(Outcome::TooLarge, too_large("text", limit)));
    };
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(e) => Err(refuse(Outcome::Undecodable, undecodable(bytes, e.valid_up_to()))),
    }
}
