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
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
