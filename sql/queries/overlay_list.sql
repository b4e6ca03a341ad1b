-- Staff of the project, participants of its sessions.
SELECT id, project_id, title, kind, colour, attribution, feature_count, west_deg, south_deg, east_deg, north_deg
FROM overlay WHERE project_id = :project ORDER BY title COLLATE NOCASE, id
