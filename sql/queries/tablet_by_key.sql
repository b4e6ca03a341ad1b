-- The server, to know at the door which tablet it is.
SELECT id, state = 'revoked' FROM tablet WHERE key_hash = :key_hash
