-- Written by the edition job and by the start of the server: an edition that was never published.
DELETE FROM edition WHERE id = :edition
