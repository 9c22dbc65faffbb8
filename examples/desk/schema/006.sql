-- The records behind the last edition, sealed: by them a draft tells which have to be
-- made again since, and why.
CREATE TABLE record (id TEXT PRIMARY KEY, line BLOB NOT NULL) STRICT;
