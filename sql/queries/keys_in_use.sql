-- The server and `repere doctor`: whether anything hangs on the keys. No row is shown.
SELECT EXISTS (SELECT 1 FROM participant WHERE receipt_hmac IS NOT NULL),
       EXISTS (SELECT 1 FROM session WHERE join_sealed IS NOT NULL AND join_expires_ms > :now_ms)
