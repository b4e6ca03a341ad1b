-- Written by the participant herself.
UPDATE participant SET consent = json_object('room', json(iif(:room, 'true', 'false')),
       'aggregate', json(iif(:aggregate, 'true', 'false')),
       'finding', json(iif(:finding, 'true', 'false')), 'photo', json(iif(:photo, 'true', 'false')))
WHERE id = :participant
