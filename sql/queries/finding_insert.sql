-- Written by those who lead the project.
INSERT INTO finding (session_id, geometry, statement, recommendation, who, urgency, language, created_ms)
VALUES (:session, :geometry, :statement, :recommendation, :who, :urgency, :language, :now_ms)
