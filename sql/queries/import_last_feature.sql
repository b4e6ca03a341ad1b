-- The writer alone, before an import: where its rows will begin.
SELECT coalesce(max(id), 0) FROM overlay_feature
