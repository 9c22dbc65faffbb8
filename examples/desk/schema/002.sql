-- What a person said of the codes that software read. Nothing is overwritten: the
-- last line of a code holds.
CREATE TABLE decision (n INTEGER PRIMARY KEY, example TEXT NOT NULL, code TEXT NOT NULL, said TEXT NOT NULL, at TEXT NOT NULL) STRICT;
-- Who looks like one, and a person says that they are two.
CREATE TABLE apart (a TEXT NOT NULL, b TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT;
-- Kept beside the examples, so that the next export does not undo it.
CREATE TABLE withdrawal (example TEXT PRIMARY KEY, effect TEXT NOT NULL, at TEXT NOT NULL) STRICT;
