-- Written by those who lead the project.
UPDATE tablet SET state = iif(:revoked, 'revoked', 'in_use') WHERE id = :tablet
