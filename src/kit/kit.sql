-- What is put forward for a kit beside its words, until a second person publishes it. What is published is a claim.
-- topic: none

-- kit_plan_get: what is put forward for a kit
-- in: slug text    gives: maybe one
-- out: kit_plan { slug text, observance text, rule text, pictures text, texts text, author id, changed_at ms }
SELECT slug AS slug, observance AS observance, rule AS rule, pictures AS pictures, texts AS texts, author AS author,
       changed_at AS changed_at
  FROM kit_plan WHERE slug = :slug;

-- kit_plans_all: all that is put forward
-- in:    gives: many
-- out: kit_plan { slug text, observance text, rule text, pictures text, texts text, author id, changed_at ms }
SELECT slug AS slug, observance AS observance, rule AS rule, pictures AS pictures, texts AS texts, author AS author,
       changed_at AS changed_at
  FROM kit_plan ORDER BY slug;

-- kit_plan_put: puts forward, in place of what was
-- in: slug text, observance text, rule text, pictures text, texts text, author id, now ms    gives: count
INSERT INTO kit_plan (slug, observance, rule, pictures, texts, author, changed_at)
VALUES (:slug, :observance, :rule, :pictures, :texts, :author, :now)
    ON CONFLICT (slug) DO UPDATE SET observance = excluded.observance, rule = excluded.rule,
        pictures = excluded.pictures, texts = excluded.texts, author = excluded.author, changed_at = excluded.changed_at;

-- kit_plan_drop: it was published or given up
-- in: slug text    gives: count
DELETE FROM kit_plan WHERE slug = :slug;
