-- In:  anchors(hash, rank), one row an anchor of a version, of those that may be another one's too.
-- Out: the same rows, those of one anchor next to each other: pairs are made as they stream by.
SELECT hash, rank FROM anchors ORDER BY hash
