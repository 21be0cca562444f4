-- Who said what about being contacted, for good. A refusal is about messages (texts and chat) or about calls; one said of both is two entries.
CREATE TABLE consent_entries (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    identity_kind text NOT NULL CHECK (identity_kind IN ('phone', 'chat_visitor')),
    identity_value text NOT NULL,
    covers text NOT NULL CHECK (covers IN ('messages', 'calls')),
    state text NOT NULL CHECK (state IN ('opted_out', 'opted_in')),
    -- The one of our numbers that it is about; empty: the whole workspace.
    sender text NOT NULL,
    -- Where it was said; null: not in a conversation of ours.
    channel text CHECK (channel IN ('call', 'text', 'chat')),
    source text NOT NULL CHECK (source IN ('keyword', 'inferred', 'manual', 'tag', 'import', 'provider')),
    message_id uuid,
    quote text,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    -- When the person said so; when we wrote it down.
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX consent_entries_identity ON consent_entries (workspace_id, identity_kind, identity_value, at DESC, id DESC);
COMMENT ON TABLE consent_entries IS 'append-only: evidence is never rewritten; erasure alone takes a person''s data out of it (erase_consents)';

-- What holds now, written with the entry. Without a row: never said anything.
CREATE TABLE consents (
    workspace_id uuid NOT NULL,
    identity_kind text NOT NULL,
    identity_value text NOT NULL,
    covers text NOT NULL,
    sender text NOT NULL,
    state text NOT NULL,
    at timestamptz NOT NULL,
    entry_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, identity_kind, identity_value, covers, sender)
);

-- Whether the tag Do Not Call was seen on the card of a number's contact since, so that its removal can be told from its absence.
CREATE TABLE do_not_call_tags (
    workspace_id uuid NOT NULL,
    number text NOT NULL,
    is_tagged boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- Erasure: the person's words and number go, the refusal stays, under the name that the eraser gives (a keyed hash), so that the number is not contacted when it comes back.
CREATE FUNCTION erase_consents(kinds text[], identity_values text[], replacements text[]) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
    erased int;
BEGIN
    INSERT INTO consents AS kept (workspace_id, identity_kind, identity_value, covers, sender, state, at, entry_id)
    SELECT workspace, c.identity_kind, e.replacement, c.covers, c.sender, c.state, c.at, c.entry_id
    FROM unnest(kinds, identity_values, replacements) AS e (kind, value, replacement)
    JOIN consents c ON c.workspace_id = workspace AND c.identity_kind = e.kind AND c.identity_value = e.value
    ON CONFLICT (workspace_id, identity_kind, identity_value, covers, sender) DO UPDATE
    SET state = excluded.state, at = excluded.at, entry_id = excluded.entry_id
    WHERE kept.at < excluded.at;
    DELETE FROM consents c
    USING unnest(kinds, identity_values) AS e (kind, value)
    WHERE c.workspace_id = workspace AND c.identity_kind = e.kind AND c.identity_value = e.value;
    DELETE FROM do_not_call_tags t
    USING unnest(kinds, identity_values) AS e (kind, value)
    WHERE t.workspace_id = workspace AND e.kind = 'phone' AND t.number = e.value;
    UPDATE consent_entries c SET identity_value = replacement, message_id = NULL, quote = NULL
    FROM unnest(kinds, identity_values, replacements) AS e (kind, value, replacement)
    WHERE c.workspace_id = workspace AND c.identity_kind = e.kind AND c.identity_value = e.value;
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END
$$;
