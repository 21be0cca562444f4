-- What the tests' handlers applied, and how often: a second application is a fault.
CREATE TABLE applied (
    workspace_id uuid NOT NULL,
    consumer text NOT NULL,
    interaction_id uuid NOT NULL,
    times int NOT NULL DEFAULT 1,
    PRIMARY KEY (workspace_id, consumer, interaction_id)
);
