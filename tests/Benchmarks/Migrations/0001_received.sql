CREATE TABLE received (
    workspace_id uuid NOT NULL,
    interaction_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, interaction_id)
);
