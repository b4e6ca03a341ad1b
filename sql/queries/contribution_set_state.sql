-- The writer alone, for a lead of the project.
UPDATE contribution SET state = :state, version = version + 1, changed_ms = :now_ms WHERE id = :id
