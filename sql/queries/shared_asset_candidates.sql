-- Those who lead the project. What its author gave for everybody, of exercises that are not sensitive; newest first.
SELECT c.id, c.session_id, c.uuid, c.category, c.answers, c.geometry, s.exercise_id, e.key, s.held_on,
       s.precision_m, a.id, a.title, a.approved_ms
FROM session AS s
JOIN exercise AS e ON e.id = s.exercise_id
JOIN contribution AS c ON c.session_id = s.id
JOIN participant AS p ON p.id = c.participant_id
LEFT JOIN shared_asset AS a ON a.contribution_id = c.id
WHERE s.project_id = :project AND c.id < :before AND json_extract(e.document, '$.sensitivity') = 'standard'
  AND c.state = 'approved' AND json_extract(c.answers, '$.shareable') = 'public'
  AND p.state = 'admitted' AND json_extract(p.consent, '$.aggregate')
ORDER BY c.id DESC LIMIT :limit
