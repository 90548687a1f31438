# Part `aggregate` of test/bench/run, which reads this file: combinations of three values of the 5,000 invented records of
# test/measure beside one hash map in node, which counts the same; then 1,000 to 1,000,000 rows with memory.
make --no-print-directory -s build/estimate-bench >/dev/null || die "the bench of estimates was not built"
counted() { # FILE, options: milliseconds that counting took
    "$BLUEHEART" publish aggregate "$@" -o "$work/counted.tsv" 2>&1 | sed -n 's/.*counted in \([0-9.]*\) ms.*/\1/p'
}
node "$here/aggregate.mjs" sample "$work/sample.csv"
for ((i = 0; i < rounds; i++)); do
    read -r map combinations <<<"$(node "$here/aggregate.mjs" map "$work/sample.csv")"
    all=$(counted "$work/sample.csv" --raw-not-for-publication)
    [ "$(grep -c ':' "$work/counted.tsv")" = "$combinations" ] || die "the hash map finds other combinations"
    safe=$(counted "$work/sample.csv" --k 10)
    echo "sample $map $all $safe" >>"$work/counts"
done
for n in 1000 10000 100000 1000000; do node "$here/aggregate.mjs" rows $n "$work/rows-$n.csv"; done
for ((i = 0; i < (rounds < 3 ? rounds : 3); i++)); do
    for n in 1000 10000 100000 1000000; do
        read -r us kib _ <<<"$(build/estimate-bench run "$BLUEHEART" publish aggregate --quiet "$work/rows-$n.csv" -o "$work/counted.tsv")" || die "not counted"
        echo "rows-$n $us $kib $(counted "$work/rows-$n.csv" --k 10)" >>"$work/counts"
    done
done
rm -f "$work"/rows-*.csv
in_counts() { awk -v t="$1" "\$1 == t { print $2 }" "$work/counts" | spread "${3:-%.1f}"; }
read -r m lo hi <<<"$(in_counts sample '$2 / $3' %.0f)"
read -r map _ <<<"$(in_counts sample '$2' %.0f)"
read -r all _ <<<"$(in_counts sample '$3')"
row "aggregates of length 3, hash map to ours" "$m" "$lo - $hi" ">= 50" "$(verdict "$m" at-least 50)" "every combination of 5,000 records: $all ms, node $map ms"
read -r m lo hi <<<"$(in_counts sample '$2 / $4' %.0f)"
read -r safe _ <<<"$(in_counts sample '$4')"
row "  only those of ten and more" "$m" "$lo - $hi" ">= 50" "$(verdict "$m" at-least 50)" "$safe ms, since rare ones need not be counted"
for n in 1000 10000 100000 1000000; do
    read -r ms lo hi <<<"$(in_counts rows-$n '$2 / 1000' %.0f)"
    read -r kib _ <<<"$(in_counts rows-$n '$3' %.0f)"
    read -r count _ <<<"$(in_counts rows-$n '$4')"
    row "aggregate of $n rows, ms" "$ms" "$lo - $hi" - - "whole command, of which counting $count ms; peak memory $((kib / 1024)) MiB"
done
