-- The server, for somebody who typed a code.
SELECT id, state = 'open' FROM session WHERE join_code_hmac = :code_hmac AND join_expires_ms > :now_ms
