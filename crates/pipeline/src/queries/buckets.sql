-- In:  anchors(hash, rank), one row an anchor of a version.
-- Out: the same rows, those of one anchor next to each other: pairs are made as they stream by.
SELECT hash, rank FROM anchors ORDER BY hash
