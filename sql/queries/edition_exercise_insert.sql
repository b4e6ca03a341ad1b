-- Written by the edition job.
INSERT INTO edition_exercise (edition_id, exercise_key, since, people)
VALUES (:edition, :key, :since, :people)
