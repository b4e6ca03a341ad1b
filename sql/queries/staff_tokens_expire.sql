-- Written at sign-in: nobody needs a token that has ended.
DELETE FROM staff_token WHERE expires_ms <= :now_ms
