-- Who else may sign in, and as what: reviewer or reader.
CREATE TABLE person (name TEXT PRIMARY KEY, role TEXT NOT NULL, secret BLOB NOT NULL, added TEXT NOT NULL) STRICT;
ALTER TABLE session ADD COLUMN role TEXT NOT NULL DEFAULT 'officer';
ALTER TABLE session ADD COLUMN person TEXT NOT NULL DEFAULT '';
-- A contributor's personal address: by it one example is seen and answered for.
CREATE TABLE link (token BLOB PRIMARY KEY, example TEXT NOT NULL UNIQUE, made TEXT NOT NULL) STRICT;
