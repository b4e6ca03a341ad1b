-- Whoever may see a session of this exercise.
SELECT document FROM exercise WHERE id = :exercise
