-- Staff of the project; what was withdrawn is for leads alone. Newest first.
SELECT f.id, f.session_id, s.project_id, e.key, s.held_on, f.geometry, f.statement, f.recommendation,
       f.who, f.urgency, f.language, f.state, f.agreed_ms, f.created_ms, f.version
FROM finding AS f JOIN session AS s ON s.id = f.session_id JOIN exercise AS e ON e.id = s.exercise_id
WHERE s.project_id = :project AND f.id < :before AND (:withdrawn_too OR f.state <> 'withdrawn')
ORDER BY f.id DESC LIMIT :limit
