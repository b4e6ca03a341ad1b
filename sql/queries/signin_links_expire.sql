-- Written at sign-in: nobody needs a link that has ended.
DELETE FROM signin_link WHERE expires_ms <= :now_ms
