-- The edition job alone: who is in the leaves of the latest edition.
SELECT m.leaf_id, m.contributor FROM edition_leaf AS l JOIN edition_member AS m ON m.leaf_id = l.id
WHERE l.edition_id = :edition ORDER BY m.leaf_id, m.contributor
