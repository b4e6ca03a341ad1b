-- Written by the edition job. Who withdrew meanwhile is not written down.
INSERT INTO edition_member (leaf_id, contributor)
SELECT :leaf, contributor FROM participant WHERE contributor = :contributor
