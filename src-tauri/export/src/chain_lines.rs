//! The whole chain as JSON Lines. The lines are made where the chain is; here they only become a file.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use crate::{ExportError, Written, place::Place};

const BUFFER: usize = 1 << 18;

pub struct LinesFile {
    place: Place,
    file: BufWriter<File>,
    lines: u64,
}

impl LinesFile {
    pub fn begin(target: &Path) -> Result<Self, ExportError> {
        let place = Place::beside(target)?;
        let file = BufWriter::with_capacity(BUFFER, place.handle()?);
        Ok(Self {
            place,
            file,
            lines: 0,
        })
    }

    /// One JSON text; it must hold no line break, and well-formed compact JSON holds none.
    pub fn line(&mut self, json: &str) -> Result<(), ExportError> {
        debug_assert!(!json.contains('\n'), "one line is one JSON text");
        self.file.write_all(json.as_bytes())?;
        self.file.write_all(b"\n")?;
        self.lines += 1;
        Ok(())
    }

    /// `rows` counts every line, header and end among them.
    pub fn finish(mut self) -> Result<Written, ExportError> {
        self.file.flush()?;
        self.place.keep(self.lines)
    }
}
