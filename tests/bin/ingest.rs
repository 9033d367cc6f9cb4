//! `ingest FILE…`: webhook bodies in, one JSON line per fact out.

use std::{io::BufWriter, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        eprintln!("usage: ingest FILE…\n\nReads webhook bodies and prints one JSON line per fact.");
        return ExitCode::from(2);
    }
    match support::ingest::run(&files, &mut BufWriter::new(std::io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the lines has had enough of them.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the lines could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}
