-- The writer alone, for the author the service checked: the latest takes the place of the one before.
INSERT OR REPLACE INTO contribution_conflict (contribution_id, based_on, kind, geometry, category, answers, at_ms)
VALUES (:contribution, :based_on, :kind, :geometry, :category, :answers, :now_ms)
