-- People belong to no workspace: one person may be a member of many. ASP.NET Core Identity keeps them, through EF Core (Users/UsersContext.cs).
CREATE TABLE users (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    email text NOT NULL,
    normalized_email text NOT NULL,
    user_name text NOT NULL,
    normalized_user_name text NOT NULL,
    password_hash text NOT NULL,
    security_stamp text NOT NULL,
    concurrency_stamp text NOT NULL,
    lockout_end timestamptz,
    lockout_enabled boolean NOT NULL,
    access_failed_count int NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX users_normalized_email ON users (normalized_email);
CREATE UNIQUE INDEX users_normalized_user_name ON users (normalized_user_name);

CREATE TABLE workspaces (
    workspace_id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    default_country text NOT NULL CHECK (default_country ~ '^[A-Z]{2}$'),
    is_bootstrap boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
);
-- The one that configuration asked for; it keeps being that one when it is renamed.
CREATE UNIQUE INDEX workspaces_bootstrap ON workspaces (is_bootstrap) WHERE is_bootstrap;

CREATE TABLE members (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    user_id uuid NOT NULL REFERENCES users,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'read_only')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
);
CREATE INDEX members_page ON members (workspace_id, created_at, user_id);
CREATE INDEX members_user_id ON members (user_id);

-- A person's, not a workspace's: it outlives a switch from one workspace to another.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL REFERENCES users,
    chosen_workspace_id uuid REFERENCES workspaces,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash);
CREATE INDEX sessions_user_id ON sessions (user_id);

CREATE TABLE api_keys (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    id uuid NOT NULL,
    key_hash bytea NOT NULL,
    hint text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    scopes text[] NOT NULL,
    rate_limit int CHECK (rate_limit > 0),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX api_keys_key_hash ON api_keys (key_hash);
CREATE INDEX api_keys_page ON api_keys (workspace_id, created_at, id);

-- The pair that signs internal tokens: made at the first start, shared by the replicas.
CREATE TABLE signing_keys (
    id uuid PRIMARY KEY,
    pkcs8 bytea NOT NULL,
    created_at timestamptz NOT NULL
);

-- What follows crosses workspaces: before a credential is resolved there is none.

CREATE FUNCTION resolve_api_key(hash bytea, at timestamptz)
RETURNS TABLE (credential_id uuid, actor_id uuid, workspace_id uuid, role text, scopes text[], rate_limit int, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
    found_key api_keys%ROWTYPE;
BEGIN
    SELECT k.* INTO found_key FROM api_keys k WHERE k.key_hash = hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > at);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- At most once a minute, so that a busy key does not rewrite its row on each look-up.
    IF found_key.last_used_at IS NULL OR found_key.last_used_at < at - interval '1 minute' THEN
        UPDATE api_keys k SET last_used_at = at WHERE k.workspace_id = found_key.workspace_id AND k.id = found_key.id;
    END IF;
    RETURN QUERY SELECT found_key.id, found_key.id, found_key.workspace_id, NULL::text, found_key.scopes, found_key.rate_limit, found_key.expires_at;
END
$$;

CREATE FUNCTION resolve_session(hash bytea, at timestamptz, life interval)
RETURNS TABLE (credential_id uuid, actor_id uuid, workspace_id uuid, role text, scopes text[], rate_limit int, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
    found_session sessions%ROWTYPE;
BEGIN
    SELECT s.* INTO found_session FROM sessions s WHERE s.token_hash = hash AND s.revoked_at IS NULL AND s.expires_at > at;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF found_session.last_used_at < at - interval '1 minute' THEN
        UPDATE sessions s SET last_used_at = at, expires_at = at + life WHERE s.id = found_session.id AND s.revoked_at IS NULL;
    END IF;
    -- A workspace that the person is no longer a member of is as good as none chosen.
    RETURN QUERY
        SELECT found_session.id, found_session.user_id, m.workspace_id, m.role, NULL::text[], NULL::int, found_session.expires_at
        FROM (SELECT) one
        LEFT JOIN members m ON m.workspace_id = found_session.chosen_workspace_id AND m.user_id = found_session.user_id;
END
$$;

CREATE FUNCTION memberships_of(person uuid)
RETURNS TABLE (workspace_id uuid, name text, default_country text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT w.workspace_id, w.name, w.default_country, m.role
    FROM members m JOIN workspaces w ON w.workspace_id = m.workspace_id
    WHERE m.user_id = person
    ORDER BY m.created_at, w.workspace_id
$$;

CREATE FUNCTION bootstrap_workspace() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT workspace_id FROM workspaces WHERE is_bootstrap
$$;
