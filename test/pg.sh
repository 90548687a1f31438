#!/bin/sh
# A PostgreSQL of our own for tests: test/pg.sh start FOLDER prints its address; test/pg.sh stop FOLDER ends it and
# removes the folder; "kill" and "again" end and begin the server and leave its data. Only a unix socket, in the
# folder, which must not exist before. Works as root (the server then runs as "postgres" or "nobody") and as anybody.
set -eu
folder=${2:?usage: test/pg.sh start|stop|kill|again FOLDER}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")

# PostgreSQL refuses to run as root.
who=$(id -un)
if [ "$(id -u)" = 0 ]; then
    who=nobody
    id postgres >/dev/null 2>&1 && who=postgres
fi
as() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid "$who" --regid "$(id -g "$who")" --clear-groups "$@"; else "$@"; fi
}

begin() {
    as "$bin/pg_ctl" -s -w -t 60 -D "$folder/data" -l "$folder/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c shared_buffers=16MB -c max_connections=40" \
        start >/dev/null
}

case $1 in
start)
    mkdir -m 700 "$folder"
    folder=$(cd "$folder" && pwd)
    trap 'rm -rf "$folder"' EXIT
    [ "$(id -u)" != 0 ] || chown "$who" "$folder"
    cd "$folder"
    as "$bin/initdb" -D "$folder/data" -U test -A trust -E UTF8 --locale=C -N >/dev/null
    begin
    trap - EXIT
    echo "postgresql://test@/postgres?host=$folder"
    ;;
kill | again | stop)
    [ -d "$folder" ] || exit 0
    folder=$(cd "$folder" && pwd)
    cd "$folder"
    case $1 in
    again) begin ;;
    *) as "$bin/pg_ctl" -s -w -t 60 -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true ;;
    esac
    if [ "$1" = stop ]; then
        cd /
        rm -rf "$folder"
    fi
    ;;
*)
    echo "usage: test/pg.sh start|stop|kill|again FOLDER" >&2
    exit 2
    ;;
esac
