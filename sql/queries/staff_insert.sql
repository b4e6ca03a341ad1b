-- Written by the command line.
INSERT INTO staff (name, role, password_hash, created_ms) VALUES (:name, :role, :password_hash, :now_ms)
