-- What a person said that an answer means, in words of the form, for this export and the next.
CREATE TABLE meant (question TEXT NOT NULL, said TEXT NOT NULL, means TEXT NOT NULL, PRIMARY KEY (question, said)) STRICT;
