-- In:  evidence(place, captures, "left", "right", settled), one row a block that stands in more than one capture.
-- Out: the same rows in the order of captures, to be read beside the captures' texts.
SELECT place, captures, "left", "right", settled FROM evidence ORDER BY place
