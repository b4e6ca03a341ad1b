-- The writer alone, for the author or a lead of the project.
DELETE FROM contribution WHERE id = :id
