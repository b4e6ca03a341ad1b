-- Written by the participant herself. The receipt is with her alone.
UPDATE participant SET receipt_hmac = :receipt_hmac WHERE id = :participant
