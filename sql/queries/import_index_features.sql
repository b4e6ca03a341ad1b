-- The writer alone, after an import: the index entries that the trigger makes row by row, at once.
INSERT INTO idx_overlay_feature_geometry (pkid, xmin, xmax, ymin, ymax)
SELECT id, MbrMinX(geometry), MbrMaxX(geometry), MbrMinY(geometry), MbrMaxY(geometry)
FROM overlay_feature WHERE id > :after
