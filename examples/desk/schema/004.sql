-- What a person settled of an agreement, and what the sheet said of it then: where
-- the sheet says something else since, it no longer holds.
CREATE TABLE amendment (example TEXT PRIMARY KEY, was BLOB NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL) STRICT;
