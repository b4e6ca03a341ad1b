-- Written by the command line.
UPDATE staff SET password_hash = :password_hash WHERE id = :staff
