-- Written by those who lead the project.
UPDATE participant SET state = 'admitted' WHERE id = :participant
