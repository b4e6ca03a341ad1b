-- The writer alone, when a session is closed: what nobody has chosen goes.
DELETE FROM contribution_conflict
WHERE contribution_id IN (SELECT id FROM contribution WHERE session_id = :session)
