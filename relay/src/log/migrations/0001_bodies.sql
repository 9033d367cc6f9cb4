-- One row per webhook body, exactly as Meta signed it. AUTOINCREMENT: a cursor is never given twice.
CREATE TABLE bodies (
    cursor      INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    digest      BLOB    NOT NULL CHECK (length(digest) = 32),
    body        BLOB    NOT NULL
) STRICT;

-- Finds a repeated delivery. Eight bytes of SHA-256 narrow it to one row; the row's full digest decides.
CREATE INDEX bodies_by_digest ON bodies (substr(digest, 1, 8));

-- Written to and emptied again to learn whether the disk takes writes once more.
CREATE TABLE probe (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    filler BLOB    NOT NULL
) STRICT;
