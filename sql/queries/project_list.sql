-- Administrators. Newest first.
SELECT p.id, p.title, p.west_deg, p.south_deg, p.east_deg, p.north_deg, p.base_maps, p.created_ms,
       (SELECT count(*) FROM session AS s WHERE s.project_id = p.id), p.own_groups
FROM project AS p WHERE p.id < :before ORDER BY p.id DESC LIMIT :limit
