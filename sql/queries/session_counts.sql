-- Staff of the project.
SELECT (SELECT count(*) FROM participant AS p WHERE p.session_id = :session AND p.state <> 'removed'),
       (SELECT count(*) FROM contribution AS c WHERE c.session_id = :session)
