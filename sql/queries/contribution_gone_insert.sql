-- The writer alone, with the deletion of the contribution.
INSERT OR IGNORE INTO contribution_gone (session_id, uuid_hash) VALUES (:session, :uuid_hash)
