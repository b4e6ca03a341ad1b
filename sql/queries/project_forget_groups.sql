-- Written by those who lead the project: what was said of groups that it has no more.
UPDATE participant
SET own_groups = (SELECT json_group_array(mine.value) FROM json_each(participant.own_groups) AS mine
                  WHERE mine.value IN (SELECT json_extract(g.value, '$.id')
                                       FROM project AS r, json_each(r.own_groups) AS g WHERE r.id = :project))
WHERE session_id IN (SELECT id FROM session WHERE project_id = :project)
  AND EXISTS (SELECT 1 FROM json_each(participant.own_groups) AS mine
              WHERE mine.value NOT IN (SELECT json_extract(g.value, '$.id')
                                       FROM project AS r, json_each(r.own_groups) AS g WHERE r.id = :project))
