-- Leads of the project, the edition job, the start of the server (project 0: all). Newest first.
SELECT id, project_id, number, revision, published_on, overlays, file_hash
FROM edition WHERE :project IN (0, project_id) ORDER BY project_id, number DESC
