-- Written by those who lead the project. The token ends at once.
UPDATE participant SET state = 'removed', token_hash = NULL WHERE id = :participant
