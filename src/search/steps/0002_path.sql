CREATE INDEX search_doc_path ON search_doc (lang, path);
