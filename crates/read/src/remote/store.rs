use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use object_store::{
    BackoffConfig, ClientConfigKey, GetOptions, GetRange, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    azure::{AzureConfigKey, MicrosoftAzureBuilder},
    gcp::{GoogleCloudStorageBuilder, GoogleConfigKey},
    path::Path as Key,
};

use super::{
    Failure, Head,
    address::Service,
    fetch::{Answer, Tag},
};

pub(super) const AGENT: &str = concat!("copydesk/", env!("CARGO_PKG_VERSION"));

/// How a store is asked.
pub(super) struct Manner {
    again: usize,
    wait: Duration,
    /// How long one answer may take, all of it.
    timeout: Duration,
}

/// Objects take as long as they take. They are taken up again by our own count: the library's would take an answer that begins anew for
/// the part that it asked for.
pub(super) fn for_objects(patience: Duration) -> Manner {
    Manner { again: 0, wait: patience / 60, timeout: Duration::from_secs(365 * 24 * 3600) }
}

/// Lists come in pages of a thousand names.
pub(super) fn for_lists(patience: Duration) -> Manner {
    Manner { again: 4, wait: patience / 60, timeout: patience }
}

/// A bucket, with the credentials and the endpoint that the environment names, and `settings` by the same names over them.
pub(super) fn open(
    service: Service,
    bucket: &str,
    settings: &[(String, String)],
    manner: &Manner,
) -> Result<Arc<dyn ObjectStore>, Failure> {
    let retry = RetryConfig {
        max_retries: manner.again,
        backoff: BackoffConfig { init_backoff: manner.wait, max_backoff: manner.wait * 16, base: 2.0 },
        ..RetryConfig::default()
    };
    let client = [
        (ClientConfigKey::Timeout, format!("{}ms", manner.timeout.as_millis())),
        (ClientConfigKey::UserAgent, AGENT.to_owned()),
    ];
    let failed = |e: object_store::Error| Failure::store(service, &e);
    // The three builders have the same methods and no trait.
    macro_rules! build {
        ($builder:expr, $key:ident) => {{
            let mut builder = $builder;
            for (name, value) in settings {
                builder = builder.with_config(name.to_ascii_lowercase().parse().map_err(failed)?, value);
            }
            for (key, value) in client {
                builder = builder.with_config($key::Client(key), value);
            }
            Arc::new(builder.with_retry(retry).build().map_err(failed)?)
        }};
    }
    Ok(match service {
        Service::S3 => build!(AmazonS3Builder::from_env().with_bucket_name(bucket), AmazonS3ConfigKey),
        Service::Gs => build!(GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket), GoogleConfigKey),
        Service::Az => build!(MicrosoftAzureBuilder::from_env().with_container_name(bucket), AzureConfigKey),
    })
}

/// Asks for what begins at `from`, of the same object as before.
pub(super) async fn ask(
    store: &dyn ObjectStore,
    service: Service,
    key: &Key,
    from: u64,
    of: Option<&Tag>,
) -> Result<Answer, Failure> {
    let options = GetOptions {
        range: (from > 0).then_some(GetRange::Offset(from)),
        if_match: of.map(|tag| tag.etag.clone()).filter(|etag| from > 0 && !etag.is_empty()),
        ..GetOptions::default()
    };
    let failed = move |e: object_store::Error| Failure::store(service, &e);
    let found = store.get_opts(key, options).await.map_err(failed)?;
    let size = Some(found.meta.size);
    let tag = Tag { size, etag: found.meta.e_tag.clone().unwrap_or_default(), modified: String::new() };
    let head = Head { size, ..Head::default() };
    let begins = found.range.start;
    let bytes = found.into_stream().map(move |part| part.map_err(failed)).boxed();
    Ok(Answer { from: begins, tag, head, bytes })
}

pub(super) fn unusable_key() -> Failure {
    Failure::lasting(
        "has a part between two `/` that is empty, `.` or `..`, which cannot be asked for; copy it to another name"
            .to_owned(),
    )
}
