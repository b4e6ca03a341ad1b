-- Those who lead the project.
SELECT s.id, s.name, s.role, s.created_ms, s.disabled_ms
FROM project_staff AS w JOIN staff AS s ON s.id = w.staff_id
WHERE w.project_id = :project ORDER BY s.name
