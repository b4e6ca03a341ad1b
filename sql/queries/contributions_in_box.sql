-- Leads and researchers of the session's project. What may touch a box, in the order of the spatial
-- index (CROSS JOIN keeps it outermost), so that reading can stop early. The index holds float32
-- rounded outwards: the reader tests the exact box again.
SELECT c.id, c.uuid, c.session_id, c.participant_id, c.entered_by, c.category, c.answers, c.state,
       c.version, c.created_ms, c.changed_ms, c.geometry, p.pseudonym
FROM idx_contribution_geometry AS i
CROSS JOIN contribution AS c ON c.id = i.pkid
LEFT JOIN participant AS p ON p.id = c.participant_id
WHERE i.xmin <= :east_deg AND i.xmax >= :west_deg AND i.ymin <= :north_deg AND i.ymax >= :south_deg
  AND c.session_id = :session
