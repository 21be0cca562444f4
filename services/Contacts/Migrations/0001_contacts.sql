-- What this service knows of a workspace. changed_at is null until its settings were heard of.
CREATE TABLE workspaces (
    workspace_id uuid PRIMARY KEY,
    default_country text NOT NULL,
    changed_at timestamptz
);

-- Texts that are searched by their beginning are kept folded in "C" order: under row-level security only leakproof comparisons reach an index, which
-- lower() and LIKE are not.
CREATE TABLE contacts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    name text,
    first_name text,
    last_name text,
    company text,
    notes text,
    source text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    name_key text COLLATE "C",
    last_name_key text COLLATE "C",
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX contacts_created_at ON contacts (workspace_id, created_at, id);
CREATE INDEX contacts_updated_at ON contacts (workspace_id, updated_at, id);
CREATE INDEX contacts_name_key ON contacts (workspace_id, name_key) WHERE name_key IS NOT NULL;
CREATE INDEX contacts_last_name_key ON contacts (workspace_id, last_name_key) WHERE last_name_key IS NOT NULL;

-- By what a contact is recognised: one contact per value, whatever arrives at the same moment.
CREATE TABLE contact_identities (
    workspace_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    contact_id uuid NOT NULL,
    is_primary boolean NOT NULL,
    created_at timestamptz NOT NULL,
    -- For finding a phone by its last digits.
    reversed text COLLATE "C" GENERATED ALWAYS AS (CASE WHEN kind = 'phone' THEN reverse(value) END) STORED,
    PRIMARY KEY (workspace_id, kind, value),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_identities_contact ON contact_identities (workspace_id, contact_id);
CREATE UNIQUE INDEX contact_identities_primary ON contact_identities (workspace_id, contact_id, kind) WHERE is_primary;
CREATE INDEX contact_identities_reversed ON contact_identities (workspace_id, reversed) WHERE reversed IS NOT NULL;

-- key is the name as it is compared: folded to lower case.
CREATE TABLE tags (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    key text COLLATE "C" NOT NULL,
    color text NOT NULL,
    is_system boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, key)
);

CREATE TABLE contact_tags (
    workspace_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, tag_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, tag_id) REFERENCES tags (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_tags_tag ON contact_tags (workspace_id, tag_id, contact_id);

-- What moves on every interaction, apart from the wide indexed row; no index but the key, and room on each page, so that updates stay in place.
CREATE TABLE contact_activity (
    workspace_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    version bigint NOT NULL,
    last_contact_at timestamptz NOT NULL,
    call_count int NOT NULL,
    message_count int NOT NULL,
    chat_count int NOT NULL,
    PRIMARY KEY (workspace_id, contact_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
) WITH (fillfactor = 70);
