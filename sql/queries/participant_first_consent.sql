-- The writer alone, from an outbox file: what she agreed to out of the server's reach, unless it has heard of her since.
UPDATE participant SET consent = json_object('room', json(iif(:room, 'true', 'false')),
                                             'aggregate', json(iif(:aggregate, 'true', 'false')),
                                             'finding', json(iif(:finding, 'true', 'false')),
                                             'photo', json(iif(:photo, 'true', 'false')))
WHERE id = :participant AND consent = '{}'
