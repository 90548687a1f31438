#!/bin/sh
# What gen/sql must refuse about sealed and personal columns, and where it must say so: gen_test.sh GEN-SQL
set -eu
gen=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

# refuses WORDS STEP QUERY: WORDS are the beginning of the message after the folder; empty when nothing is refused
refuses() {
    printf '%s\n' "$2" >"$folder/0001_x.sql"
    printf '%s\n' "$3" >"$folder/r.sql"
    said=$("$gen" "$folder/o.h" "$folder/o.c" r "$folder/r.sql" "$folder/0001_x.sql" 2>&1 || true)
    said=${said#"$folder/"}
    case $said in
    "$1"*) [ -n "$1" ] || [ -z "$said" ] && passed=$((passed + 1)) && return ;;
    esac
    failed=$((failed + 1))
    echo "expected: $1"
    echo "said:     $said"
}
good='CREATE TABLE r_t (
    id BIGINT NOT NULL PRIMARY KEY,
    w BYTEA NOT NULL, -- sealed dummy
    n TEXT NOT NULL,
    keep_until BIGINT NOT NULL
);'
get='-- r_get: x
-- in: key id   gives: maybe one'

refuses '' "$good" "$get
-- out: r_x { w sealed }
SELECT w AS w FROM r_t WHERE id = :key;"
refuses 'r.sql:4:8: "w" is sealed; declare' "$good" "$get
-- out: r_x { w bytes }
SELECT w AS w FROM r_t WHERE id = :key;"
refuses 'r.sql:4:8: "w" is sealed; declare' "$good" "$get
-- out: r_x { w text }
SELECT w AS w FROM r_t WHERE id = :key;"
refuses 'r.sql:4:13: "w" is sealed; it is read whole' "$good" "$get
-- out: r_x { w text }
SELECT CAST(w AS TEXT) AS w FROM r_t WHERE id = :key;"
refuses 'r.sql:4:30: "w" is sealed; it is read whole' "$good" "$get
-- out: r_x { n text }
SELECT n AS n FROM r_t WHERE w = n AND id = :key;"
refuses 'r.sql:4:8: "w" is sealed; it is read whole' "$good" "$get
-- out: r_x { w sealed, b bytes }
SELECT w AS w, substr(w, 1, 2) AS b FROM r_t WHERE id = :key;"
refuses 'r.sql:4:8: "n" is declared sealed' "$good" "$get
-- out: r_x { n sealed }
SELECT n AS n FROM r_t WHERE id = :key;"
refuses '' "$good" '-- r_add: x
-- in: key id, w sealed, n text   gives: count
INSERT INTO r_t (id, w, n, keep_until) VALUES (:key, :w, :n, 1);'
refuses 'r.sql:3:22: "w" is sealed; write it from' "$good" '-- r_add: x
-- in: key id, w bytes, n text   gives: count
INSERT INTO r_t (id, w, n, keep_until) VALUES (:key, :w, :n, 1);'
refuses 'r.sql:3:22: "w" is sealed; write it from' "$good" "-- r_add: x
-- in: key id, n sealed   gives: count
INSERT INTO r_t (id, w, n, keep_until) VALUES (:key, 'x', :n, 1);"
refuses 'r.sql:3:25: "n" is sealed, and this column' "$good" '-- r_add: x
-- in: key id, w sealed, n sealed   gives: count
INSERT INTO r_t (id, w, n, keep_until) VALUES (:key, :w, :n, 1);'
refuses 'r.sql:3:16: "w" is sealed; write it from' "$good" '-- r_set: x
-- in: key id, w text   gives: count
UPDATE r_t SET w = :w WHERE id = :key;'
refuses 'r.sql:1:1: "r_del": a sealed value is only stored' "$good" '-- r_del: x
-- in: w sealed, n text   gives: count
DELETE FROM r_t WHERE n = :n AND CAST(:w AS TEXT) IS NOT NULL;'
refuses '0001_x.sql:1:1: a marked column stands on a line' 'CREATE TABLE r_t (n TEXT NOT NULL); -- personal' ''
refuses '0001_x.sql:3:1: "n" is about a person, so table r_t needs' 'CREATE TABLE r_t (
    id BIGINT NOT NULL PRIMARY KEY,
    n TEXT NOT NULL, -- personal
    keep_until BIGINT
);' ''
refuses '0001_x.sql:2:1: a sealed column is BYTEA' 'CREATE TABLE r_t (
    n TEXT NOT NULL, -- sealed dummy
    keep_until BIGINT NOT NULL
);' ''
refuses '0001_x.sql:2:1: write -- sealed CLASS' 'CREATE TABLE r_t (
    n BYTEA NOT NULL, -- sealed
    keep_until BIGINT NOT NULL
);' ''
echo "gen/sql: $passed passed, $failed failed"
[ "$failed" = 0 ]
