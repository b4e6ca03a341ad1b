-- The writer alone, for staff of the project: what was ticked on the sheet; nobody holds a token.
INSERT INTO participant (session_id, pseudonym, receipt_hmac, language, consent, state, joined_ms, contributor, on_paper)
VALUES (:session, :pseudonym, :receipt_hmac, :language,
        json_object('room', json(iif(:room, 'true', 'false')), 'aggregate', json(iif(:aggregate, 'true', 'false')),
                    'finding', json(iif(:finding, 'true', 'false')), 'photo', json(iif(:photo, 'true', 'false'))),
        'admitted', :now_ms, random(), 1)
