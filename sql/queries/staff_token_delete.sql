-- Written at sign-out, and at sign-in for the token that was shown.
DELETE FROM staff_token WHERE token_hash = :token_hash
