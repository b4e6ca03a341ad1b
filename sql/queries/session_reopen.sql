-- Written by those who lead the project.
UPDATE session SET state = 'open', closed_ms = 0, version = version + 1 WHERE id = :session
