-- Every table that has a workspace_id shows and takes only the rows of the workspace that the transaction is set to (none, where it is set to none).
-- Runs after each migration, so that a new table cannot be forgotten; touches only tables that are not protected yet.
DO $$
DECLARE
    unprotected regclass;
BEGIN
    FOR unprotected IN
        SELECT c.oid::regclass
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p')
          AND (NOT c.relforcerowsecurity OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'workspace_isolation'))
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', unprotected);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', unprotected);
        EXECUTE format('DROP POLICY IF EXISTS workspace_isolation ON %s', unprotected);
        EXECUTE format(
            'CREATE POLICY workspace_isolation ON %s USING (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)',
            unprotected);
        -- The owner runs migrations and the few SECURITY DEFINER functions that must cross workspaces; on a managed server it is no superuser.
        EXECUTE format('DROP POLICY IF EXISTS owner_sees_all ON %s', unprotected);
        EXECUTE format('CREATE POLICY owner_sees_all ON %s TO CURRENT_USER USING (true)', unprotected);
    END LOOP;
END
$$;
