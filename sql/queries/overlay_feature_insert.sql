-- The writer alone, for a lead of the project.
INSERT INTO overlay_feature (overlay_id, label, properties, geometry)
VALUES (:overlay, :label, :properties, :geometry)
