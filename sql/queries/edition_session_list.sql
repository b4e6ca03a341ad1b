-- Leads of the project, the edition job: the sessions whose people an edition counted.
SELECT session_id FROM edition_session WHERE edition_id = :edition ORDER BY session_id
