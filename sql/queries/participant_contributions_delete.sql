-- Written for whoever holds the receipt.
DELETE FROM contribution WHERE participant_id = :participant
