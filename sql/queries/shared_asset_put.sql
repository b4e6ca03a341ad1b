-- Written by those who lead the project.
INSERT INTO shared_asset (project_id, contribution_id, title, approved_by, approved_ms)
SELECT s.project_id, c.id, :title, :staff, :now_ms
FROM contribution AS c JOIN session AS s ON s.id = c.session_id WHERE c.id = :contribution
ON CONFLICT (contribution_id) DO UPDATE
SET title = excluded.title, approved_by = excluded.approved_by, approved_ms = excluded.approved_ms
