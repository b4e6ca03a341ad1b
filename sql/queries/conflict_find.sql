-- The writer alone, for a lead of the project: what waits beside one contribution.
SELECT based_on, kind, geometry, category, answers, at_ms FROM contribution_conflict
WHERE contribution_id = :contribution
