-- Leads and researchers of the session's project, as a heat map alone.
SELECT category, state, geometry FROM contribution WHERE session_id = :session
