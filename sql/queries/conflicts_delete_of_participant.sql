-- The writer alone, when a participant is removed: what she stored stays, what waits beside it goes.
DELETE FROM contribution_conflict
WHERE contribution_id IN (SELECT id FROM contribution WHERE participant_id = :participant)
