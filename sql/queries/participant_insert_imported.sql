-- The writer alone, for a lead of the project. Nobody holds a token; the people agreed to the room when
-- their answers were collected, to be counted in published figures as far as the lead says so, and to nothing
-- else that this program knows of.
INSERT INTO participant (session_id, pseudonym, consent, state, joined_ms, contributor)
VALUES (:session, :pseudonym, json_object('room', json('true'), 'aggregate', json(iif(:counted, 'true', 'false')),
        'finding', json('false'), 'photo', json('false')), 'admitted', :now_ms, random())
