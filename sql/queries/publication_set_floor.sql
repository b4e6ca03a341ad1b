-- Written by administrators.
UPDATE project SET publish_floor = :floor WHERE id = :project
