-- The edition job, `repere doctor` (project 0: all): which exercises editions were ever made of.
SELECT DISTINCT e.project_id, x.exercise_key FROM edition AS e JOIN edition_exercise AS x ON x.edition_id = e.id
WHERE :project IN (0, e.project_id) ORDER BY e.project_id, x.exercise_key
