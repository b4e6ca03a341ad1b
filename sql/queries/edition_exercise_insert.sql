-- Written by the edition job.
INSERT INTO edition_exercise (edition_id, exercise_key, since, people, base_m)
VALUES (:edition, :key, :since, :people, :base_m)
