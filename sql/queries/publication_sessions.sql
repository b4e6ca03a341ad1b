-- Leads of the project, the edition job: how far each session is from being counted.
SELECT s.id, s.exercise_id, e.key, s.state = 'open', s.closed_ms, s.held_on,
       count(DISTINCT CASE WHEN c.state = 'approved' AND p.state = 'admitted'
                           AND json_extract(p.consent, '$.aggregate') THEN p.id END),
       count(CASE WHEN c.state <> 'approved' THEN 1 END),
       count(CASE WHEN c.state = 'approved' AND p.id IS NULL THEN 1 END),
       count(CASE WHEN c.state = 'approved' AND p.id IS NOT NULL
                  AND NOT (p.state = 'admitted' AND coalesce(json_extract(p.consent, '$.aggregate'), 0))
             THEN 1 END),
       s.admit = 'at_once'
FROM session AS s JOIN exercise AS e ON e.id = s.exercise_id
LEFT JOIN contribution AS c ON c.session_id = s.id
LEFT JOIN participant AS p ON p.id = c.participant_id
WHERE s.project_id = :project GROUP BY s.id ORDER BY s.id
