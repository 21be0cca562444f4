-- Answers to POSTs that carried an Idempotency-Key, written in the transaction of the effect itself.
CREATE TABLE idempotency_keys (
    workspace_id uuid NOT NULL,
    actor_id text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status smallint,
    headers jsonb,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, actor_id, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

-- Keys are kept for 72 hours; this crosses workspaces, which the service's role cannot.
CREATE FUNCTION forget_old_idempotency_keys(batch int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH gone AS (
        DELETE FROM idempotency_keys
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency_keys WHERE created_at < now() - interval '72 hours' LIMIT batch))
        RETURNING 1
    )
    SELECT count(*)::int FROM gone
$$;
