-- Written by those who lead the project, on closing its session.
DELETE FROM tablet WHERE session_id = :session
