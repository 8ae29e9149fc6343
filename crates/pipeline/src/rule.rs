use std::path::Path;

use copydesk_archive::{Ruling, Writer};

use crate::{
    Error, ErrorKind, Funnel, Options, Progress, View,
    derive::{Clock, News, derive},
};

/// Makes one story of several, whatever their texts say. `stories` are ids of stories or versions, or beginnings of them.
///
/// What the user says outlives every later `add`. Ids of the stories that were lead to the one that is: see [`View::story`].
pub fn merge_stories(
    dir: &Path,
    stories: &[String],
    note: &str,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Funnel, Error> {
    rule(dir, options, progress, |view| {
        let mut found = stories.iter().map(|id| view.story(id)).collect::<Result<Vec<_>, _>>()?;
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found.dedup_by(|a, b| a.id == b.id);
        if found.len() < 2 {
            return Err(refuse(format!("{} are one story already", list(stories))));
        }
        let versions = found.into_iter().map(|story| story.version).collect();
        Ok(Ruling::Merge { versions, note: note.to_owned() })
    })
}

/// Makes some versions of a story a story of their own. `story` and `versions` are ids or beginnings of ids.
///
/// A version that comes later goes with the side that it is more like.
pub fn split_story(
    dir: &Path,
    story: &str,
    versions: &[String],
    note: &str,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Funnel, Error> {
    rule(dir, options, progress, |view| {
        let story = view.story(story)?.id;
        let (mut left, mut others) = (Vec::new(), Vec::new());
        for version in versions {
            let version = view.version(version)?;
            if version.story != story {
                return Err(refuse(format!(
                    "the version `{}` is one of story `{}`, not of `{story}`",
                    version.id, version.story
                )));
            }
            left.push(version.id);
        }
        left.sort();
        left.dedup();
        others.extend(view.versions_of(&story)?.into_iter().map(|version| version.id).filter(|id| !left.contains(id)));
        if others.is_empty() {
            return Err(refuse(format!("these are all versions of the story `{story}`: nothing would be left of it")));
        }
        others.sort();
        Ok(Ruling::Split { versions: left, others, note: note.to_owned() })
    })
}

fn refuse(message: String) -> Error {
    Error::new(ErrorKind::Id, message)
}

fn list(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" and ")
}

fn rule(
    dir: &Path,
    options: &Options,
    progress: &dyn Progress,
    ruling: impl FnOnce(&View) -> Result<Ruling, Error>,
) -> Result<Funnel, Error> {
    // Asked before the writer makes an archive where there is none.
    View::open(dir, options)?;
    let mut clock = Clock::new(progress);
    let mut writer = Writer::open(dir)?;
    if writer.archive().is_behind() {
        derive(&mut writer, News::default(), options, progress, &mut clock)?;
    }
    let ruling = ruling(&View::of(writer.archive().clone(), options))?;
    let funnel = derive(&mut writer, News { rulings: vec![ruling], ..News::default() }, options, progress, &mut clock)?;
    writer.close()?;
    Ok(funnel)
}
