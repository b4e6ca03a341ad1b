-- Written on joining.
INSERT INTO participant (session_id, pseudonym, token_hash, language, state, joined_ms, contributor)
VALUES (:session, :pseudonym, :token_hash, :language, :state, :now_ms, random())
