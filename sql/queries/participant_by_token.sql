-- The server, to know who asks.
SELECT id, session_id FROM participant
WHERE token_hash = :token_hash AND joined_ms > :since_ms AND state <> 'removed'
