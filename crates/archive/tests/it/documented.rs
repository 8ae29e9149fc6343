//! `docs/tables.md` has every column of every table, and no other.

use copydesk_archive::Table;

const PAGE: &str = include_str!("../../../../docs/tables.md");

#[test]
fn every_column_is_described() {
    for table in Table::ALL {
        let head = format!("\n## {table}\n");
        let (_, section) = PAGE.split_once(&head).unwrap_or_else(|| panic!("docs/tables.md has no section `{table}`"));
        let section = section.split("\n## ").next().unwrap_or_default();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
        let described: Vec<&str> =
            rows.flat_map(|cell| cell.split("`, `")).map(|name| name.trim_end_matches('`')).collect();
        let schema = table.schema();
        let mut columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let mut sorted = described.clone();
        columns.sort_unstable();
        sorted.sort_unstable();
        assert_eq!(sorted, columns, "docs/tables.md, section `{table}`");
    }
}
