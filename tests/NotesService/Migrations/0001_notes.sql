CREATE TABLE notes (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
