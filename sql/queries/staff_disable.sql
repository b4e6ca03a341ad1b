-- Written by the command line.
UPDATE staff SET disabled_ms = :now_ms WHERE id = :staff
