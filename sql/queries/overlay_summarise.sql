-- The writer alone, after its features were written: their number, kind and box.
UPDATE overlay
SET (feature_count, kind, west_deg, south_deg, east_deg, north_deg) =
  (SELECT count(*),
          CASE WHEN count(*) = 0 OR min(ST_Dimension(geometry)) < max(ST_Dimension(geometry)) THEN 'mixed'
               WHEN min(ST_Dimension(geometry)) = 0 THEN 'points'
               WHEN min(ST_Dimension(geometry)) = 1 THEN 'lines'
               ELSE 'areas' END,
          min(MbrMinX(geometry)), min(MbrMinY(geometry)), max(MbrMaxX(geometry)), max(MbrMaxY(geometry))
   FROM overlay_feature WHERE overlay_id = :overlay)
WHERE id = :overlay
