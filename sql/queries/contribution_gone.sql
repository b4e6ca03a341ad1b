-- The writer alone: whether a contribution of this id was deleted from the session.
SELECT 1 FROM contribution_gone WHERE session_id = :session AND uuid_hash = :uuid_hash
