-- Written when an account is disabled or gets another password.
DELETE FROM staff_token WHERE staff_id = :staff
