-- Written by the server: entries end after 12 months.
DELETE FROM staff_audit WHERE at_ms < :before_ms
