-- Numbers, emails and other marks of contacts that were deleted or erased, as keyed hashes: nobody can read who it was.
-- Deleted: events that were still under way do not bring the contact back; kept for 30 days. Erased: refused until the person gets in touch.
CREATE TABLE forgotten_identities (
    workspace_id uuid NOT NULL,
    hash bytea NOT NULL,
    forgotten_at timestamptz NOT NULL,
    is_erased boolean NOT NULL,
    PRIMARY KEY (workspace_id, hash)
);
CREATE INDEX forgotten_identities_deleted ON forgotten_identities (forgotten_at) WHERE NOT is_erased;

CREATE FUNCTION forget_old_deletions(batch int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH gone AS (
        DELETE FROM forgotten_identities
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM forgotten_identities WHERE NOT is_erased AND forgotten_at < now() - interval '30 days' LIMIT batch))
        RETURNING 1
    )
    SELECT count(*)::int FROM gone
$$;

-- That somebody was erased, by whom and why, and never who. conversations and completed_at: null until what was said is gone as well.
CREATE TABLE erasures (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid,
    reason text,
    source text NOT NULL,
    actor_id text NOT NULL,
    requested_at timestamptz NOT NULL,
    identities int NOT NULL,
    conversations int,
    completed_at timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX erasures_latest ON erasures (workspace_id, requested_at, id);

-- Ids are UUIDv7 of the moment: the primary key is the log's order, and these are its filters.
CREATE INDEX audit_entries_subject ON audit_entries (workspace_id, subject_id, id);
CREATE INDEX audit_entries_actor ON audit_entries (workspace_id, actor_id, id);
CREATE INDEX audit_entries_action ON audit_entries (workspace_id, action, id);
COMMENT ON TABLE audit_entries IS 'append-only: what was done stays done';
