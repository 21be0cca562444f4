-- By what contacts may turn out to be one: a hash of the kind of likeness and its value (Duplicates/MatchKey.cs).
CREATE TABLE match_keys (
    workspace_id uuid NOT NULL,
    key uuid NOT NULL,
    contact_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, key, contact_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX match_keys_contact ON match_keys (workspace_id, contact_id);

-- Keys that so many contacts have that they show nothing any more.
CREATE TABLE common_keys (
    workspace_id uuid NOT NULL,
    key uuid NOT NULL,
    PRIMARY KEY (workspace_id, key)
);

-- Two contacts that may be one person, each pair once (a_id before b_id). score counts thousandths. A dismissed pair stays, so that it is not proposed again.
CREATE TABLE duplicates (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    a_id uuid NOT NULL,
    b_id uuid NOT NULL,
    score smallint NOT NULL,
    evidence jsonb NOT NULL,
    status text COLLATE "C" NOT NULL CHECK (status IN ('open', 'dismissed', 'merged')),
    found_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, a_id, b_id),
    CHECK (a_id < b_id),
    FOREIGN KEY (workspace_id, a_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, b_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX duplicates_best ON duplicates (workspace_id, status, score, id);
CREATE INDEX duplicates_b ON duplicates (workspace_id, b_id);
