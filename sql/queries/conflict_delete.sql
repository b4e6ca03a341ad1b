-- The writer alone, for a lead of the project who has chosen.
DELETE FROM contribution_conflict WHERE contribution_id = :contribution
