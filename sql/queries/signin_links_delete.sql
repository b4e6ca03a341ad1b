-- Written when an account is disabled or gets another password.
DELETE FROM signin_link WHERE staff_id = :staff
