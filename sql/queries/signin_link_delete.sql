-- Written when a link is used: it is good once.
DELETE FROM signin_link WHERE token_hash = :token_hash
