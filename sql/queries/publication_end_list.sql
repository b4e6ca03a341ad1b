-- Leads of the project, the edition job, the start of the server (project 0: all).
SELECT project_id, exercise_key FROM exercise_end WHERE :project IN (0, project_id)
ORDER BY project_id, exercise_key
