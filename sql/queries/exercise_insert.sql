-- Written by whoever leads the project; templates by the program itself.
INSERT INTO exercise (project_id, key, version, document, created_ms)
VALUES (nullif(:project, 0), :key, :version, :document, :now_ms)
ON CONFLICT DO NOTHING
