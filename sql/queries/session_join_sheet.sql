-- Those who lead the project; sealed, so that a copy of the file opens no door.
SELECT join_sealed, join_expires_ms FROM session
WHERE id = :session AND join_sealed IS NOT NULL AND join_expires_ms > :now_ms
