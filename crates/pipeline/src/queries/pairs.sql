-- In:  meetings(pair), one row a shared anchor of two versions; pair = later rank << 32 | earlier rank.
-- Out: the same rows in the order in which leaders are found, later version first, then earlier: they are counted as they stream by.
SELECT pair FROM meetings ORDER BY pair
