-- Written by whoever leads.
INSERT INTO project (title, west_deg, south_deg, east_deg, north_deg, base_map, created_ms)
VALUES (:title, :west_deg, :south_deg, :east_deg, :north_deg, :base_map, :now_ms)
