-- The server's retention: what ended by age alone is not taken down.
DELETE FROM asset_ended WHERE id > :last
