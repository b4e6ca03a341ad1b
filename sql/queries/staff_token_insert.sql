-- Written at sign-in. The token itself is with the browser alone.
INSERT INTO staff_token (token_hash, staff_id, created_ms, expires_ms)
VALUES (:token_hash, :staff, :now_ms, :expires_ms)
