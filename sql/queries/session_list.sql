-- Staff of the project. Newest first.
SELECT s.id, s.project_id, s.exercise_id, json_extract(e.document, '$.title'), s.title, s.place,
       s.held_on, s.west_deg, s.south_deg, s.east_deg, s.north_deg, s.precision_m, s.languages,
       s.consent, s.help_contacts, p.base_maps, s.seat_limit, s.admit = 'by_hand',
       s.approve = 'by_hand', s.free_text, s.state = 'open', s.version, s.created_ms, s.closed_ms,
       (SELECT count(*) FROM participant AS n WHERE n.session_id = s.id AND n.state <> 'removed'),
       (SELECT count(*) FROM contribution AS c WHERE c.session_id = s.id), p.own_groups
FROM session AS s JOIN project AS p ON p.id = s.project_id JOIN exercise AS e ON e.id = s.exercise_id
WHERE s.project_id = :project AND s.id < :before ORDER BY s.id DESC LIMIT :limit
