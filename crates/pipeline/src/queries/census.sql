-- In:  sightings(hash, place, "left", "right"), one row a block of every capture that may stand in another place too; place = capture << 32 | ordinal.
-- Out: the same rows, those of one block hash next to each other: the census counts them as they stream by.
SELECT hash, place, "left", "right" FROM sightings ORDER BY hash
