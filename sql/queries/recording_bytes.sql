-- Leads of the project, participants of a session of it.
SELECT r.bytes FROM recording AS r WHERE r.project_id = :project AND r.id = :recording
