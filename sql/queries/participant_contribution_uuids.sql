-- Whoever holds the receipt, to tell the live map what goes.
SELECT uuid FROM contribution WHERE participant_id = :participant ORDER BY id
