-- Written for whoever holds the receipt.
DELETE FROM participant WHERE id = :participant
