-- A chat widget on a business's own web site.
CREATE TABLE chat_widgets (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    allowed_origins text[] NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX chat_widgets_id ON chat_widgets (id);

-- The page knows its widget's id; that is all a visitor's first request can show.
CREATE FUNCTION workspace_of_widget(wanted uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT workspace_id FROM chat_widgets WHERE id = wanted
$$;

-- A browser asks before it knows a widget (CORS preflight): any widget of the installation that allows the origin will do; the widget itself is checked by the request.
CREATE FUNCTION is_chat_origin(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT FROM chat_widgets WHERE allowed_origins @> ARRAY[wanted])
$$;
CREATE INDEX chat_widgets_origins ON chat_widgets USING gin (allowed_origins);

-- A browser that chatted. Recognised by its token (kept as SHA-256), whatever it says its name is.
CREATE TABLE chat_visitors (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    name text,
    email text,
    phone text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX chat_visitors_token ON chat_visitors (token_hash);

CREATE FUNCTION visitor_of_token(wanted bytea) RETURNS TABLE (workspace_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT v.workspace_id, v.id FROM chat_visitors v WHERE v.token_hash = wanted
$$;

CREATE TABLE chat_sessions (
    workspace_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    visitor_id uuid NOT NULL,
    widget_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, visitor_id) REFERENCES chat_visitors
);
