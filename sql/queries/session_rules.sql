-- Staff of the project, participants of the session. What decides about contributions, without texts.
SELECT id, project_id, exercise_id, west_deg, south_deg, east_deg, north_deg, precision_m,
       approve = 'by_hand', free_text, state = 'open'
FROM session WHERE id = :session
