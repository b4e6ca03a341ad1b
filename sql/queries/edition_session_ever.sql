-- Leads of the project, the edition job: the sessions whose people any edition of the project counted.
SELECT DISTINCT s.session_id FROM edition AS e JOIN edition_session AS s ON s.edition_id = e.id
WHERE e.project_id = :project ORDER BY s.session_id
