-- Written by those who lead the project.
INSERT INTO exercise_end (project_id, exercise_key, ended_ms) VALUES (:project, :key, :now_ms)
ON CONFLICT DO NOTHING
