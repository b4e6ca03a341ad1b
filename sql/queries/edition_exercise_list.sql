-- Leads of the project, the edition job.
SELECT exercise_key, since, people, base_m FROM edition_exercise WHERE edition_id = :edition ORDER BY exercise_key
