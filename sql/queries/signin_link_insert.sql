-- Written by the command line. The link's token is with its receiver alone.
INSERT INTO signin_link (token_hash, staff_id, expires_ms) VALUES (:token_hash, :staff, :expires_ms)
