-- Class codes and how many certificates counted for each. Only a teacher's page shows them, and that is made anew each time.
-- topic: none

-- course_class_add: a class begins; no row if the code is taken
-- in: key id, course text, code text, today text, keep_until ms    gives: count
INSERT INTO course_class (id, course, code, made_on, shown, shown_on, keep_until)
VALUES (:key, :course, :code, :today, 0, :today, :keep_until)
    ON CONFLICT (code) DO NOTHING;

-- course_classes_made: how many began on a day
-- in: today text    gives: one
-- out: course_number { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM course_class WHERE made_on = :today;

-- course_class_get: one
-- in: key id    gives: maybe one
-- out: course_class { id id, course text, code text, made_on text, shown int, shown_on text, keep_until ms }
SELECT id AS id, course AS course, code AS code, made_on AS made_on, shown AS shown, shown_on AS shown_on,
       keep_until AS keep_until
  FROM course_class WHERE id = :key;

-- course_class_coded: the class with a code
-- in: code text    gives: maybe one
-- out: course_class { id id, course text, code text, made_on text, shown int, shown_on text, keep_until ms }
SELECT id AS id, course AS course, code AS code, made_on AS made_on, shown AS shown, shown_on AS shown_on,
       keep_until AS keep_until
  FROM course_class WHERE code = :code;

-- course_class_drop: whoever asked for it ends it
-- in: key id    gives: count
DELETE FROM course_class WHERE id = :key;

-- course_passes: how many certificates counted
-- in: class id    gives: one
-- out: course_number { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM course_pass WHERE class = :class;

-- course_pass_add: a certificate counts, once
-- in: class id, hash bytes, keep_until ms    gives: count
INSERT INTO course_pass (class, hash, keep_until) VALUES (:class, :hash, :keep_until)
    ON CONFLICT (class, hash) DO NOTHING;

-- course_class_show: what the teacher may see from this day on
-- in: key id, shown int, today text    gives: count
UPDATE course_class SET shown = :shown, shown_on = :today WHERE id = :key;
