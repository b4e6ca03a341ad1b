-- Written by those who lead the project.
UPDATE project SET title = :title, west_deg = :west_deg, south_deg = :south_deg, east_deg = :east_deg,
       north_deg = :north_deg, base_maps = :base_maps,
       own_groups = coalesce(:groups, own_groups)
WHERE id = :project
