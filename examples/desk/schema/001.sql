CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE session (token BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT;
CREATE TABLE upload (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, sheet TEXT NOT NULL,
  body BLOB NOT NULL, mapping BLOB NOT NULL, received TEXT NOT NULL, taken TEXT NOT NULL
) STRICT;
-- What a person said that a column answers, kept for the next export.
CREATE TABLE heading (header TEXT PRIMARY KEY, question TEXT NOT NULL) STRICT;
CREATE TABLE example (
  id TEXT PRIMARY KEY, body BLOB NOT NULL, upload INTEGER NOT NULL, place INTEGER NOT NULL, added TEXT NOT NULL
) STRICT;
-- Words for the guides. Nothing is overwritten: the last line of a slot holds.
CREATE TABLE answer (
  n INTEGER PRIMARY KEY, guide TEXT NOT NULL, slot TEXT NOT NULL, text TEXT NOT NULL, basis TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX answer_slot ON answer (guide, slot, n);
-- The answers that the last document of a guide had when it left or came back.
CREATE TABLE document (guide TEXT PRIMARY KEY, answers BLOB NOT NULL) STRICT;
CREATE TABLE conflict (guide TEXT NOT NULL, slot TEXT NOT NULL, text TEXT NOT NULL, basis TEXT NOT NULL, PRIMARY KEY (guide, slot)) STRICT;
-- Sign-off sheets that came back, as they came.
CREATE TABLE sheet (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, received TEXT NOT NULL) STRICT;
CREATE TABLE ledger (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE edition (name TEXT PRIMARY KEY, audience TEXT NOT NULL, published TEXT NOT NULL, files BLOB NOT NULL) STRICT;
-- What was done and when, without any text.
CREATE TABLE audit (n INTEGER PRIMARY KEY, at TEXT NOT NULL, did TEXT NOT NULL, about TEXT NOT NULL) STRICT;
