-- The writer alone, for a lead of the project.
DELETE FROM overlay WHERE id = :overlay
