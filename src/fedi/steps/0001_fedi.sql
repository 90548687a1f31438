CREATE TABLE fedi_key (
    id BIGINT NOT NULL PRIMARY KEY,
    lang TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    public_pem TEXT NOT NULL,
    private BYTEA NOT NULL -- sealed actorkey
);
CREATE INDEX fedi_key_lang ON fedi_key (lang, id);
CREATE TABLE fedi_post (
    name TEXT NOT NULL PRIMARY KEY,
    lang TEXT NOT NULL,
    slug TEXT NOT NULL,
    times BIGINT NOT NULL,
    digest TEXT NOT NULL,
    published TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX fedi_post_slug ON fedi_post (lang, slug, times);
CREATE TABLE fedi_box (
    id BIGINT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL, -- personal
    host TEXT NOT NULL, -- personal
    keep_until BIGINT NOT NULL,
    address BYTEA NOT NULL -- sealed follower
);
CREATE UNIQUE INDEX fedi_box_hash ON fedi_box (hash);
CREATE INDEX fedi_box_host ON fedi_box (host);
CREATE TABLE fedi_follower (
    id BIGINT NOT NULL PRIMARY KEY,
    lang TEXT NOT NULL,
    actor TEXT NOT NULL, -- personal
    asked TEXT NOT NULL, -- personal
    box BIGINT NOT NULL,
    since BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE UNIQUE INDEX fedi_follower_actor ON fedi_follower (lang, actor);
CREATE INDEX fedi_follower_box ON fedi_follower (box);
CREATE TABLE fedi_host (
    host TEXT NOT NULL PRIMARY KEY, -- personal
    speaks BIGINT NOT NULL,
    failing_since BIGINT NOT NULL,
    status BIGINT NOT NULL,
    is_blocked BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE TABLE fedi_activity (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    post TEXT NOT NULL,
    body TEXT NOT NULL,
    keep_until BIGINT NOT NULL,
    words BYTEA -- sealed follower
);
CREATE UNIQUE INDEX fedi_activity_name ON fedi_activity (name);
CREATE INDEX fedi_activity_post ON fedi_activity (post);
CREATE TABLE fedi_delivery (
    activity BIGINT NOT NULL,
    box BIGINT NOT NULL,
    host TEXT NOT NULL, -- personal
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    tried_from BIGINT NOT NULL,
    node BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (activity, box)
);
CREATE INDEX fedi_delivery_due ON fedi_delivery (due_at, host);
CREATE INDEX fedi_delivery_host ON fedi_delivery (host, activity);
CREATE TABLE fedi_inbox (
    id BIGINT NOT NULL PRIMARY KEY,
    once TEXT NOT NULL,
    sender TEXT NOT NULL, -- personal
    kind BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    is_done BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    words BYTEA -- sealed fediinbox
);
CREATE UNIQUE INDEX fedi_inbox_once ON fedi_inbox (once);
CREATE INDEX fedi_inbox_sender ON fedi_inbox (sender, taken_at);
CREATE INDEX fedi_inbox_due ON fedi_inbox (due_at);
