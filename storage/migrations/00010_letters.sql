-- E-mails to contacts stand in the outbox beside what people of the installation
-- are told.

-- html is '' for text alone. from_email and reply_to are '' for the mail server's
-- own sender. unsubscribe is the end of the address by which the contact
-- unsubscribes, '' for a message that has none. step is the step's path in the
-- run.
ALTER TABLE messages ADD COLUMN html TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN from_name TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN from_email TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN contact_id TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN run_id TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';
CREATE INDEX messages_contact ON messages (workspace_id, contact_id, id) WHERE contact_id <> '';

ALTER TABLE workspaces ADD COLUMN sender_reply_to TEXT NOT NULL DEFAULT '';
