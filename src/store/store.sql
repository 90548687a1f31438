-- The machinery's own tables: which schema steps were applied, and a number per room that rises with each change.
-- topic: none

-- store_topics_all: every room's generation
-- in: gives: many
-- out: store_topic { room text, generation int }
SELECT room AS room, CAST(generation AS BIGINT) AS generation FROM store_topic;

-- store_topic_raise: a room's tables change in this transaction. Never a number used before, even after a restore
-- in: room text, now ms   gives: count
INSERT INTO store_topic (room, generation) VALUES (:room, :now)
    ON CONFLICT (room) DO UPDATE SET generation =
       CASE WHEN store_topic.generation >= :now THEN store_topic.generation + 1 ELSE :now END;

-- store_steps_all: the schema steps applied here
-- in: gives: many
-- out: store_applied { room text, number int, name text }
SELECT room AS room, CAST(number AS BIGINT) AS number, name AS name FROM store_step ORDER BY room, number;

-- store_step_add: notes a step as applied
-- in: room text, number int, name text, now ms   gives: count
INSERT INTO store_step (room, number, name, applied_at) VALUES (:room, :number, :name, :now);
