-- The headings of a file whose examples were taken, by which the next export of the same
-- form is known when the file itself is deleted.
CREATE TABLE form (upload INTEGER PRIMARY KEY, headings TEXT NOT NULL) STRICT;
-- What columns of the survey tool say of an example's row and of no other's, hashed.
CREATE TABLE mark (example TEXT NOT NULL, heading TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (example, heading)) STRICT;
-- How the last export differs from what was known of an example, and what a person said
-- of it, '' while nobody has. was is the example as it was known before.
CREATE TABLE difference (
  example TEXT PRIMARY KEY, kind TEXT NOT NULL, why TEXT NOT NULL, fresh TEXT NOT NULL, was BLOB NOT NULL, said TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
-- Rows that are another version of an example, as a person said.
CREATE TABLE alias (fresh TEXT PRIMARY KEY, example TEXT NOT NULL) STRICT;
