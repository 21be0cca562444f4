-- The workspace's own fields of contacts; their values stand in contacts.custom_fields by key. choices in their order; empty for types that have none.
CREATE TABLE custom_fields (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    label text NOT NULL,
    type text NOT NULL,
    choices text[] NOT NULL,
    description text,
    position int NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, key)
);

-- The values once more, for finding contacts by them: a row each, several for a field with several choices. Under row-level security only leakproof comparisons
-- reach an index, which those of jsonb and numeric are not. text is folded, and cut where it is longer than an index takes.
CREATE TABLE contact_field_values (
    workspace_id uuid NOT NULL,
    field text COLLATE "C" NOT NULL,
    contact_id uuid NOT NULL,
    text text COLLATE "C",
    number float8,
    date date,
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_field_values_contact ON contact_field_values (workspace_id, contact_id, field);
CREATE INDEX contact_field_values_text ON contact_field_values (workspace_id, field, text, contact_id) WHERE text IS NOT NULL;
CREATE INDEX contact_field_values_number ON contact_field_values (workspace_id, field, number, contact_id) WHERE number IS NOT NULL;
CREATE INDEX contact_field_values_date ON contact_field_values (workspace_id, field, date, contact_id) WHERE date IS NOT NULL;
-- How often a value occurs depends on its field: nearly all fields never have it.
CREATE STATISTICS contact_field_values_text_of_field (mcv, ndistinct) ON field, text FROM contact_field_values;

-- Contacts that changed all together (a tag was renamed) and are still to be told of, a page to a row, written with the change.
CREATE TABLE mass_change_pages (
    workspace_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_ids uuid[] NOT NULL,
    field text NOT NULL,
    source text NOT NULL,
    actor_id text NOT NULL,
    trace_parent text,
    PRIMARY KEY (workspace_id, id)
);

-- One job serves all workspaces, which the service's role cannot see.
CREATE FUNCTION workspaces_with_mass_changes() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT DISTINCT workspace_id FROM mass_change_pages LIMIT 100
$$;
