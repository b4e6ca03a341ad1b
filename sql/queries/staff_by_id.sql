-- The member of staff herself.
SELECT id, name, role, created_ms, disabled_ms FROM staff WHERE id = :staff
