-- Who made a contact and out of what; provenance is that of the fields that changed since, by name. Null: all of the contact is as it was made.
ALTER TABLE contacts
    ADD COLUMN language text,
    ADD COLUMN time_zone text,
    ADD COLUMN avatar text,
    ADD COLUMN custom_fields jsonb,
    ADD COLUMN created_by text,
    ADD COLUMN evidence jsonb,
    ADD COLUMN provenance jsonb,
    -- An absorbed contact: frozen as it was, without its identities, for the day its merge is undone. It goes when its survivor is deleted.
    ADD COLUMN merged_into uuid,
    ADD FOREIGN KEY (workspace_id, merged_into) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE;
CREATE INDEX contacts_merged_into ON contacts (workspace_id, merged_into) WHERE merged_into IS NOT NULL;

-- A shared one (an office's line, a family's address) does not by itself make two contacts one person. Provenance null: as the contact was made.
ALTER TABLE contact_identities
    ADD COLUMN is_shared boolean NOT NULL DEFAULT false,
    ADD COLUMN provenance jsonb;

-- What happened to a contact's card, a row for each version after the first. fields: [{field, before, after}].
CREATE TABLE contact_changes (
    workspace_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    actor_id text NOT NULL,
    changed_at timestamptz NOT NULL,
    evidence jsonb,
    fields jsonb NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, version),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);

-- Who did what in the workspace. Holds ids and names of fields, never a person's data, so that it outlives those it speaks of.
CREATE TABLE audit_entries (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    source text NOT NULL,
    actor_id text NOT NULL,
    action text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    subject_id text COLLATE "C",
    details jsonb NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
