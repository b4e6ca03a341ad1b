-- The edition job alone: what counts, of sessions closed long enough ago.
SELECT s.id, s.exercise_id, p.contributor, p.own_groups, c.answers, c.geometry
FROM session AS s JOIN exercise AS e ON e.id = s.exercise_id
JOIN contribution AS c ON c.session_id = s.id JOIN participant AS p ON p.id = c.participant_id
WHERE s.project_id = :project AND e.key = :key AND s.state = 'closed' AND s.closed_ms <= :closed_ms
  AND c.state = 'approved' AND p.state = 'admitted' AND json_extract(p.consent, '$.aggregate')
