-- The writer alone, for the author the service checked.
UPDATE contribution
SET category = :category, answers = :answers, body_hash = :body_hash, state = :state,
    version = version + 1, content_version = version + 1, changed_ms = :now_ms, geometry = :geometry
WHERE id = :id
