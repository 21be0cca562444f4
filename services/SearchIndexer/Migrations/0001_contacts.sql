-- What can be found. A deleted contact leaves its id and version behind, so that a late change does not bring it back; nothing else of it stays.
CREATE TABLE contacts (
    workspace_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    version bigint NOT NULL,
    -- The card as the last ContactChanged carried it; null when deleted.
    card jsonb,
    -- Lexemes that begin with the workspace (see Terms/Lexeme.cs), so that a prefix never walks another workspace's part of the index.
    terms tsvector,
    PRIMARY KEY (workspace_id, contact_id)
);
-- fastupdate off: a pending list would slow down the searches after a load.
CREATE INDEX contacts_terms ON contacts USING gin (terms) WITH (fastupdate = off);

-- What moves with every call or text, apart from the wide row and its text index. May be there before its contact.
CREATE TABLE activity (
    workspace_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    version bigint NOT NULL,
    -- Orders every list: the last contact, or the creation of a contact who was never in touch.
    sorted_at timestamptz NOT NULL,
    last_contact_at timestamptz,
    call_count int NOT NULL DEFAULT 0,
    message_count int NOT NULL DEFAULT 0,
    chat_count int NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, contact_id)
);
CREATE INDEX activity_newest ON activity (workspace_id, sorted_at DESC, contact_id DESC);

-- Row-level security keeps operators that are not leakproof, such as @@, from using an index. This function may use it: it reads the workspace from the
-- transaction as the policy does, returns ids only, and who joins them is under the policy again (ADR 0005).
-- The workspace is compared so that no index can serve it, and all other scans are off: the text index is what remains, whatever the statistics say.
CREATE FUNCTION search_candidates(query tsquery, at_most int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER
SET search_path = public SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off AS $$
DECLARE
    workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
BEGIN
    RETURN QUERY
        SELECT c.contact_id FROM contacts c
        WHERE c.terms @@ query AND NOT (c.workspace_id IS DISTINCT FROM workspace) AND workspace IS NOT NULL
        LIMIT at_most;
END
$$;
