-- Written on joining. 0: the tablet is not known.
INSERT INTO participant (session_id, pseudonym, token_hash, language, state, joined_ms, contributor, tablet_id)
VALUES (:session, :pseudonym, :token_hash, :language, :state, :now_ms, random(), nullif(:tablet, 0))
