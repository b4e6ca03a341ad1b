-- The demo's sessions of the past months were played a moment ago: they get the age that their day says.
-- Never on a folder that people use: who was in a session must have her days to withdraw.
UPDATE session SET closed_ms = (strftime('%s', held_on) + 64800) * 1000 WHERE state = 'closed';
