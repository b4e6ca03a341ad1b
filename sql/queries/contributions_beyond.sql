-- Nobody: whether a session holds more than :count contributions, to choose an index.
SELECT 1 FROM contribution WHERE session_id = :session LIMIT 1 OFFSET :count
