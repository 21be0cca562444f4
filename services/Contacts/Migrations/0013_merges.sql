-- Who was found to be whom, with what it takes to undo it: both contacts as they were (survivor_version: the survivor's before), and where
-- their values came from. A merge goes with its contacts: it holds their data.
CREATE TABLE merges (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    survivor_id uuid NOT NULL,
    absorbed_id uuid NOT NULL,
    merged_at timestamptz NOT NULL,
    source text NOT NULL,
    actor_id text NOT NULL,
    survivor_version bigint NOT NULL,
    survivor_before jsonb NOT NULL,
    survivor_after jsonb NOT NULL,
    absorbed jsonb NOT NULL,
    -- [{kind, value, provenance, created_at}] of the identities that moved; the survivor's provenance by field; its last contact. All of before the merge.
    identities jsonb NOT NULL,
    provenance jsonb NOT NULL,
    last_contact_at timestamptz,
    -- By id: a tag may be renamed before the merge is undone.
    added_tags uuid[] NOT NULL,
    undone_at timestamptz,
    undone_source text,
    undone_by text,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, survivor_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, absorbed_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX merges_merged_at ON merges (workspace_id, merged_at, id);
CREATE INDEX merges_survivor ON merges (workspace_id, survivor_id);
CREATE INDEX merges_absorbed ON merges (workspace_id, absorbed_id);
-- Nobody is absorbed twice at a time.
CREATE UNIQUE INDEX merges_in_force ON merges (workspace_id, absorbed_id) WHERE undone_at IS NULL;

-- A contact that had activity through a merge only has had none once that is undone; its version goes on counting.
ALTER TABLE contact_activity ALTER COLUMN last_contact_at DROP NOT NULL;
