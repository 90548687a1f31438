CREATE TABLE store_step (
    room TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    applied_at BIGINT NOT NULL,
    PRIMARY KEY (room, number)
);
CREATE TABLE store_topic (
    room TEXT NOT NULL PRIMARY KEY,
    generation BIGINT NOT NULL
);
