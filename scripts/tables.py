"""DuckDB, pyarrow and Polars open an archive's tables as they are, and find in them what copydesk says.

    tables.py COPYDESK INPUT...
"""
import json, sqlite3, subprocess, sys, tempfile
from pathlib import Path

import duckdb, polars, pyarrow.parquet

checks = 0


def check(name, found, expected):
    global checks
    if found != expected:
        sys.exit(f"tables: {name}: found {found!r}, expected {expected!r}")
    checks += 1


def main(copydesk, inputs):
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        subprocess.run([copydesk, "add", archive, *inputs], check=True, capture_output=True)
        export = lambda table: [json.loads(line) for line in subprocess.run(
            [copydesk, "export", archive, table], check=True, capture_output=True, text=True).stdout.splitlines()]

        # the SQLite file says which files are the archive, and what they hold
        listed = {}
        with sqlite3.connect(f"file:{archive}/archive.sqlite?mode=ro", uri=True) as db:
            for table, path, rows, size in db.execute("SELECT table_name, path, row_count, byte_count FROM files WHERE gone IS NULL ORDER BY id"):
                listed.setdefault(table, []).append(str(archive / path))
                check(f"rows of {path}", pyarrow.parquet.ParquetFile(archive / path).metadata.num_rows, rows)
                check(f"bytes of {path}", (archive / path).stat().st_size, size)
        check("tables", sorted(listed), ["anchors", "blocks", "captures", "clippings", "comparisons", "forms", "relations", "sightings", "splits", "stories", "versions"])
        check("files on disk that no commit names", {str(p) for p in archive.rglob("*.parquet")} - {p for ps in listed.values() for p in ps}, set())

        sql = duckdb.connect()
        for table, paths in listed.items():
            sql.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({paths!r})")
            columns = [row[0] for row in sql.execute(f"DESCRIBE {table}").fetchall()]
            frame, arrow = polars.read_parquet(paths), pyarrow.parquet.read_table(paths[0])
            check(f"Polars' columns of {table}", frame.columns, columns)
            check(f"pyarrow's columns of {table}", arrow.column_names, columns)
            check(f"Polars' rows of {table}", frame.height, sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

        one = lambda query: sql.execute(query).fetchone()[0]
        check("captures without a block", one("SELECT count(*) FROM captures ANTI JOIN blocks ON id = capture"), 0)
        check("captures whose blocks do not tile them", one("""
            SELECT count(*) FROM (
                SELECT capture, ordinal, start, "end", lag("end", 1, 0) OVER (PARTITION BY capture ORDER BY ordinal) AS before FROM blocks)
            WHERE start != before"""), 0)
        check("captures longer or shorter than their blocks", one("""
            SELECT count(*) FROM captures JOIN (SELECT capture, max("end") AS bytes FROM blocks GROUP BY capture) ON id = capture
            WHERE strlen(text) != bytes"""), 0)
        check("clippings without version or story", one("""
            SELECT count(*) FROM clippings c LEFT JOIN versions v ON v.id = c.version LEFT JOIN stories s ON s.id = c.story
            WHERE v.id IS NULL OR s.id IS NULL OR v.story != c.story"""), 0)
        check("annotations without a rule or the words they were read from", one("""
            SELECT count(*) FROM (SELECT unnest(annotations, recursive := true) FROM clippings) WHERE rule = '' OR "end" < start"""), 0)
        check("mentions that are not what stands in the body", one("""
            SELECT count(*) FROM (SELECT body, unnest(mentions) AS m FROM versions) WHERE instr(body, m.text) = 0"""), 0)
        check("versions before which none stands", one("""
            SELECT count(*) FROM versions v ANTI JOIN versions p ON v.previous = p.id AND v.story = p.story WHERE v.previous != ''"""), 0)
        check("captions, as a list of structs", one("SELECT count(*) FROM (SELECT unnest(captions, recursive := true) FROM clippings) WHERE text = ''"), 0)

        # what DuckDB sees is what copydesk exports
        clippings = export("clippings")
        seen = sql.execute("SELECT c.id, c.headline, c.story, c.version, v.body FROM clippings c JOIN versions v ON v.id = c.version").fetchall()
        ours = [(f"{c['capture']}#{c['ordinal']}", c["headline"], c["story"], c["version"], c["body"]) for c in clippings]
        check("clippings as exported", sorted(seen), sorted(ours))
        for table in ("captures", "stories", "versions", "relations", "blocks"):
            check(f"exported rows of {table}", len(export(table)), one(f"SELECT count(*) FROM {table}"))
    print(f"DuckDB {duckdb.__version__}, pyarrow {pyarrow.__version__} and Polars {polars.__version__} read {len(listed)} tables")
    print(f"{checks} checks passed")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
