-- Written by whoever leads.
INSERT INTO project (title, west_deg, south_deg, east_deg, north_deg, base_maps, own_groups,
  created_ms)
VALUES (:title, :west_deg, :south_deg, :east_deg, :north_deg, :base_maps, coalesce(:groups, '[]'),
  :now_ms)
