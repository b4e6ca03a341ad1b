-- Written by those who lead the project.
DELETE FROM shared_asset WHERE contribution_id = :contribution
