-- Settings of the workspace that this service needs, copied from Identity.
CREATE TABLE workspaces (
    workspace_id uuid PRIMARY KEY,
    name text NOT NULL,
    default_country text NOT NULL,
    changed_at timestamptz NOT NULL
);

-- Our own numbers. A number belongs to one workspace in the whole installation: what is said to it must land in one place.
CREATE TABLE phone_numbers (
    workspace_id uuid NOT NULL,
    number text NOT NULL,
    label text,
    answer jsonb,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
CREATE UNIQUE INDEX phone_numbers_number ON phone_numbers (number);

-- A webhook names the number that was called, not the workspace.
CREATE FUNCTION workspace_of_number(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT workspace_id FROM phone_numbers WHERE number = wanted
$$;

-- Local copy of the contacts' cards, so that neither a page nor a ringing phone waits for another service. A deleted contact leaves its id and version: a late event must
-- not bring it back.
CREATE TABLE contact_cards (
    workspace_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    version bigint NOT NULL,
    name text,
    card jsonb,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, contact_id)
);

-- For a moment two contacts may both claim a value, because events come in any order; the card that changed last has it.
CREATE TABLE contact_identities (
    workspace_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    contact_id uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, kind, value, contact_id)
);
CREATE INDEX contact_identities_contact ON contact_identities (workspace_id, contact_id);

CREATE FUNCTION contact_by_identity(wanted_kind text, wanted_value text) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT contact_id FROM contact_identities WHERE kind = wanted_kind AND value = wanted_value ORDER BY updated_at DESC LIMIT 1
$$;

-- A call; the thread of texts between one of our numbers and one of theirs; a chat session. What every message changes is in conversation_activity.
CREATE TABLE conversations (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('call', 'text', 'chat')),
    direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    own_number text,
    participant_kind text NOT NULL CHECK (participant_kind IN ('phone', 'chat_visitor')),
    participant text NOT NULL,
    -- Only a person becomes a contact. hidden: caller id withheld; own: one of our own numbers; service: a short code or a sender's name.
    participant_role text NOT NULL CHECK (participant_role IN ('person', 'hidden', 'own', 'service')),
    contact_id uuid,
    linked_at timestamptz,
    started_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX conversations_text_thread ON conversations (workspace_id, own_number, participant) WHERE channel = 'text';
CREATE INDEX conversations_contact ON conversations (workspace_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX conversations_participant ON conversations (workspace_id, participant);

CREATE TABLE conversation_activity (
    workspace_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    last_activity_at timestamptz NOT NULL,
    ended_at timestamptz,
    message_count int NOT NULL,
    last_message text,
    PRIMARY KEY (workspace_id, conversation_id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);
CREATE INDEX conversation_activity_latest ON conversation_activity (workspace_id, last_activity_at DESC, conversation_id DESC);

CREATE TABLE messages (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    body text NOT NULL,
    media_count smallint NOT NULL DEFAULT 0,
    -- Of the staff member, key or agent that wrote it; null: the person on the other side.
    author_kind text,
    author_id text,
    provider text,
    provider_id text,
    status text NOT NULL,
    error_code text,
    at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);
CREATE UNIQUE INDEX messages_provider_id ON messages (workspace_id, provider, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX messages_conversation ON messages (workspace_id, conversation_id, at DESC, id DESC);

CREATE TABLE media (
    workspace_id uuid NOT NULL,
    message_id uuid NOT NULL,
    position smallint NOT NULL,
    content_type text NOT NULL,
    source_url text NOT NULL,
    PRIMARY KEY (workspace_id, message_id, position),
    FOREIGN KEY (workspace_id, message_id) REFERENCES messages ON DELETE CASCADE
);

-- What a call is beyond its conversation. The state is the greatest reported (rank, sequence), so callbacks may come in any order.
CREATE TABLE calls (
    workspace_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    provider text NOT NULL,
    provider_id text NOT NULL,
    status text NOT NULL,
    status_rank smallint NOT NULL,
    status_sequence int NOT NULL,
    caller_name text,
    verification text,
    forwarded_from text,
    answered_at timestamptz,
    ended_at timestamptz,
    duration_seconds int,
    PRIMARY KEY (workspace_id, conversation_id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);
-- The provider's id first: a recording's callback names the call and nothing else.
CREATE UNIQUE INDEX calls_provider_id ON calls (provider_id, provider, workspace_id);

CREATE FUNCTION workspace_of_call(wanted_provider text, wanted_id text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT workspace_id FROM calls WHERE provider_id = wanted_id AND provider = wanted_provider LIMIT 1
$$;

CREATE TABLE recordings (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    provider text NOT NULL,
    provider_id text NOT NULL,
    -- recording: still running; waiting: to be fetched; refused: not at the provider's host; absent and failed: there is no audio to be had.
    state text NOT NULL CHECK (state IN ('recording', 'waiting', 'stored', 'refused', 'absent', 'failed')),
    source_url text,
    duration_seconds int,
    channels smallint,
    started_at timestamptz NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    blob text,
    content_type text,
    size_bytes bigint,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);
CREATE UNIQUE INDEX recordings_provider_id ON recordings (workspace_id, provider, provider_id);
CREATE INDEX recordings_conversation ON recordings (workspace_id, conversation_id);
CREATE INDEX recordings_due ON recordings (next_attempt_at) WHERE state = 'waiting';

-- Claims recordings to fetch for some minutes; a process that dies in between leaves them due again. One job serves all workspaces.
CREATE FUNCTION claim_due_recordings(at_time timestamptz, lease interval, batch int)
RETURNS TABLE (workspace_id uuid, id uuid) LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    UPDATE recordings r
    SET attempts = r.attempts + 1, next_attempt_at = at_time + lease
    FROM (
        SELECT d.workspace_id, d.id FROM recordings d
        WHERE d.state = 'waiting' AND d.next_attempt_at <= at_time
        ORDER BY d.next_attempt_at
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ) due
    WHERE r.workspace_id = due.workspace_id AND r.id = due.id
    RETURNING r.workspace_id, r.id
$$;
