-- What an archive is made of. A file that is not named here, or whose `gone` is set, is not part of it.
CREATE TABLE format (
    version    INTEGER NOT NULL,
    written_by TEXT NOT NULL
);
CREATE TABLE commits (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    captures INTEGER NOT NULL,  -- 1: it added captures
    stories  INTEGER NOT NULL,  -- 1: its stories are those of all captures up to it
    note     TEXT               -- of a commit with stories: its funnel, as JSON
);
CREATE TABLE files (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    commit_id  INTEGER NOT NULL REFERENCES commits (id),
    table_name TEXT NOT NULL,
    path       TEXT NOT NULL UNIQUE,  -- below the archive's directory, with `/`
    row_count  INTEGER NOT NULL,
    byte_count INTEGER NOT NULL,
    checksum   TEXT NOT NULL,         -- XXH3-128 of the file, 32 hexadecimal digits
    gone       INTEGER REFERENCES commits (id)
);
