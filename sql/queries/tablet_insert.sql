-- Written on joining. Tablets are numbered in the order they came.
INSERT INTO tablet (session_id, number, key_hash)
SELECT :session, coalesce(max(number), 0) + 1, :key_hash FROM tablet WHERE session_id = :session
