-- The index of words: for each language which documents hold a word, packed, and the documents as a reader sees them.
-- topic: search

-- search_doc_add: a document
-- in: lang text, number int, path text, title text, body text, written_in text    gives: count
INSERT INTO search_doc (lang, number, path, title, body, written_in)
VALUES (:lang, :number, :path, :title, :body, :written_in) ON CONFLICT (lang, number) DO NOTHING;

-- search_doc_get: one document
-- in: lang text, number int    gives: maybe one
-- out: search_doc_row { path text, title text, body text, written_in text }
SELECT path AS path, title AS title, body AS body, written_in AS written_in
  FROM search_doc WHERE lang = :lang AND number = :number;

-- search_doc_at: the documents of an address
-- in: lang text, path text    gives: many
-- out: search_doc_found { number int, title text, body text, written_in text }
SELECT number AS number, title AS title, body AS body, written_in AS written_in
  FROM search_doc WHERE lang = :lang AND path = :path ORDER BY number;

-- search_doc_last: the highest number among those of a part
-- in: lang text, first int, past int    gives: one
-- out: search_doc_number { number int }
SELECT CAST(COALESCE(MAX(number), -1) AS BIGINT) AS number
  FROM search_doc WHERE lang = :lang AND number >= :first AND number < :past;

-- search_doc_drop: a document is gone
-- in: lang text, number int    gives: count
DELETE FROM search_doc WHERE lang = :lang AND number = :number;

-- search_word_put: the documents that hold a word, changed
-- in: lang text, word text, found int, hits bytes    gives: count
INSERT INTO search_word (lang, word, found, hits) VALUES (:lang, :word, :found, :hits)
    ON CONFLICT (lang, word) DO UPDATE SET found = excluded.found, hits = excluded.hits;

-- search_words_seven: the documents that hold each of seven words
-- in: lang text, w1 text, w2 text, w3 text, w4 text, w5 text, w6 text, w7 text    gives: many
-- out: search_word_whole { word text, found int, hits bytes }
SELECT word AS word, found AS found, hits AS hits FROM search_word
 WHERE lang = :lang AND (word = :w1 OR word = :w2 OR word = :w3 OR word = :w4 OR word = :w5 OR word = :w6 OR word = :w7);

-- search_words_put: the documents that hold each of seven words, changed
-- in: lang text, w1 text, f1 int, h1 bytes, w2 text, f2 int, h2 bytes, w3 text, f3 int, h3 bytes, w4 text, f4 int, h4 bytes, w5 text, f5 int, h5 bytes, w6 text, f6 int, h6 bytes, w7 text, f7 int, h7 bytes    gives: count
INSERT INTO search_word (lang, word, found, hits)
VALUES (:lang, :w1, :f1, :h1), (:lang, :w2, :f2, :h2), (:lang, :w3, :f3, :h3), (:lang, :w4, :f4, :h4), (:lang, :w5, :f5, :h5), (:lang, :w6, :f6, :h6), (:lang, :w7, :f7, :h7)
    ON CONFLICT (lang, word) DO UPDATE SET found = excluded.found, hits = excluded.hits;

-- search_word_drop: no document holds it any more
-- in: lang text, word text    gives: count
DELETE FROM search_word WHERE lang = :lang AND word = :word;

-- search_word_add: the documents that hold a word
-- in: lang text, word text, found int, hits bytes    gives: count
INSERT INTO search_word (lang, word, found, hits) VALUES (:lang, :word, :found, :hits)
    ON CONFLICT (lang, word) DO NOTHING;

-- search_word_get: the documents that hold a word
-- in: lang text, word text    gives: maybe one
-- out: search_word_row { found int, hits bytes }
SELECT found AS found, hits AS hits FROM search_word WHERE lang = :lang AND word = :word;

-- search_words_all: every word of a language with its documents
-- in: lang text    gives: many
-- out: search_word_row { found int, hits bytes }
SELECT found AS found, hits AS hits FROM search_word WHERE lang = :lang;

-- search_words_between: words of a language in a range of the alphabet
-- in: lang text, first text, past text    gives: many
-- out: search_word_near { word text, found int }
SELECT word AS word, found AS found FROM search_word
 WHERE lang = :lang AND word >= :first AND word < :past
 ORDER BY word LIMIT 4000;

-- search_made_get: of what the index of a language was made
-- in: lang text    gives: maybe one
-- out: search_made_row { docs int, stamp text, mean int }
SELECT docs AS docs, stamp AS stamp, mean AS mean FROM search_made WHERE lang = :lang;

-- search_made_set: notes of what it was made
-- in: lang text, docs int, stamp text, mean int    gives: count
INSERT INTO search_made (lang, docs, stamp, mean) VALUES (:lang, :docs, :stamp, :mean)
    ON CONFLICT (lang) DO UPDATE SET docs = excluded.docs, stamp = excluded.stamp, mean = excluded.mean;

-- search_made_docs: there is a document more, or one less
-- in: lang text, more int    gives: count
UPDATE search_made SET docs = docs + :more WHERE lang = :lang;

-- search_docs_drop: before a language is indexed anew
-- in: lang text    gives: count
DELETE FROM search_doc WHERE lang = :lang;

-- search_words_drop: before a language is indexed anew
-- in: lang text    gives: count
DELETE FROM search_word WHERE lang = :lang;

-- search_paths_all: the addresses of all documents of a language
-- in: lang text    gives: many
-- out: search_path { path text }
SELECT path AS path FROM search_doc WHERE lang = :lang ORDER BY number;

-- search_path_get: how a page is called, where its address has documents
-- in: lang text, path text    gives: maybe one
-- out: search_titled { title text, written_in text }
SELECT title AS title, written_in AS written_in
  FROM search_doc WHERE lang = :lang AND path = :path
 ORDER BY number LIMIT 1;
