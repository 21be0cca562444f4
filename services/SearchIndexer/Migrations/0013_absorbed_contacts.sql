-- Not to be found because another contact absorbed this one: unlike a deleted one it may come back, with its activity.
ALTER TABLE contacts ADD COLUMN is_absorbed boolean NOT NULL DEFAULT false;
