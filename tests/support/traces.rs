//! What is left of somebody in a store: every column of every table is looked at.

use store::{Result, Store};

/// The columns that say what is looked for, as `table.column: what`.
pub fn traces<'a>(
    store: &Store,
    found_in: impl Fn(&str) -> Option<&'a str>,
) -> Result<Vec<String>> {
    store.read(|db| {
        let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
        let tables: Vec<String> = tables
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut traces = Vec::new();
        for table in tables {
            // The virtual tables show the texts of others; their own lie in tables beside them, in pieces.
            if table.ends_with("_fts") {
                continue;
            }
            let mut statement = db.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let columns: Vec<String> = statement
                .column_names()
                .into_iter()
                .map(str::to_owned)
                .collect();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for (at, column) in columns.iter().enumerate() {
                    let bytes = match row.get_ref(at)? {
                        rusqlite::types::ValueRef::Text(bytes)
                        | rusqlite::types::ValueRef::Blob(bytes) => bytes,
                        _ => continue,
                    };
                    let hit = found_in(&String::from_utf8_lossy(bytes));
                    traces.extend(hit.map(|what| format!("{table}.{column}: {what}")));
                }
            }
        }
        Ok(traces)
    })
}
