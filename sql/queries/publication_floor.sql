-- Leads of the project, the edition job.
SELECT publish_floor, own_groups FROM project WHERE id = :project
