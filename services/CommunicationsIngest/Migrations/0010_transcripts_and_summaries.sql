-- What was said in a call, in order. Texts and chats are their own transcript.
CREATE TABLE transcript_segments (
    workspace_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    ordinal int NOT NULL,
    id uuid NOT NULL,
    speaker text NOT NULL CHECK (speaker IN ('person', 'agent')),
    text text NOT NULL,
    offset_ms int,
    PRIMARY KEY (workspace_id, conversation_id, ordinal),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);

ALTER TABLE conversations
    ADD COLUMN summary text,
    ADD COLUMN summary_source text CHECK (summary_source IN ('rules', 'model')),
    ADD COLUMN callback_text text,
    ADD COLUMN callback_at timestamptz,
    ADD COLUMN callback_said_at timestamptz;

-- What was captured already, so that it is told once: a digest of where it was said, the field and the value, for the values themselves are the contact's.
CREATE TABLE captured_details (
    workspace_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, digest),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);

-- Whatever moves last_activity_at makes a conversation unread again, in the row that is written anyway: no path that stores a message has to think of it.
ALTER TABLE conversation_activity
    ADD COLUMN read_through timestamptz,
    ADD COLUMN next_reading_at timestamptz,
    ADD COLUMN reading_attempts smallint NOT NULL DEFAULT 0;
CREATE INDEX conversation_activity_unread_open ON conversation_activity (last_activity_at)
    WHERE state = 'open' AND (read_through IS NULL OR read_through < last_activity_at);
CREATE INDEX conversation_activity_unread_closed ON conversation_activity (last_activity_at)
    WHERE state = 'closed' AND (read_through IS NULL OR read_through < last_activity_at);

-- Claims conversations that have ended, or were quiet for a while, and were not read since. One job serves all workspaces; what a crashed process had claimed is due again
-- when its lease has run out. A call without a transcript has nothing to read: it counts as read at once.
CREATE FUNCTION claim_unread_conversations(at_time timestamptz, quiet interval, lease interval, batch int)
RETURNS TABLE (workspace_id uuid, conversation_id uuid, attempts smallint, has_words boolean) LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH ended AS (
        SELECT a.workspace_id, a.conversation_id FROM conversation_activity a
        WHERE a.state = 'closed' AND (a.read_through IS NULL OR a.read_through < a.last_activity_at)
          AND (a.next_reading_at IS NULL OR a.next_reading_at <= at_time)
        ORDER BY a.last_activity_at
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ), fell_quiet AS (
        SELECT a.workspace_id, a.conversation_id FROM conversation_activity a
        WHERE a.state = 'open' AND (a.read_through IS NULL OR a.read_through < a.last_activity_at) AND a.last_activity_at <= at_time - quiet
          AND (a.next_reading_at IS NULL OR a.next_reading_at <= at_time)
        ORDER BY a.last_activity_at
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ), due AS (
        SELECT u.workspace_id, u.conversation_id, c.channel <> 'call' OR EXISTS (
            SELECT FROM transcript_segments s WHERE s.workspace_id = u.workspace_id AND s.conversation_id = u.conversation_id) AS has_words
        FROM (SELECT * FROM ended UNION ALL SELECT * FROM fell_quiet) u
        JOIN conversations c ON c.workspace_id = u.workspace_id AND c.id = u.conversation_id
    )
    UPDATE conversation_activity a
    SET next_reading_at = CASE WHEN due.has_words THEN at_time + lease END,
        reading_attempts = CASE WHEN due.has_words THEN a.reading_attempts + 1 ELSE 0 END,
        read_through = CASE WHEN due.has_words THEN a.read_through ELSE a.last_activity_at END
    FROM due
    WHERE a.workspace_id = due.workspace_id AND a.conversation_id = due.conversation_id
    RETURNING a.workspace_id, a.conversation_id, a.reading_attempts, due.has_words
$$;
