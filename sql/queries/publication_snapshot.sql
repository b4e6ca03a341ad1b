-- The edition job alone: while its row stands ready, the connection sees one moment of the store.
SELECT count(*) FROM edition
