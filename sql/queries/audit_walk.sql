-- The command line.
SELECT id, staff_id, at_ms, action, object, chain FROM staff_audit ORDER BY id
