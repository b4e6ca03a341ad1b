-- The server, to know whether somebody works on a project.
SELECT 1 FROM project_staff WHERE project_id = :project AND staff_id = :staff
