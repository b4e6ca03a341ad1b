-- Written by the edition job.
INSERT INTO edition_session (edition_id, session_id)
SELECT :edition, id FROM session WHERE id = :session
