-- The business's own numbers, which never become contacts.
CREATE TABLE own_numbers (
    workspace_id uuid NOT NULL,
    number text COLLATE "C" NOT NULL,
    is_own boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
