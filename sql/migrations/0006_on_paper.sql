-- Sheets of paper that staff type in: one sheet is one person.

-- 1: nobody ever held a token; staff made the row for a sheet, and put its marks down to it.
ALTER TABLE participant ADD COLUMN on_paper INTEGER NOT NULL DEFAULT 0;
