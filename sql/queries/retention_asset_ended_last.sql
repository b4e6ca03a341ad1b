-- The server's retention: where what its own deletion adds begins.
SELECT coalesce(max(id), 0) FROM asset_ended
