-- The writer alone, for a lead of the project. Nobody holds a token; the people agreed to the room when
-- their answers were collected, and to nothing else that this program knows of.
INSERT INTO participant (session_id, pseudonym, consent, state, joined_ms, contributor)
VALUES (:session, :pseudonym, '{"room":true,"aggregate":false,"finding":false,"photo":false}', 'admitted',
        :now_ms, random())
