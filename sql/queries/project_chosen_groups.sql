-- The writer alone, for those who lead the project: which groups anybody says are hers, never who.
SELECT DISTINCT g.value FROM session AS s JOIN participant AS p ON p.session_id = s.id, json_each(p.own_groups) AS g
WHERE s.project_id = :project
