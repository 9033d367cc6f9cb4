//! `window_eval [FILE…]`: stories as JSON lines in, the state of the window as JSON lines out.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut unreadable = false;
    let mut all = || -> io::Result<()> {
        if files.is_empty() {
            support::window_eval::run(io::stdin().lock(), &mut out)?;
        }
        for file in &files {
            match File::open(file) {
                Ok(file) => support::window_eval::run(BufReader::new(file), &mut out)?,
                Err(error) => {
                    unreadable = true;
                    eprintln!("{} cannot be read: {error}", file.to_string_lossy());
                }
            }
        }
        out.flush()
    };
    match all() {
        Ok(()) if unreadable => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the answers has had enough of them.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
