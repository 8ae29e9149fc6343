use crate::fields::{Fields, end_of_header, media_type};

/// Whether bytes begin as a page does that a browser saved with its parts: a mail's header of a message in parts.
pub(crate) fn is_mhtml(head: &[u8]) -> bool {
    let Some((end, _)) = end_of_header(head) else { return false };
    let mut fields = Fields::default();
    fields.read(&head[..end]);
    fields.has("mime-version") && media_type(&fields.get("content-type")).starts_with("multipart/")
}
