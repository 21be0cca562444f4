-- The keys that encrypt cookies, shared by all replicas. They belong to the installation, not to a workspace.
CREATE TABLE data_protection_keys (
    name text PRIMARY KEY,
    xml text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
