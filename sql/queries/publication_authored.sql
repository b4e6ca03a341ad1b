-- Leads of the project: how much is agreed or given to be published, and how much might be.
SELECT count(CASE WHEN f.state = 'agreed' THEN 1 END), count(CASE WHEN f.state = 'draft' THEN 1 END),
       (SELECT count(a.id) FROM session AS s JOIN contribution AS c ON c.session_id = s.id
        JOIN shared_asset AS a ON a.contribution_id = c.id WHERE s.project_id = :project),
       (SELECT count(*) FROM session AS s JOIN exercise AS e ON e.id = s.exercise_id
        JOIN contribution AS c ON c.session_id = s.id JOIN participant AS p ON p.id = c.participant_id
        WHERE s.project_id = :project AND json_extract(e.document, '$.sensitivity') = 'standard'
          AND c.state = 'approved' AND json_extract(c.answers, '$.shareable') = 'public'
          AND p.state = 'admitted' AND json_extract(p.consent, '$.aggregate'))
FROM session AS s JOIN finding AS f ON f.session_id = s.id WHERE s.project_id = :project
