//! An export of 100,000 acts in each format, beside the bare writer, the sqlite3 command and XlsxWriter over the same
//! rows of the same unencrypted table. The ledger's own reading and decryption are not in these figures.

use crate::measure::{Better, take_turns};
use ::export::{
    About, EventRow, Language, LinesFile, Seal, TableFile, TableFormat,
    paper::{Letterhead, ListPaper, ListRow},
};
use rusqlite::{Connection, Row};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

const ACTS: i64 = 100_000;
/// 2026-11-01.
const T0: i64 = 1_793_491_200_000;
/// Text, in the order of the table's columns; figures and times follow.
const TEXTS: usize = 31;
const FIGURES: usize = 10;

pub fn run(folder: &Path, rounds: usize) {
    let database = folder.join("acts.db");
    fill(&database);
    let db = Connection::open(&database).expect("the acts");
    let target = folder.join("out");
    println!("\n{ACTS} acts of {} columns each", TEXTS + FIGURES);

    let csv = || ours(&db, &target, TableFormat::CsvComma);
    let turns = take_turns(
        rounds,
        Some(folder),
        Box::new(csv),
        vec![(
            "sqlite3 -csv",
            Box::new(|| command_line(&database, &target)),
        )],
    );
    turns.print("CSV, disarmed and hashed", "s", Better::Less, Some(1.25));
    let turns = take_turns(
        rounds,
        Some(folder),
        Box::new(csv),
        vec![("bare csv", Box::new(|| bare_csv(&db, &target)))],
    );
    turns.print("CSV, disarmed and hashed", "s", Better::Less, None);
    let xlsx = || ours(&db, &target, TableFormat::Xlsx);
    let turns = take_turns(
        rounds,
        Some(folder),
        Box::new(xlsx),
        vec![("rust_xlsxwriter", Box::new(|| bare_xlsx(&db, &target)))],
    );
    turns.print("XLSX", "s", Better::Less, Some(1.3));
    match python_with_xlsxwriter() {
        None => println!("XLSX beside XlsxWriter: no Python with xlsxwriter here, not measured"),
        Some(python) => {
            let script = folder.join("peer.py");
            std::fs::write(&script, PEER).expect("the script");
            let peer = || {
                timed(
                    Command::new(&python)
                        .arg(&script)
                        .arg(&database)
                        .arg(&target),
                )
            };
            let turns = take_turns(
                rounds.min(3),
                Some(folder),
                Box::new(xlsx),
                vec![("XlsxWriter", Box::new(peer))],
            );
            turns.print("XLSX", "s", Better::Less, Some(0.1));
        }
    }
    let lines = || chain(&db, &target);
    let turns = take_turns(
        rounds,
        Some(folder),
        Box::new(lines),
        vec![("bare write", Box::new(|| bare_lines(&db, &target)))],
    );
    turns.print("JSON Lines", "s", Better::Less, None);
    for rows in [1_000, 4_000] {
        println!(
            "{:46} {:>8.2} s  for {rows} lines (a longer list than 20,000 is refused)",
            "PDF of the list",
            paper(rows)
        );
    }
}

fn fill(path: &Path) {
    let mut db = Connection::open(path).expect("a database");
    let names: Vec<String> = (0..TEXTS + FIGURES).map(|n| format!("c{n}")).collect();
    db.execute_batch(&format!("CREATE TABLE act ({})", names.join(", ")))
        .expect("a table");
    let all = db.transaction().expect("a transaction");
    {
        let marks = vec!["?"; TEXTS + FIGURES].join(", ");
        let mut insert = all
            .prepare(&format!("INSERT INTO act VALUES ({marks})"))
            .expect("an insert");
        for n in 0..ACTS {
            let hash = format!(
                "{:032x}{:032x}",
                (n as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835),
                n
            );
            for at in 0..TEXTS {
                let text = match at {
                    0 => "7f3a9c0d".to_owned(),
                    1 => format!("act-{n}"),
                    2 => "confirmed".to_owned(),
                    3 => format!("+49151{n:08}"),
                    4 => format!("49151{n:08}"),
                    5 => format!("DE.{n:016}"),
                    7 if n % 50 == 0 => "=1+1".to_owned(),
                    7 => format!("Grete Müller {n}"),
                    8 => "Kette & Kranz".to_owned(),
                    12 => "Ja, Kette & Kranz darf mir Nachrichten zu Bestellungen und Terminen schicken; beenden mit STOPP.".to_owned(),
                    14 | 29 | 30 => hash.clone(),
                    21 => format!("wamid.HBgN{hash}"),
                    6 | 17..=20 | 22..=28 => String::new(),
                    _ => "counter_qr".to_owned(),
                };
                insert.raw_bind_parameter(at + 1, text).expect("a value");
            }
            for at in 0..FIGURES {
                let figure = match at {
                    0 | 1 => n,
                    2 => 3,
                    9 => n % 7,
                    _ => T0 + n * 1_000,
                };
                insert
                    .raw_bind_parameter(TEXTS + at + 1, figure)
                    .expect("a value");
            }
            insert.raw_execute().expect("a row");
        }
    }
    all.commit().expect("committed");
}

fn each(db: &Connection, mut take: impl FnMut(&Row<'_>)) {
    let mut statement = db.prepare_cached("SELECT * FROM act").expect("a query");
    let mut rows = statement.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        take(row);
    }
}

fn act<'a>(row: &'a Row<'_>) -> EventRow<'a> {
    let text = |at: usize| {
        row.get_ref(at)
            .and_then(|value| Ok(value.as_str()?))
            .expect("text")
    };
    let figure = |at: usize| row.get::<_, i64>(TEXTS + at).expect("a figure");
    let time = |at: usize| Some(figure(at));
    EventRow {
        device: text(0),
        event_id: text(1),
        event: text(2),
        phone_e164: text(3),
        wa_id: text(4),
        bsuid: text(5),
        username: text(6),
        display_name: text(7),
        business_name: text(8),
        business_number: text(9),
        channel: text(10),
        purpose: text(11),
        scope_text: text(12),
        wording_id: text(13),
        wording_sha256: text(14),
        language: text(15),
        time_source: text(16),
        staff: text(17),
        place: text(18),
        strength: text(19),
        evidence_type: text(20),
        evidence_ref: text(21),
        evidence_sha256: text(22),
        double_opt_in_wamid: text(23),
        withdrawn_how: text(24),
        legal_basis: text(25),
        jurisdiction: text(26),
        source_batch: text(27),
        note: text(28),
        prev_hash: text(29),
        row_hash: text(30),
        seq: figure(0),
        person_id: figure(1),
        wording_version: time(2),
        act_at: time(3),
        recorded_at: time(4),
        double_opt_in: true,
        double_opt_in_at: time(5),
        withdrawn_at: time(6),
        last_used_at: time(7),
        retention_until: time(8),
        use_count: figure(9),
        ..EventRow::default()
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64()
}

fn about() -> About<'static> {
    About {
        language: Language::De,
        zone: &|_| 3_600,
        made_at: T0,
    }
}

fn ours(db: &Connection, target: &Path, format: TableFormat) -> f64 {
    seconds(|| {
        let mut file = TableFile::begin(target, format, about()).expect("begun");
        each(db, |row| file.row(&act(row)).expect("a row"));
        file.finish(&Seal::default()).expect("finished");
    })
}

fn chain(db: &Connection, target: &Path) -> f64 {
    seconds(|| {
        let mut file = LinesFile::begin(target).expect("begun");
        each(db, |row| {
            file.line(row.get_ref(12).and_then(|v| Ok(v.as_str()?)).expect("text"))
                .expect("a line")
        });
        file.finish().expect("finished");
    })
}

fn bare_lines(db: &Connection, target: &Path) -> f64 {
    use std::io::Write;
    seconds(|| {
        let mut file = std::io::BufWriter::new(std::fs::File::create(target).expect("a file"));
        each(db, |row| {
            file.write_all(
                row.get_ref(12)
                    .and_then(|v| Ok(v.as_bytes()?))
                    .expect("text"),
            )
            .expect("a line");
            file.write_all(b"\n").expect("its end");
        });
        file.into_inner()
            .expect("flushed")
            .sync_all()
            .expect("synced");
    })
}

/// Every cell as it is, no guard, no head, no seal; synced, as ours is.
fn bare_csv(db: &Connection, target: &Path) -> f64 {
    seconds(|| {
        let file = std::io::BufWriter::with_capacity(
            1 << 18,
            std::fs::File::create(target).expect("a file"),
        );
        let mut csv = csv::Writer::from_writer(file);
        each(db, |row| {
            for at in 0..TEXTS {
                csv.write_field(
                    row.get_ref(at)
                        .and_then(|v| Ok(v.as_bytes()?))
                        .expect("text"),
                )
                .expect("a cell");
            }
            for at in TEXTS..TEXTS + FIGURES {
                csv.write_field(row.get::<_, i64>(at).expect("a figure").to_string())
                    .expect("a cell");
            }
            csv.write_record(None::<&[u8]>).expect("a row");
        });
        let file = csv
            .into_inner()
            .expect("flushed")
            .into_inner()
            .expect("flushed");
        file.sync_all().expect("synced");
    })
}

fn bare_xlsx(db: &Connection, target: &Path) -> f64 {
    use rust_xlsxwriter::{Format, Workbook};
    seconds(|| {
        let mut workbook = Workbook::new();
        let date = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
        let sheet = workbook
            .add_worksheet_with_constant_memory()
            .expect("a sheet");
        let mut at = 0;
        each(db, |row| {
            for column in 0..TEXTS {
                let text = row
                    .get_ref(column)
                    .and_then(|v| Ok(v.as_str()?))
                    .expect("text");
                if !text.is_empty() {
                    sheet.write_string(at, column as u16, text).expect("a cell");
                }
            }
            for column in 0..FIGURES {
                let figure = row.get::<_, i64>(TEXTS + column).expect("a figure") as f64;
                let place = (TEXTS + column) as u16;
                match column {
                    0 | 1 | 2 | 9 => sheet.write_number(at, place, figure).expect("a cell"),
                    _ => sheet
                        .write_number_with_format(
                            at,
                            place,
                            figure / 86_400_000.0 + 25_569.0,
                            &date,
                        )
                        .expect("a cell"),
                };
            }
            at += 1;
        });
        workbook.save(target).expect("saved");
        std::fs::File::open(target)
            .and_then(|file| file.sync_all())
            .expect("synced");
    })
}

fn command_line(database: &Path, target: &Path) -> f64 {
    let file = std::fs::File::create(target).expect("a file");
    let took = timed(
        Command::new("sqlite3")
            .arg("-csv")
            .arg(database)
            .arg("SELECT * FROM act")
            .stdout(file),
    );
    took + seconds(|| {
        std::fs::File::open(target)
            .and_then(|file| file.sync_all())
            .expect("synced")
    })
}

fn timed(command: &mut Command) -> f64 {
    seconds(|| {
        let status = command
            .stderr(Stdio::null())
            .status()
            .expect("the command starts");
        assert!(status.success(), "{command:?}");
    })
}

fn paper(rows: usize) -> f64 {
    let row = ListRow {
        name: "Grete Müller",
        address: "+4915123456789",
        purpose: "offers",
        state: "in",
        since: Some(T0),
        channel: "counter_qr",
        strength: "strong",
        wording: "offers v3",
        ..ListRow::default()
    };
    let rows = vec![row; rows];
    seconds(|| {
        let letterhead = Letterhead {
            about: about(),
            business: "Kette & Kranz",
            own_number: "",
        };
        ListPaper {
            letterhead,
            filter: "",
            rows: &rows,
            seal: &Seal::default(),
        }
        .pdf()
        .expect("set");
    })
}

/// The first of these that has the library.
fn python_with_xlsxwriter() -> Option<PathBuf> {
    let has = |python: &PathBuf| {
        let asked = Command::new(python)
            .args(["-c", "import xlsxwriter"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        asked.is_ok_and(|status| status.success())
    };
    let named = std::env::var_os("GUICHET_XLSXWRITER").map(PathBuf::from);
    named
        .into_iter()
        .chain([PathBuf::from("python3")])
        .find(has)
}

const PEER: &str = "
import sqlite3, sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[2], {'constant_memory': True, 'strings_to_formulas': False, 'strings_to_urls': False})
sheet = book.add_worksheet()
date = book.add_format({'num_format': 'yyyy-mm-dd hh:mm:ss'})
for n, row in enumerate(sqlite3.connect(sys.argv[1]).execute('SELECT * FROM act')):
    for c, cell in enumerate(row):
        if c < 31:
            if cell: sheet.write_string(n, c, cell)
        elif c in (31, 32, 33, 40):
            sheet.write_number(n, c, cell)
        else:
            sheet.write_number(n, c, cell / 86400000 + 25569, date)
book.close()
";
