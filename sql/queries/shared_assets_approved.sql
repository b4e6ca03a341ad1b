-- The edition job: what everybody may see once it is published. In the order they were approved first.
SELECT c.id, c.session_id, c.uuid, c.category, c.answers, c.geometry, s.exercise_id, e.key, s.held_on,
       s.precision_m, a.id, a.title, a.approved_ms
FROM session AS s
JOIN exercise AS e ON e.id = s.exercise_id
JOIN contribution AS c ON c.session_id = s.id
JOIN participant AS p ON p.id = c.participant_id
JOIN shared_asset AS a ON a.contribution_id = c.id
WHERE s.project_id = :project AND json_extract(e.document, '$.sensitivity') = 'standard'
  AND c.state = 'approved' AND json_extract(c.answers, '$.shareable') = 'public'
  AND p.state = 'admitted' AND json_extract(p.consent, '$.aggregate')
ORDER BY a.id
