-- Written with what staff did.
INSERT INTO staff_audit (staff_id, at_ms, action, object, chain)
VALUES (:staff, :at_ms, :action, :object, :chain)
