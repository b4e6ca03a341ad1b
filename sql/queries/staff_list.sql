-- The command line.
SELECT id, name, role, created_ms, disabled_ms FROM staff ORDER BY name
