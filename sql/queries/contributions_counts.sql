-- Leads and researchers of the session's project.
SELECT state, category, count(*) FROM contribution WHERE session_id = :session GROUP BY state, category
