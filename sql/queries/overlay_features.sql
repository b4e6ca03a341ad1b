-- Staff of the project, participants of its sessions.
SELECT id, label, properties, geometry FROM overlay_feature WHERE overlay_id = :overlay ORDER BY id
