-- The writer alone: what stands under a uuid already, whoever wrote it.
SELECT id, session_id, participant_id, entered_by, state, version, body_hash, created_ms, content_version
FROM contribution
WHERE uuid = :uuid
