-- Written by those who lead the project. All NULL and 0: revoked.
UPDATE session SET join_code_hmac = :code_hmac, join_secret_hmac = :secret_hmac, join_sealed = :sealed,
       join_expires_ms = :expires_ms
WHERE id = :session
