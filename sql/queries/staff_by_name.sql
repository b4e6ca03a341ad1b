-- Sign-in alone: the password hash never leaves the service.
SELECT id, role, password_hash FROM staff WHERE name = :name AND disabled_ms = 0
