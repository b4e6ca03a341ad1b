-- The writer alone, for the author the service checked.
INSERT INTO contribution (uuid, session_id, participant_id, entered_by, category, answers, body_hash,
                          state, created_ms, changed_ms, geometry)
VALUES (:uuid, :session, :participant, :entered_by, :category, :answers, :body_hash, :state, :now_ms,
        :now_ms, :geometry)
