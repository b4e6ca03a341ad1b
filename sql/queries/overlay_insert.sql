-- The writer alone, for a lead of the project.
INSERT INTO overlay (project_id, title, kind, colour, attribution, created_ms)
VALUES (:project, :title, 'mixed', :colour, :attribution, :now_ms)
