-- Written by those who lead the project. The way in ends with the session.
UPDATE session SET state = 'closed', closed_ms = :now_ms, version = version + 1, join_code_hmac = NULL,
       join_secret_hmac = NULL, join_sealed = NULL, join_expires_ms = 0
WHERE id = :session
