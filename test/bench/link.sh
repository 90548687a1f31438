# Part `link` of test/bench/run, which reads this file: pairs beside what this processor does on registers alone, encodings,
# and whole matches of invented lists from 1,000 to 100,000 people a side (a million with BENCH_LARGE=1: an hour, or less).
make --no-print-directory -s build/link-bench build/estimate-bench >/dev/null || die "the bench of links was not built"
link_rounds=$((rounds < 3 ? rounds : 3))
for ((i = 0; i < link_rounds; i++)); do
    build/link-bench 6000 >"$work/link" || die "the bench of links failed"
    awk '/ of 1024 bits/ { in1024 = 1 } / of 512 bits/ { in1024 = 0 } /AND, count/ && in1024 { limit = $NF }
        /two threads/ && in1024 { sub(/^ +/, ""); print "pairs", $2, limit, ($2 / (limit > 0 ? limit : 1)), $(NF - 3), $1 }
        /^encoding/ { print "encode", $(NF - 3) }' "$work/link" >>"$work/links"
done
link_sizes="1000 10000 100000"
[ -z "${BENCH_LARGE:-}" ] || link_sizes="$link_sizes 1000000"
"$BLUEHEART" link schema -o "$work/schema.json" && "$BLUEHEART" link secret -o "$work/secret" 2>/dev/null || die "no schema"
for n in $link_sizes; do
    node "$here/link.mjs" "$n" "$work/left.csv" "$work/right.csv"
    for side in left right; do
        read -r us kib _ <<<"$(build/estimate-bench run "$BLUEHEART" link encode --quiet --schema "$work/schema.json" --secret "$work/secret" "$work/$side.csv" -o "$work/$side-$n.json")" || die "not encoded"
        echo "encoded $n $us $kib" >>"$work/links"
    done
done
for ((i = 0; i < link_rounds; i++)); do
    for n in $link_sizes; do
        [ "$n" -lt 1000000 ] || [ $i = 0 ] || continue
        read -r one kib1 _ <<<"$(build/estimate-bench run "$BLUEHEART" link match --quiet --threads 1 --threshold 0.8 "$work/left-$n.json" "$work/right-$n.json" -o "$work/groups-1")" || die "no match"
        read -r two kib2 _ <<<"$(build/estimate-bench run "$BLUEHEART" link match --quiet --threads 2 --threshold 0.8 "$work/left-$n.json" "$work/right-$n.json" -o "$work/groups-2")" || die "no match"
        cmp -s "$work/groups-1" "$work/groups-2" || die "two threads find other groups than one"
        echo "match $n $one $two $kib1 $kib2" >>"$work/links"
    done
done
in_links() { awk -v t="$1" -v n="${3:-}" "\$1 == t && (n == \"\" || \$2 == n) { print $2 }" "$work/links" | spread "${4:-%.0f}"; }
read -r m lo hi <<<"$(in_links pairs '$4' '' %.2f)"
read -r pairs _ <<<"$(in_links pairs '$2')"
kernel=$(awk '$1 == "pairs" { print $6; exit }' "$work/links")
if [ "$(awk '$1 == "pairs" { print ($3 > 0); exit }' "$work/links")" = 1 ]; then
    row "pairs of 1,024 bits to registers only" "$m" "$lo - $hi" ">= 0.85" "$(verdict "$m" at-least 0.85)" "$pairs million pairs a second and core, $kernel; best of 15 in each round"
else
    row "pairs of 1,024 bits, million a second" "$pairs" - - - "$kernel; this processor does not count bits in wide registers, so there is no limit to compare with"
fi
read -r m lo hi <<<"$(in_links pairs '$5' '' %.2f)"
row "  two threads to one" "$m" "$lo - $hi" - - "$(nproc) processors, shared with whatever else runs"
read -r m lo hi <<<"$(in_links encode '$2')"
row "encodings a second and core" "$m" "$lo - $hi" ">= 100000" "$(verdict "$m" at-least 100000)" "five fields, the recommended schema; without reading and writing files"
for n in $link_sizes; do
    read -r ms1 _ <<<"$(in_links match '$3 / 1000' "$n" %.1f)"
    read -r ms2 lo hi <<<"$(in_links match '$4 / 1000' "$n" %.1f)"
    read -r kib _ <<<"$(in_links match '$6' "$n")"
    read -r each _ <<<"$(in_links encoded '$2 * 1000000 / $3' "$n")"
    row "match $n x $n, two threads, ms" "$ms2" "$lo - $hi" - - "one thread $ms1 ms; peak memory $((kib / 1024)) MiB; whole file encoded at $each records a second"
done
read -r m lo hi <<<"$(in_links match '$3 / $4' 100000 %.2f)"
row "  100,000: one thread to two" "$m" "$lo - $hi" - - "files are read and assigned by one; $(nproc) processors"
read -r m lo hi <<<"$(awk '$1 == "match" { k[$2] = $6 } END { print k[100000] / k[1000] }' "$work/links" | spread %.1f)"
row "  memory for 100 times as many people, times" "$m" - "<= 100" "$(verdict "$m" at-most 100)" "10,000 times as many pairs: nothing quadratic"
