use copydesk_model::Refused;

use crate::{
    content::is_xhtml,
    fields::{media_type, parameter},
    reader::refused,
    remote::{Address, Broken, Head},
    to_utc_seconds,
};

/// What is known of an input that lies elsewhere, beside its bytes.
pub(crate) struct Served {
    /// As it is named in messages.
    pub(crate) name: String,
    /// Where a page was fetched from, without what may be a secret; empty for an object of a store, which is kept and not served.
    pub(crate) url: String,
    /// By the server's clock.
    pub(crate) fetched_at: String,
    pub(crate) charset: String,
    pub(crate) is_xhtml: bool,
    folder: bool,
    broken: Broken,
}

impl Served {
    pub(crate) fn new(address: &Address, head: &Head, broken: Broken) -> Self {
        let name = address.shown();
        let Address::Web(url) = address else {
            let (url, fetched_at, charset) = Default::default();
            return Self { name, url, fetched_at, charset, is_xhtml: false, folder: false, broken };
        };
        Self {
            url: name.clone(),
            fetched_at: to_utc_seconds(&head.date).unwrap_or_default(),
            charset: parameter(&head.content_type, "charset").to_owned(),
            is_xhtml: is_xhtml(&media_type(&head.content_type)),
            folder: url.path().ends_with('/'),
            name,
            broken,
        }
    }

    /// Why it did not come to its end; told once.
    pub(crate) fn broken(&self, beside: &str) -> Option<Refused> {
        self.broken.take().map(|failure| refused(self.name.clone(), failure.outcome, failure.message + beside))
    }

    /// Whether it is the list of a folder that servers make where no page stands: Apache's and nginx's, and Python's.
    pub(crate) fn is_list(&self, page: &[u8]) -> bool {
        let head = page[..page.len().min(2048)].to_ascii_lowercase();
        let says = |title: &[u8]| memchr::memmem::find(&head, title).is_some();
        self.folder && (says(b"<title>index of /") || says(b"<title>directory listing for /"))
    }
}
