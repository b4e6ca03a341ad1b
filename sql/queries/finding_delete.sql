-- Written by those who lead the project.
DELETE FROM finding WHERE id = :finding
