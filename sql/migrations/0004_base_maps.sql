-- Several base maps a project.

-- Names of base maps in the order they are offered, the first is shown first; a blank one always is.
ALTER TABLE project ADD COLUMN base_maps TEXT NOT NULL DEFAULT '[]'; -- JSON array
UPDATE project SET base_maps = json_array(base_map) WHERE base_map IS NOT NULL;
ALTER TABLE project DROP COLUMN base_map;
