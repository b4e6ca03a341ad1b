-- Written by those who lead the project: tokens that a shut-out tablet holds are kept to answer it why, and
-- go before it is let in again or forgotten. 0: of all such tablets of the session.
UPDATE participant SET token_hash = NULL
WHERE tablet_id IN (SELECT id FROM tablet
                    WHERE session_id = :session AND state = 'revoked' AND :tablet IN (0, id))
