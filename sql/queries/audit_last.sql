-- The server, to chain the next entry.
SELECT chain FROM staff_audit ORDER BY id DESC LIMIT 1
