-- Written by those who lead the project.
INSERT INTO project_staff (project_id, staff_id) VALUES (:project, :staff)
ON CONFLICT DO NOTHING
