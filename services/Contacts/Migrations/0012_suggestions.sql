-- What was said of a contact by people and forms, a row for each value of each field, whatever became of it. open: it waits as a suggestion. closed: the field has, or had,
-- the value, or a later one took its place. The newest evidence is kept, and the times of the first and the last that said it: with them the outcome does not
-- depend on the order in which captures arrive.
CREATE TABLE captured_values (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    field text COLLATE "C" NOT NULL,
    -- The value as it is compared, and as it was said.
    key text COLLATE "C" NOT NULL,
    value text NOT NULL,
    status text COLLATE "C" NOT NULL,
    is_form boolean NOT NULL,
    source text NOT NULL,
    actor_id text NOT NULL,
    first_said_at timestamptz NOT NULL,
    said_at timestamptz NOT NULL,
    evidence jsonb,
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, contact_id, field, key),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX captured_values_status ON captured_values (workspace_id, status, created_at, id);

-- Captures of somebody who is not a contact yet: the call itself is still on its way. They wait a day.
CREATE TABLE waiting_captures (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    capture jsonb NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX waiting_captures_identity ON waiting_captures (workspace_id, kind, value);
CREATE INDEX waiting_captures_expires_at ON waiting_captures (expires_at);

-- Contacts that gave a phone or an email which another contact had: a sign that the two may be one person.
CREATE TABLE identity_claims (
    workspace_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    owner_id uuid NOT NULL,
    evidence jsonb,
    claimed_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, kind, value),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, owner_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX identity_claims_owner ON identity_claims (workspace_id, owner_id);

-- First names that were given on a phone, with a conversation each: different ones in different conversations tell a line that several people use.
CREATE TABLE spoken_names (
    workspace_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    first_name text COLLATE "C" NOT NULL,
    conversation_id uuid NOT NULL,
    is_in_several boolean NOT NULL,
    PRIMARY KEY (workspace_id, kind, value, first_name),
    FOREIGN KEY (workspace_id, kind, value) REFERENCES contact_identities (workspace_id, kind, value) ON DELETE CASCADE
);

-- The consent that holds for an identity, whether or not a contact has it.
CREATE TABLE consents (
    workspace_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    opted_out boolean NOT NULL,
    said_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, kind, value)
);

-- For all workspaces at once, which the service's role cannot see.
CREATE FUNCTION forget_waiting_captures(batch int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = public AS
$$
    WITH gone AS (
        DELETE FROM waiting_captures
        WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM waiting_captures WHERE expires_at < now() LIMIT batch)
        RETURNING 1
    )
    SELECT count(*)::int FROM gone
$$;
