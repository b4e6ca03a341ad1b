-- Written by the participant herself.
UPDATE participant SET token_hash = NULL WHERE id = :participant
