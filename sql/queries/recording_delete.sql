-- The writer alone, for a lead of the project.
DELETE FROM recording WHERE project_id = :project AND id = :recording
