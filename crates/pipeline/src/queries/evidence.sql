-- In:  evidence(place, captures, "left", "right", settled, urls), one row a block that stands in more than one capture.
-- Out: the same rows in the order of captures, to be read beside the captures' texts.
SELECT place, captures, "left", "right", settled, urls FROM evidence ORDER BY place
