-- Written by those who lead the project.
INSERT INTO session (project_id, exercise_id, title, place, held_on, west_deg, south_deg, east_deg,
                     north_deg, precision_m, languages, consent, help_contacts, seat_limit, admit,
                     approve, free_text, created_ms)
VALUES (:project, :exercise, :title, :place, :held_on, :west_deg, :south_deg, :east_deg, :north_deg,
        :precision_m, :languages, :consent, :help_contacts, :seat_limit,
        iif(:admit_by_hand, 'by_hand', 'at_once'), iif(:approve_by_hand, 'by_hand', 'at_once'),
        :free_text, :now_ms)
