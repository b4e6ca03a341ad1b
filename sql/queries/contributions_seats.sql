-- Leads and researchers of the session's project: how many participants wait, and how many are in.
SELECT state, count(*) FROM participant WHERE session_id = :session GROUP BY state
