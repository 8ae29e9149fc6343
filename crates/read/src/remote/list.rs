use std::{collections::HashSet, time::Duration};

use futures::StreamExt;
use glob::{MatchOptions, Pattern};
use object_store::{ListResult, ObjectMeta, ObjectStore, path::Path as Key};
use tokio::time::timeout;

use super::{
    Failure,
    address::{Service, is_pattern},
    store::unusable_key,
};

/// What a folder or a pattern stands for.
pub(crate) struct Listed {
    /// Keys and sizes, in order of the keys.
    pub(crate) objects: Vec<(String, u64)>,
    /// The beginning of all keys that is no part of an id: empty, or a folder with its `/`.
    pub(crate) base: String,
    /// Objects that were left alone because their names, or those of their folders, start with a dot.
    pub(crate) hidden: u64,
}

/// What patterns mean, as with files.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

pub(super) async fn list(
    store: &dyn ObjectStore,
    service: Service,
    key: &str,
    patience: Duration,
) -> Result<Listed, Failure> {
    let mut lister = Lister { store, service, patience, found: Vec::new(), hidden: 0 };
    let (base, rest) = split(key);
    match rest {
        "" => lister.all(base).await?,
        _ if rest.split('/').any(|part| part == "**") => {
            let pattern = pattern(key)?;
            lister.all(base).await?;
            lister.found.retain(|(key, _)| pattern.matches_with(key, OPTIONS));
        }
        _ => lister.step_by_step(base, rest.trim_end_matches('/')).await?,
    }
    let Lister { found: mut objects, hidden, .. } = lister;
    objects.sort_unstable();
    objects.dedup();
    // Consoles keep a folder as an empty object of its name.
    let folders: HashSet<String> =
        objects.iter().flat_map(|(key, _)| key.match_indices('/').map(|(at, _)| key[..at].to_owned())).collect();
    objects.retain(|(key, size)| *size > 0 || !folders.contains(key));
    Ok(Listed { objects, base: base.to_owned(), hidden })
}

/// The folders before the first part that is not literal, and what follows.
fn split(key: &str) -> (&str, &str) {
    let literal = key.find(['*', '?', '[']).unwrap_or(key.len());
    let base = key[..literal].rfind('/').map_or(0, |at| at + 1);
    key.split_at(base)
}

fn pattern(written: &str) -> Result<Pattern, Failure> {
    Pattern::new(written).map_err(|e| Failure::lasting(format!("is no pattern: {e}")))
}

struct Lister<'s> {
    store: &'s dyn ObjectStore,
    service: Service,
    patience: Duration,
    found: Vec<(String, u64)>,
    hidden: u64,
}

/// How many times its patience a store may take for a page of a list, with its tries.
const TRIES: u32 = 8;

impl Lister<'_> {
    /// Every object below a folder.
    async fn all(&mut self, folder: &str) -> Result<(), Failure> {
        let prefix = prefix(folder)?;
        let mut objects = self.store.list(prefix.as_ref());
        while let Some(object) =
            timeout(self.patience * TRIES, objects.next()).await.map_err(|_| Failure::silent(self.patience))?
        {
            let object = object.map_err(|e| Failure::store(self.service, &e))?;
            let path = object.location.as_ref();
            // A folder that was named is read even when its own name starts with a dot.
            match path.strip_prefix(folder).unwrap_or(path).split('/').any(|part| part.starts_with('.')) {
                true => self.hidden += 1,
                false => self.add(object),
            }
        }
        Ok(())
    }

    /// What a pattern stands for, one folder after the other, so that none is listed that cannot hold it. A folder that matches stands for all that is below it.
    async fn step_by_step(&mut self, base: &str, rest: &str) -> Result<(), Failure> {
        let parts: Vec<&str> = rest.split('/').collect();
        let mut open = vec![(base.to_owned(), 0)];
        while let Some((folder, depth)) = open.pop() {
            let Some(part) = parts.get(depth) else {
                self.all(&folder).await?;
                continue;
            };
            let last = depth + 1 == parts.len();
            if !last && !is_pattern(part) {
                open.push((format!("{folder}{part}/"), depth + 1));
                continue;
            }
            let pattern = pattern(part)?;
            let matches = |path: &Key| path.filename().is_some_and(|name| pattern.matches_with(name, OPTIONS));
            let ListResult { common_prefixes, objects } = self.level(&folder).await?;
            if last {
                objects.into_iter().filter(|object| matches(&object.location)).for_each(|object| self.add(object));
            }
            let folders = common_prefixes.iter().filter(|path| matches(path));
            open.extend(folders.map(|path| (format!("{path}/"), depth + 1)));
        }
        Ok(())
    }

    async fn level(&self, folder: &str) -> Result<ListResult, Failure> {
        let prefix = prefix(folder)?;
        self.store.list_with_delimiter(prefix.as_ref()).await.map_err(|e| Failure::store(self.service, &e))
    }

    fn add(&mut self, object: ObjectMeta) {
        self.found.push((object.location.to_string(), object.size));
    }
}

fn prefix(folder: &str) -> Result<Option<Key>, Failure> {
    match folder {
        "" => Ok(None),
        _ => Key::parse(folder).map(Some).map_err(|_| unusable_key()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, base: &str, rest: &str) {
        assert_eq!(split(key), (base, rest));
    }

    #[test]
    fn patterns_begin_behind_the_last_literal_folder() {
        check("", "", "");
        check("crawl/", "crawl/", "");
        check("*.gz", "", "*.gz");
        check("crawl/2024/*.gz", "crawl/2024/", "*.gz");
        check("crawl/2024-[01]*/x/*.gz", "crawl/", "2024-[01]*/x/*.gz");
    }
}
