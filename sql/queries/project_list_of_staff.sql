-- The member of staff herself: the projects she works on. Newest first.
SELECT p.id, p.title, p.west_deg, p.south_deg, p.east_deg, p.north_deg, p.base_maps, p.created_ms,
       (SELECT count(*) FROM session AS s WHERE s.project_id = p.id), p.own_groups
FROM project_staff AS w JOIN project AS p ON p.id = w.project_id
WHERE w.staff_id = :staff AND p.id < :before ORDER BY p.id DESC LIMIT :limit
