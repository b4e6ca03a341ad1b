-- The participant herself: the groups she says are hers, as far as the project still has them; and the project's.
SELECT (SELECT json_group_array(json_extract(g.value, '$.id')) FROM json_each(r.own_groups) AS g
        WHERE json_extract(g.value, '$.id') IN (SELECT value FROM json_each(p.own_groups))),
       r.own_groups, s.state = 'open'
FROM participant AS p JOIN session AS s ON s.id = p.session_id JOIN project AS r ON r.id = s.project_id
WHERE p.id = :participant
