-- The server, to know whose link it is.
SELECT l.staff_id FROM signin_link AS l JOIN staff AS s ON s.id = l.staff_id
WHERE l.token_hash = :token_hash AND l.expires_ms > :now_ms AND s.disabled_ms = 0
