-- In:  meetings(pair), one row a shared anchor of two versions; pair = later rank << 32 | earlier rank.
-- Out: how many anchors each pair shares, in the order in which leaders are found: later version first, then earlier.
SELECT pair, count(*) AS shared FROM meetings GROUP BY pair HAVING count(*) >= 2 ORDER BY pair
