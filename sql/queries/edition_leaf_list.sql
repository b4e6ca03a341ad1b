-- The edition job alone: the latest edition's leaves, and how many of their people may still be counted.
SELECT l.id, l.slice, l.top_column, l.top_row, l.cells, l.value, l.gone,
       (SELECT count(*) FROM edition_member AS m JOIN participant AS p ON p.contributor = m.contributor
        WHERE m.leaf_id = l.id AND p.state = 'admitted' AND json_extract(p.consent, '$.aggregate'))
FROM edition_leaf AS l WHERE l.edition_id = :edition ORDER BY l.id
