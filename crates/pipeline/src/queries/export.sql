-- In:  clippings, versions.
-- Out: one row a clipping with its body, by capture and position in it: an export does not depend on the order of the input.
SELECT c.capture, c.url, c.fetched_at, c.ordinal, c.story, c.version, c.headline, c.kicker, c.byline, c.date, c.captions, v.body
FROM clippings c JOIN versions v ON c.version = v.id
ORDER BY c.capture, c.ordinal
