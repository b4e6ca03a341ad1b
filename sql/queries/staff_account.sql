-- The command line, and adding somebody to a project. By name in any case; disabled accounts too.
SELECT id, name, role, created_ms, disabled_ms FROM staff WHERE name = :name
