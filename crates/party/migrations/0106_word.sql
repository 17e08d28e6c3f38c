-- The folded words by which people find persons, organisations, teams, services and locations while
-- typing: read by ranges, kept by the stores in the transaction of each change.
CREATE TABLE party_word (
    tenant_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, kind, word, id)
-- only sqlite
) STRICT, WITHOUT ROWID;
-- end
-- only postgres
);
-- end
CREATE INDEX party_word_id ON party_word (kind, id, word);
