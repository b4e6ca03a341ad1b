-- Those who lead the project. In the order they came; 0: all of the session, else one.
SELECT t.id, t.session_id, t.number, t.state = 'revoked',
       (SELECT json_group_array(pseudonym) FROM (SELECT p.pseudonym FROM participant AS p
        WHERE p.tablet_id = t.id AND p.state <> 'removed' ORDER BY p.id))
FROM tablet AS t WHERE t.session_id = :session AND :tablet IN (0, t.id) ORDER BY t.number
