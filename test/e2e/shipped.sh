#!/usr/bin/env bash
# What ships is what comes back: export after init equals data/*.csv byte for byte; import of it changes nothing.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
db="sqlite:$folder/b.db"
passed=0 failed=0
ok() { if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not ok: $2" >&2; fi; }
build/blueheart init --quiet --db "$db" --var "$folder"
ok $? "init loads everything"
for file in data/*.csv; do
    kind=$(basename "$file" .csv)
    [ "$kind" != world ] || continue
    build/blueheart export "$kind" --db "$db" >"$folder/out.csv"
    cmp -s "$file" "$folder/out.csv"
    ok $? "export $kind equals $file"
    said=$(build/blueheart import "$kind" "$file" --db "$db" 2>&1)
    case $said in *" 0 new, 0 withdrawn"*) ok 0 "" ;; *) ok 1 "import $kind again changes nothing: $said" ;; esac
done
build/blueheart nonsense >/dev/null 2>&1; [ $? = 2 ]; ok $? "an unknown command ends with 2"
build/blueheart export nothing --db "$db" >/dev/null 2>&1; [ $? = 2 ]; ok $? "an unknown kind ends with 2"
build/blueheart import protocol /nonexistent --db "$db" >/dev/null 2>&1; [ $? = 1 ]; ok $? "a missing file ends with 1"
for c in serve init migrate check backup restore export import house; do
    build/blueheart $c --help >/dev/null 2>&1; ok $? "$c --help ends with 0"
done
# Killed at any moment, init leaves nothing that would be served as if it were whole.
begun=${EPOCHREALTIME/[.,]/} # how long a whole one takes here, so that the kills fall inside it
mkdir "$folder/whole" && build/blueheart init --quiet --db "sqlite:$folder/whole/b.db" --var "$folder/whole" >/dev/null 2>&1
took=$((${EPOCHREALTIME/[.,]/} - begun))
for part in 10 30 60 90; do
    pause=$(awk -v t="$took" -v p="$part" 'BEGIN { printf "%.3f", t * p / 1e8 }')
    rm -rf "$folder/k" && mkdir "$folder/k"
    build/blueheart init --quiet --db "sqlite:$folder/k/b.db" --var "$folder/k" >/dev/null 2>&1 &
    sleep $pause # any moment will do; what follows must hold at each
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    lines=$(build/blueheart export helplines --db "sqlite:$folder/k/b.db" 2>/dev/null | wc -l)
    [ "$lines" -le 1 ] || [ "$lines" = "$(wc -l <data/helplines.csv)" ]
    ok $? "after a killed init there are all helplines or none ($pause s)"
    if [ "$lines" -le 1 ]; then
        timeout 5 build/blueheart serve --db "sqlite:$folder/k/b.db" --var "$folder/k" --listen 127.0.0.1:1 >/dev/null 2>"$folder/said"
        grep -q "init" "$folder/said"
        ok $? "what an init left half done is not served ($pause s): $(cat "$folder/said")"
    fi
    build/blueheart init --once --quiet --db "sqlite:$folder/k/b.db" --var "$folder/k" 2>/dev/null
    build/blueheart export helplines --db "sqlite:$folder/k/b.db" 2>/dev/null | cmp -s - data/helplines.csv
    ok $? "and a second init makes it whole ($pause s)"
done

# The walls: proven where they stand, refused where one folder lies inside another.
mkdir -p "$folder/w/var"
build/blueheart check walls --db "sqlite:$folder/w/var/b.db" --var "$folder/w/var" >"$folder/said" 2>&1
ok $? "no process can open another's folders: $(grep BAD "$folder/said")"
for odd in "--log $folder/w/b.log" "--vault-var $folder/w/var/vault" "--vault-var $folder/w"; do
    # shellcheck disable=SC2086
    build/blueheart check walls --db "sqlite:$folder/w/var/b.db" --var "$folder/w/var" $odd >/dev/null 2>"$folder/said"
    [ $? = 1 ] && grep -q "lies inside" "$folder/said"
    ok $? "a vault inside a folder of the front is refused in words ($odd)"
done

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
