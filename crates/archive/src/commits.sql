-- What an archive is made of. A file that is not named here, or whose `gone` is set, is not part of it.
CREATE TABLE format (
    version    INTEGER NOT NULL,
    written_by TEXT NOT NULL
);
CREATE TABLE commits (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    captures INTEGER NOT NULL,  -- 1: it added captures, or took some away
    stories  INTEGER NOT NULL,  -- 1: its stories are those of all captures up to it
    note     TEXT               -- of a commit with stories: its funnel, what was dropped and by what it was read, as JSON
);
CREATE TABLE files (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    commit_id  INTEGER NOT NULL REFERENCES commits (id),
    table_name TEXT NOT NULL,
    path       TEXT NOT NULL UNIQUE,  -- below the archive's directory, with `/`
    row_count  INTEGER NOT NULL,
    byte_count INTEGER NOT NULL,
    checksum   TEXT NOT NULL,         -- XXH3-128 of the file, 32 hexadecimal digits
    of_path    TEXT,                  -- the file of captures that its rows came of, for tables that have a file for each of them
    gone       INTEGER REFERENCES commits (id)
);
-- What the user said of stories; applied in this order whenever stories are worked out.
CREATE TABLE rulings (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    commit_id INTEGER NOT NULL REFERENCES commits (id),
    kind      TEXT NOT NULL,  -- 'merge' or 'split'
    versions  TEXT NOT NULL,  -- merge: a version of each story; split: those that left. Ids with a space between
    others    TEXT NOT NULL,  -- split: the versions that stayed
    note      TEXT NOT NULL
);
-- What the user asked to be forgotten, by hashes alone: nothing of it can be read from them.
CREATE TABLE forgotten (
    commit_id INTEGER NOT NULL REFERENCES commits (id),
    kind      TEXT NOT NULL,  -- 'url', 'capture', 'story', 'page', 'block' or 'cut'
    hash      TEXT NOT NULL,  -- hexadecimal: XXH3-128 of a URL, an id, the name of a page, or an id and a text; or the hash of a block
    note      TEXT NOT NULL,  -- why, as the user said
    PRIMARY KEY (kind, hash)
) WITHOUT ROWID;
-- One row, so that a bit that turned on the disk is seen.
CREATE TABLE checksum (
    of_rows TEXT NOT NULL  -- XXH3-128 of all that the other tables say, 32 hexadecimal digits
);
