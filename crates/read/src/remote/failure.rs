use std::{error::Error, fmt, iter, time::Duration};

use copydesk_model::Outcome;
use object_store::client::{HttpError, HttpErrorKind};

use super::address::Service;

/// Why an object does not come, or does not come to its end, and what to do about it.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) outcome: Outcome,
    pub(crate) message: String,
    /// Whether it may be otherwise in a moment.
    pub(crate) passing: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Failure {}

impl Failure {
    pub(super) fn passing(message: String) -> Self {
        Self { outcome: Outcome::Unreadable, message, passing: true }
    }

    pub(super) fn lasting(message: String) -> Self {
        Self { outcome: Outcome::Unreadable, message, passing: false }
    }

    pub(super) fn changed() -> Self {
        Self { outcome: Outcome::Changed, message: "was changed".to_owned(), passing: false }
    }

    pub(super) fn silent(patience: Duration) -> Self {
        Self::passing(format!("its server says nothing for {patience:?}"))
    }

    /// Of what a web server answers instead of a page; `folder` for a URL that ends as one.
    pub(super) fn status(status: u16, folder: bool) -> Self {
        match status {
            404 | 410 if folder => Self::lasting(format!(
                "is not there ({status}); a folder of a web server cannot be listed: name each file in it, or use a store (`s3://`, `gs://`, `az://`)"
            )),
            401 | 403 | 407 if folder => Self::lasting(format!(
                "may not be read ({status}); a folder of a web server cannot be listed: name each file in it, or use a store (`s3://`, `gs://`, `az://`)"
            )),
            404 | 410 => Self::lasting(format!("is not there ({status}); check the URL")),
            401 | 403 | 407 => Self::lasting(format!(
                "may not be read ({status}); it wants a login (`https://USER:PASSWORD@HOST/...`) or a signature that is still good; or fetch it otherwise and hand in the file"
            )),
            408 | 425 | 429 | 500..=599 => Self::passing(format!("its server answers {status}; try again later")),
            _ => Self::lasting(format!("its server answers {status}; check the URL")),
        }
    }

    /// Of a connection that does not come about, or breaks.
    pub(super) fn http(error: &HttpError) -> Self {
        let texts: Vec<String> = causes(error).map(|e| e.to_string()).collect();
        let says = |what: &str| texts.iter().any(|text| text.contains(what));
        let deepest = texts.last().filter(|text| !text.contains("://")).map_or("", |text| text.as_str());
        match error.kind() {
            _ if says("redirect") => Self::lasting("is redirected in circles, or to nowhere; check the URL".to_owned()),
            _ if says("certificate") => Self::lasting(format!(
                "cannot be trusted: {deepest}; name the certificates to trust in SSL_CERT_FILE if they are your own"
            )),
            _ if says("URL scheme is not allowed") => Self::lasting(
                "has an endpoint without encryption; set AWS_ALLOW_HTTP, GOOGLE_ALLOW_HTTP or AZURE_ALLOW_HTTP to true if it is meant".to_owned(),
            ),
            _ if says("corrupt message") || says("InvalidContentType") => {
                Self::lasting("cannot be connected to: its server speaks no TLS; is it `http://`?".to_owned())
            }
            _ if says("handshake eof") => {
                Self::passing("cannot be connected to: its server ends the TLS handshake; is it `http://`?".to_owned())
            }
            _ if says("dns error") || says("failed to lookup") => {
                let lasting = !says("Temporary");
                let message = "is on a host that is not known; check its name and your connection".to_owned();
                if lasting { Self::lasting(message) } else { Self::passing(message) }
            }
            HttpErrorKind::Timeout => Self::passing("its server takes too long to answer; try again later".to_owned()),
            HttpErrorKind::Connect => Self::passing(format!("cannot be connected to: {deepest}; check the host")),
            _ => Self::passing(format!("its connection broke: {deepest}; try again later")),
        }
    }

    /// Of what a store says.
    pub(super) fn store(service: Service, error: &object_store::Error) -> Self {
        use object_store::Error::{
            InvalidPath, NotFound, PermissionDenied, Precondition, Unauthenticated, UnknownConfigurationKey,
        };
        let texts: Vec<String> = causes(error).map(|e| e.to_string()).collect();
        let says = |what: &str| texts.iter().any(|text| text.contains(what));
        let (credentials, public) = match service {
            Service::S3 => ("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", "AWS_SKIP_SIGNATURE"),
            Service::Gs => ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_SKIP_SIGNATURE"),
            Service::Az => ("AZURE_STORAGE_ACCOUNT_KEY or AZURE_STORAGE_SAS_KEY", "AZURE_SKIP_SIGNATURE"),
        };
        let set = format!("set {credentials}, or {public}=true if all may read it");
        match error {
            // Those who run in a cloud are asked for credentials at addresses that are nowhere else.
            _ if ["169.254.", "metadata.google", "/metadata/identity"].iter().any(|host| says(host)) => {
                Self::lasting(format!("no credentials were found; {set}"))
            }
            _ if says("NoSuchBucket") || says("ContainerNotFound") => Self::lasting(
                "is in a bucket that is not there; check its name, and the endpoint and the region".to_owned(),
            ),
            NotFound { .. } => Self::lasting("is not there; check bucket and key (a folder ends in `/`)".to_owned()),
            PermissionDenied { .. } | Unauthenticated { .. } => Self::lasting(format!("may not be read; {set}")),
            Precondition { .. } => Self::changed(),
            InvalidPath { .. } => super::store::unusable_key(),
            UnknownConfigurationKey { key, .. } => Self::lasting(format!("cannot be asked for: `{key}` is no setting")),
            _ if says("Received redirect without LOCATION") => {
                Self::lasting("is in another region; set AWS_REGION to the bucket's".to_owned())
            }
            _ if says("non-partial response") || says("Requested ") => Self::lasting(
                "its store gives no parts of objects to take it up again; fetch it otherwise and hand in the file"
                    .to_owned(),
            ),
            _ => {
                match (causes(error).find_map(|e| e.downcast_ref::<HttpError>()), texts.iter().find_map(|t| status(t)))
                {
                    (Some(http), _) => Self::http(http),
                    (None, Some(416)) => Self::changed(),
                    (None, Some(status @ (408 | 425 | 429 | 500..=599))) => {
                        Self::passing(format!("its store answers {status}; try again later"))
                    }
                    (None, Some(status)) => {
                        Self::lasting(format!("its store answers {status}; check the address, and {set}"))
                    }
                    (None, None) => {
                        // What was set, as it was set, may be in it.
                        let safe = texts
                            .last()
                            .filter(|text| text.starts_with("Missing") || text.contains("must be specified"));
                        let why = safe.map_or_else(String::new, |why| format!(": {}", why.trim_end_matches('.')));
                        let hint = match service {
                            Service::S3 => "AWS_* settings",
                            Service::Gs => "GOOGLE_* settings",
                            Service::Az => "AZURE_* settings (AZURE_STORAGE_ACCOUNT_NAME among them)",
                        };
                        Self::lasting(format!("cannot be asked for{why}; check your {hint}"))
                    }
                }
            }
        }
    }

    /// The same, once it is clear that it stays so.
    pub(super) fn at(self, at: u64, size: Option<u64>, tries: u32) -> Self {
        let tried = if tries > 1 { format!(" ({tries} tries)") } else { String::new() };
        let place = || match size {
            Some(size) => format!("byte {at} of {size}"),
            None => format!("byte {at}"),
        };
        let message = match self.outcome {
            Outcome::Changed => {
                format!("was changed while it was read, at {}; add it again", place())
            }
            _ if at == 0 => format!("{}{tried}", self.message),
            _ => format!("breaks off at {}: {}{tried}", place(), self.message),
        };
        Self { message, ..self }
    }
}

/// An error and what is behind it.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}

/// The number in what the library says of an answer that it has no error for.
fn status(text: &str) -> Option<u16> {
    let (_, behind) = text.split_once("status code: ")?;
    behind.get(..3)?.parse().ok()
}
