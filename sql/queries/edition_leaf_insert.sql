-- Written by the edition job.
INSERT INTO edition_leaf (edition_id, slice, top_column, top_row, cells, value, gone)
VALUES (:edition, :slice, :column, :row, :cells, :value, :gone)
