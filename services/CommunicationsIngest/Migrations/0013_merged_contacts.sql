-- Who was found to be whom, as the events told it so far, in whatever order they came: an undone merge may be heard of before the merge itself (absorbed_version 0).
CREATE TABLE contact_merges (
    workspace_id uuid NOT NULL,
    merge_id uuid NOT NULL,
    survivor_id uuid NOT NULL,
    absorbed_id uuid NOT NULL,
    absorbed_version bigint NOT NULL,
    is_undone boolean NOT NULL,
    PRIMARY KEY (workspace_id, merge_id)
);
CREATE INDEX contact_merges_absorbed ON contact_merges (workspace_id, absorbed_id);
CREATE INDEX contact_merges_survivor ON contact_merges (workspace_id, survivor_id);

-- No card because another contact absorbed this one: unlike a deleted one it may come back.
ALTER TABLE contact_cards ADD COLUMN is_absorbed boolean NOT NULL DEFAULT false;

-- The contact that a conversation was linked to, where contact_id is the one that absorbed it since.
ALTER TABLE conversations ADD COLUMN absorbed_contact_id uuid;
CREATE INDEX conversations_absorbed_contact ON conversations (workspace_id, absorbed_contact_id) WHERE absorbed_contact_id IS NOT NULL;

-- The end of the chain of merges. Of several merges of one contact the latest that is not undone holds; while events are still to come it might look like a ring, which is
-- walked once.
CREATE FUNCTION surviving_contact(wanted uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE way AS (
        SELECT wanted AS id, 0 AS step, ARRAY[wanted] AS seen
        UNION ALL
        SELECT next.survivor_id, way.step + 1, way.seen || next.survivor_id
        FROM way
        CROSS JOIN LATERAL (
            SELECT m.survivor_id FROM contact_merges m
            WHERE m.absorbed_id = way.id AND NOT m.is_undone
            ORDER BY m.absorbed_version DESC
            LIMIT 1
        ) next
        WHERE next.survivor_id <> ALL (way.seen)
    )
    SELECT id FROM way ORDER BY step DESC LIMIT 1
$$;
