-- Written by those who lead the project. Exercise and precision stay as they were opened.
UPDATE session SET title = :title, place = :place, held_on = :held_on, west_deg = :west_deg,
       south_deg = :south_deg, east_deg = :east_deg, north_deg = :north_deg, languages = :languages,
       consent = :consent, help_contacts = :help_contacts, seat_limit = :seat_limit,
       admit = iif(:admit_by_hand, 'by_hand', 'at_once'),
       approve = iif(:approve_by_hand, 'by_hand', 'at_once'), free_text = :free_text,
       version = version + 1
WHERE id = :session
