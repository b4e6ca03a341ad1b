-- Staff of the project.
SELECT f.id, f.session_id, s.project_id, e.key, s.held_on, f.geometry, f.statement, f.recommendation,
       f.who, f.urgency, f.language, f.state, f.agreed_ms, f.created_ms, f.version
FROM finding AS f JOIN session AS s ON s.id = f.session_id JOIN exercise AS e ON e.id = s.exercise_id
WHERE f.id = :finding
