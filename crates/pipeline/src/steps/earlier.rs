//! What earlier runs worked out and this one need not.

use copydesk_archive::{Archive, Table, TableFile};

/// The files of a derivation of which every row that is still true may stay.
pub(crate) struct Earlier {
    /// For each file of captures, in their order, what came of it.
    pub(crate) pieces: Vec<Option<Beside>>,
    pub(crate) versions: Vec<TableFile>,
    pub(crate) anchors: Vec<TableFile>,
    pub(crate) comparisons: Vec<TableFile>,
    pub(crate) forms: Vec<TableFile>,
}

/// The files beside a file of captures.
#[derive(Clone)]
pub(crate) struct Beside {
    pub(crate) splits: TableFile,
    pub(crate) blocks: TableFile,
    pub(crate) clippings: TableFile,
}

impl Earlier {
    pub(crate) fn of(archive: &Archive) -> Self {
        let all = |table| archive.files(table).cloned().collect::<Vec<_>>();
        let [splits, blocks, clippings] = [Table::Splits, Table::Blocks, Table::Clippings].map(all);
        let pieces = archive.files(Table::Captures).map(|captures| {
            let find =
                |files: &[TableFile]| files.iter().find(|file| file.of.as_ref() == Some(&captures.path)).cloned();
            let splits = find(&splits).filter(|splits| splits.rows == captures.rows);
            Some(Beside { splits: splits?, blocks: find(&blocks)?, clippings: find(&clippings)? })
        });
        Self {
            pieces: pieces.collect(),
            versions: all(Table::Versions),
            anchors: all(Table::Anchors),
            comparisons: all(Table::Comparisons),
            forms: all(Table::Forms),
        }
    }

    /// Nothing: all is worked out anew.
    pub(crate) fn nothing(archive: &Archive) -> Self {
        Self {
            pieces: archive.files(Table::Captures).map(|_| None).collect(),
            versions: Vec::new(),
            anchors: Vec::new(),
            comparisons: Vec::new(),
            forms: Vec::new(),
        }
    }
}
