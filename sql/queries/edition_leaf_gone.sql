-- Written by the edition job: people of it who withdrew while it was computed.
UPDATE edition_leaf SET gone = gone + :gone WHERE id = :leaf
