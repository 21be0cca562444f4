-- What was said with an erased person is gone; when it was, for how long and with which of our numbers stays. The person is nobody any more: participant is the conversation's id.
ALTER TABLE conversations ADD COLUMN erased_at timestamptz;
ALTER TABLE conversations DROP CONSTRAINT conversations_participant_role_check;
ALTER TABLE conversations ADD CONSTRAINT conversations_participant_role_check
    CHECK (participant_role IN ('person', 'hidden', 'own', 'service', 'erased')) NOT VALID;

-- On the call's own row, which a late callback locks: what it says of the caller must not come back.
ALTER TABLE calls ADD COLUMN is_erased boolean NOT NULL DEFAULT false;

ALTER TABLE recordings DROP CONSTRAINT recordings_state_check;
ALTER TABLE recordings ADD CONSTRAINT recordings_state_check
    CHECK (state IN ('recording', 'waiting', 'stored', 'refused', 'absent', 'failed', 'erased')) NOT VALID;

CREATE TABLE erasures (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    conversations int NOT NULL,
    requested_at timestamptz NOT NULL,
    completed_at timestamptz,
    PRIMARY KEY (workspace_id, id)
);

-- Blobs whose rows are gone already: deleted by a job, tried until they are.
CREATE TABLE blob_deletions (
    workspace_id uuid NOT NULL,
    blob text NOT NULL,
    erasure_id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, blob),
    FOREIGN KEY (workspace_id, erasure_id) REFERENCES erasures
);
CREATE INDEX blob_deletions_due ON blob_deletions (due_at);
CREATE INDEX blob_deletions_erasure ON blob_deletions (workspace_id, erasure_id);

-- One job serves all workspaces. What a crashed process had claimed is due again, each time a little later: 1, 2, 4 ... 64 minutes.
CREATE FUNCTION claim_due_blob_deletions(at_time timestamptz, batch int)
RETURNS TABLE (workspace_id uuid, blob text, erasure_id uuid) LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    UPDATE blob_deletions d
    SET attempts = d.attempts + 1, due_at = at_time + interval '1 minute' * 2 ^ least(d.attempts, 6)
    FROM (
        SELECT b.workspace_id, b.blob FROM blob_deletions b
        WHERE b.due_at <= at_time
        ORDER BY b.due_at
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ) due
    WHERE d.workspace_id = due.workspace_id AND d.blob = due.blob
    RETURNING d.workspace_id, d.blob, d.erasure_id
$$;
