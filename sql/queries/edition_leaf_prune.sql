-- Written by the edition job and by the start of the server: who was in the leaves of editions before.
DELETE FROM edition_leaf WHERE edition_id IN
  (SELECT id FROM edition WHERE project_id = :project AND number < :number)
