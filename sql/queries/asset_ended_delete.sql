-- The server, and the command line: no edition holds it.
DELETE FROM asset_ended WHERE asset_id = :asset
