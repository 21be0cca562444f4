-- Uploaded pictures of contacts, in every size that is served. hash names the picture: contacts.avatar holds that of the one which is shown, the earlier ones stay for the
-- day the change is taken back. It comes first in the key because after a merge the survivor shows what was uploaded for the contact it absorbed.
CREATE TABLE avatars (
    workspace_id uuid NOT NULL,
    hash text COLLATE "C" NOT NULL,
    size int NOT NULL,
    contact_id uuid NOT NULL,
    content bytea NOT NULL,
    uploaded_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, hash, size, contact_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX avatars_contact ON avatars (workspace_id, contact_id, uploaded_at);
-- WebP does not compress any further.
ALTER TABLE avatars ALTER COLUMN content SET STORAGE EXTERNAL;
