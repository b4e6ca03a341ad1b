-- Staff of the project, participants of the session. Without the two counts.
SELECT s.id, s.project_id, s.exercise_id, json_extract(e.document, '$.title'), s.title, s.place,
       s.held_on, s.west_deg, s.south_deg, s.east_deg, s.north_deg, s.precision_m, s.languages,
       s.consent, s.help_contacts, p.base_maps, s.seat_limit, s.admit = 'by_hand',
       s.approve = 'by_hand', s.free_text, s.state = 'open', s.version, s.created_ms, s.closed_ms,
       0, 0, p.own_groups
FROM session AS s JOIN project AS p ON p.id = s.project_id JOIN exercise AS e ON e.id = s.exercise_id
WHERE s.id = :session
