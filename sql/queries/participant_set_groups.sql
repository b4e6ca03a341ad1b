-- Written by the participant herself.
UPDATE participant SET own_groups = :groups WHERE id = :participant
