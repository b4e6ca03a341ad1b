-- The writer alone, for a lead of the project.
UPDATE overlay SET title = :title, colour = :colour, attribution = :attribution WHERE id = :overlay
