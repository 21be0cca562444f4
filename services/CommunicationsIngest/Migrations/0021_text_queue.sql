-- Texts on their way to the provider; a row goes when what became of it is known. waiting: to be sent when due. sending: given to a process, which may have called the provider.
CREATE TABLE text_queue (
    workspace_id uuid NOT NULL,
    message_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('automated', 'manual', 'confirmation')),
    state text NOT NULL CHECK (state IN ('waiting', 'sending')),
    attempts int NOT NULL,
    due_at timestamptz NOT NULL,
    claimed_at timestamptz,
    PRIMARY KEY (workspace_id, message_id),
    FOREIGN KEY (workspace_id, message_id) REFERENCES messages ON DELETE CASCADE
);
CREATE INDEX text_queue_due ON text_queue (due_at) WHERE state = 'waiting';
CREATE INDEX text_queue_claimed ON text_queue (claimed_at) WHERE state = 'sending';

-- Gives texts that are due to one process. They are marked before the provider is called: a process that dies afterwards leaves them marked, and they are not sent again.
CREATE FUNCTION claim_due_texts(at_time timestamptz, batch int) RETURNS TABLE (workspace_id uuid, message_id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH due AS (
        SELECT d.workspace_id, d.message_id FROM text_queue d
        WHERE d.state = 'waiting' AND d.due_at <= at_time
        ORDER BY d.due_at
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE text_queue q SET state = 'sending', claimed_at = at_time, attempts = q.attempts + 1
        FROM due
        WHERE q.workspace_id = due.workspace_id AND q.message_id = due.message_id
        RETURNING q.workspace_id, q.message_id
    ), marked AS (
        UPDATE messages m SET status = 'sending'
        FROM claimed
        WHERE m.workspace_id = claimed.workspace_id AND m.id = claimed.message_id AND m.status = 'queued'
    )
    SELECT claimed.workspace_id, claimed.message_id FROM claimed
$$;

-- Texts whose process died: whether the provider has them is not known, unless it has told us since.
CREATE FUNCTION give_up_texts(claimed_before timestamptz) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH lost AS (
        SELECT q.workspace_id, q.message_id FROM text_queue q
        WHERE q.state = 'sending' AND q.claimed_at < claimed_before
        ORDER BY q.claimed_at
        LIMIT 100
        FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM text_queue q USING lost WHERE q.workspace_id = lost.workspace_id AND q.message_id = lost.message_id
    ), marked AS (
        UPDATE messages m SET status = 'unknown'
        FROM lost
        WHERE m.workspace_id = lost.workspace_id AND m.id = lost.message_id AND m.status = 'sending' AND m.provider_id IS NULL
    )
    SELECT count(*)::int FROM lost
$$;
