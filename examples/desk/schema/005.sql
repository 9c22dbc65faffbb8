-- Each party that stands behind an example has a personal address of its own. Those
-- that were made before are of the only party.
CREATE TABLE own_link (token BLOB PRIMARY KEY, example TEXT NOT NULL, party TEXT NOT NULL, made TEXT NOT NULL, UNIQUE (example, party)) STRICT;
INSERT INTO own_link SELECT token, example, '', made FROM link;
DROP TABLE link;
ALTER TABLE own_link RENAME TO link;
