-- Written by the server when their time is over.
UPDATE participant SET pseudonym = '#' || id, language = '', token_hash = NULL
WHERE id IN (SELECT p.id FROM session AS s JOIN participant AS p ON p.session_id = s.id
             WHERE s.state = 'closed' AND s.closed_ms BETWEEN 1 AND :closed_ms
               AND (p.pseudonym <> '#' || p.id OR p.language <> '' OR p.token_hash IS NOT NULL)
             LIMIT :limit)
