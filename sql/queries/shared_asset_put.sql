-- Written by those who lead the project.
INSERT INTO shared_asset (contribution_id, title, approved_by, approved_ms)
VALUES (:contribution, :title, :staff, :now_ms)
ON CONFLICT (contribution_id) DO UPDATE
SET title = excluded.title, approved_by = excluded.approved_by, approved_ms = excluded.approved_ms
