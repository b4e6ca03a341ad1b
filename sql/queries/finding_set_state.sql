-- Written by those who lead the project.
UPDATE finding SET state = :state, agreed_ms = :agreed_ms, version = version + 1 WHERE id = :finding
