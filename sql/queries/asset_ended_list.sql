-- The server, and the command line: what editions may hold although it is shared no more (project 0: of all).
SELECT asset_id, project_id FROM asset_ended WHERE :project IN (0, project_id) ORDER BY project_id, id
