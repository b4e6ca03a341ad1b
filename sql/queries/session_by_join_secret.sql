-- The server, for somebody who scanned the QR code.
SELECT id, state = 'open' FROM session
WHERE join_secret_hmac = :secret_hmac AND join_expires_ms > :now_ms
