-- In:  clippings(version, place, titled, url, fetched_at, capture, ordinal), one row a clipping; place counts them as they came.
-- Out: the same rows in the archive's fixed order, which depends on nothing but the captures: it ranks versions.
SELECT version, place, titled, url, fetched_at FROM clippings ORDER BY fetched_at, url, capture, ordinal
