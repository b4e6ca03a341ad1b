-- Written by those who lead the project.
DELETE FROM project_staff WHERE project_id = :project AND staff_id = :staff
