-- Written by those who lead the project: something was taken out of a published edition.
UPDATE edition SET revision = :revision, file_hash = :file_hash WHERE id = :edition
