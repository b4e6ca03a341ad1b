-- Whoever holds the receipt.
SELECT p.id, p.session_id, p.pseudonym, p.language, json_extract(p.consent, '$.room'),
       json_extract(p.consent, '$.aggregate'), json_extract(p.consent, '$.finding'),
       json_extract(p.consent, '$.photo'), p.state, p.joined_ms,
       (SELECT count(*) FROM contribution AS c WHERE c.participant_id = p.id),
       coalesce(p.tablet_id, 0), p.on_paper
FROM participant AS p WHERE p.receipt_hmac = :receipt_hmac
