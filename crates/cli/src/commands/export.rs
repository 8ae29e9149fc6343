use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use copydesk_pipeline::{Format, View, write};

use crate::{
    exit::Exit,
    find::open,
    screen::{Screen, complain, several},
    stages,
};

/// Write a table in its order, or the answer to a query, as JSONL, CSV or Parquet; all of it, as it streams
#[derive(Args)]
#[command(after_help = "\
Tables:
  clippings   (default) a row a story on a page as it is printed, with its body
              and the ids of its story and version; the other columns of the table,
              and no bodies, with `--query 'SELECT * FROM clippings'`
  captures    the pages as they came
  blocks      every block of every capture with its place and role
  versions    the distinct texts, with their bodies
  stories     what the versions are versions of
  relations   pairs of versions that were compared, with the evidence
and what `add` works with. docs/tables.md describes every column.

Queries are in DataFusion's SQL, close to PostgreSQL's:
  texts       lower, length, substr, left, strpos, split_part, replace, regexp_like,
              regexp_replace, regexp_match(x, '(...)')[1], string_to_array(x, ' ')
  times       x::date, x::timestamp, date_trunc, extract(year from x),
              to_char(x, '%Y-%m'); what is not known is the empty text, of which
              no time can be made: nullif(x, '')
  lists       xs[1], xs[1]['text'], array_length, array_has,
              array_to_string(xs, ', '); a row an element is
              `SELECT id, unnest(agencies) AS agency FROM stories`
  counting    count(DISTINCT x), string_agg(x, ', '), median; QUALIFY, FILTER,
              DISTINCT ON
`end` is a word of SQL: the column is \"end\". `SHOW TABLES`, `SHOW FUNCTIONS` and `DESCRIBE stories` say what there is, docs/tables.md has \
worked questions.

CSV has every text as it is (RFC 4180), so that other programs read what the archive holds. Spreadsheets run cells that begin with `=`, `+`, `-` or \
`@` as formulas, and the texts are those of strangers' pages: for them there is --spreadsheet.

Examples:
  copydesk export my-archive > clippings.jsonl
  copydesk export my-archive stories --format csv -o stories.csv
  copydesk export my-archive stories --spreadsheet -o stories.csv
  copydesk export my-archive -o clippings.parquet
  copydesk export my-archive --query \"SELECT site, count(*) AS n FROM captures GROUP BY site ORDER BY n DESC\"
  copydesk export my-archive --query \"SELECT agency, count(*) AS n FROM (SELECT unnest(agencies) AS agency FROM stories) GROUP BY agency\"")]
pub(crate) struct Export {
    /// Folder of the archive
    archive: PathBuf,
    /// Which table
    #[arg(default_value = "clippings")]
    table: String,
    /// Answer to this query in SQL over the archive's tables instead
    #[arg(long, value_name = "SQL", conflicts_with = "table", allow_hyphen_values = true)]
    query: Option<String>,
    /// How it is written [default: what the name of the output file says, else jsonl]
    #[arg(long, value_enum)]
    format: Option<As>,
    /// In CSV, put a `'` before text that a spreadsheet would take for a formula, as the CSV of `serve` has it
    #[arg(long)]
    spreadsheet: bool,
    /// Write to this file, which is put in place when it is complete; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a head line
    Csv,
    /// One Parquet file
    Parquet,
}

impl As {
    /// What the ending of a file's name says; `None` where it has none.
    fn named(output: &Path) -> Result<Option<As>> {
        let Some(ending) = output.extension() else { return Ok(None) };
        let ending = ending.to_string_lossy().to_ascii_lowercase();
        Ok(Some(match ending.as_str() {
            "jsonl" | "ndjson" => As::Jsonl,
            "csv" => As::Csv,
            "parquet" => As::Parquet,
            _ => bail!(
                "no format is called `.{ending}`; end `{}` in `.jsonl`, `.csv` or `.parquet`, or say which is meant with `--format`",
                output.display()
            ),
        }))
    }
}

impl Export {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let view = open(&self.archive)?;
        if self.query.is_none() && !view.tables().contains(&self.table.as_str()) {
            bail!("the archive has no table `{}`; it has {}", self.table, view.tables().join(", "));
        }
        let usual = if self.spreadsheet { As::Csv } else { As::Jsonl };
        let format = match (self.format, &self.output) {
            (Some(format), _) => format,
            (None, Some(output)) => As::named(output)?.unwrap_or(usual),
            (None, None) => usual,
        };
        if self.spreadsheet && format != As::Csv {
            bail!("`--spreadsheet` is about CSV; ask for it with `--format csv`");
        }
        let Some(output) = self.output.as_ref().filter(|output| output.as_path() != Path::new("-")) else {
            if format == As::Parquet && screen.is_terminal() {
                bail!("Parquet is nothing to look at on a terminal; write it to a file with `-o FILE`");
            }
            self.write(&view, format, &mut *screen)?;
            return Ok(Exit::Fine);
        };
        let rows = self.write_file(&view, format, output)?;
        complain("note", &format!("wrote {} to {}", several(rows, "row", "rows"), output.display()));
        Ok(Exit::Fine)
    }

    fn write_file(&self, view: &View, format: As, output: &Path) -> Result<u64> {
        let named = || format!("cannot write `{}`", output.display());
        // A device or a pipe is written to and stays what it is; of a link, it is the file behind it that is replaced.
        let output = &fs::canonicalize(output).unwrap_or_else(|_| output.to_owned());
        if fs::metadata(output).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            let file = File::options().write(true).open(output).with_context(named)?;
            let mut out = BufWriter::with_capacity(1 << 20, file);
            let rows = self.write(view, format, stages::counted(&mut out))?;
            out.flush().with_context(named)?;
            return Ok(rows);
        }
        let folder = output.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        // As any file that the user makes; the temporary file's own default is for its owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.prefix(".copydesk-").tempfile_in(folder);
        // The name of the temporary file says nothing to whoever asked for another.
        let file = file.map_err(|e| std::io::Error::from(e.kind())).with_context(named)?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        let rows = self.write(view, format, stages::counted(&mut out))?;
        let file = out.into_inner().map_err(|e| e.into_error()).with_context(named)?;
        file.persist(output).with_context(named)?;
        Ok(rows)
    }

    fn write(&self, view: &View, format: As, mut to: impl Write + Send) -> Result<u64> {
        if self.query.is_none() && self.table == "clippings" && format == As::Jsonl {
            let mut rows = 0;
            for clipping in view.clippings()? {
                serde_json::to_writer(&mut to, &clipping?).map_err(std::io::Error::from)?;
                to.write_all(b"\n")?;
                rows += 1;
            }
            return Ok(rows);
        }
        let rows = match (&self.query, self.table.as_str()) {
            (Some(sql), _) => view.query(sql)?,
            (None, "clippings") => view.clippings_as_rows()?,
            (None, table) => view.table(table)?,
        };
        let format = match format {
            As::Jsonl => Format::Jsonl,
            As::Csv => Format::Csv { for_spreadsheets: self.spreadsheet },
            As::Parquet => Format::Parquet,
        };
        Ok(write(rows, format, to)?)
    }
}
