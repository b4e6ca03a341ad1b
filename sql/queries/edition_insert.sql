-- Written by the edition job.
INSERT INTO edition (project_id, number, published_on, overlays, file_hash)
VALUES (:project, :number, :published_on, :overlays, :file_hash)
