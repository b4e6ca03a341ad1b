-- The server, to know whether a seat is free.
SELECT count(*) FROM participant WHERE session_id = :session AND state <> 'removed'
