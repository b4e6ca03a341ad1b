-- The server, to know who asks.
SELECT s.id, s.role FROM staff_token AS t JOIN staff AS s ON s.id = t.staff_id
WHERE t.token_hash = :token_hash AND t.expires_ms > :now_ms AND s.disabled_ms = 0
