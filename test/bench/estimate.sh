# Part `estimate` of test/bench/run, which reads this file: what a fit and an interval cost beside R's glm.fit doing the same
# fits on the same tables, rounds taking turns. R does no more than the fits and the probabilities by which a term is chosen;
# the exact check that an estimate exists is in our time and not in its.
make --no-print-directory -s build/estimate-bench >/dev/null || die "the bench of estimates was not built"
estimate_tables=test/measure/tables
estimate_models="Kosovo:12,13,14,23,34 Ned_5:12,13,15,24,34,35 UKdat:12,13,24,25,35,36,45"
estimate_bca() { # table, resamples, threads
    build/estimate-bench run "$BLUEHEART" estimate "$estimate_tables/mse_$1.csv" --method stepwise --bootstrap "$2" --threads "$3" || die "estimate failed on $1"
}
: >"$work/estimates"
for ((i = 0; i < rounds; i++)); do
    for m in $estimate_models; do
        t=${m%%:*}
        read -r ours N _ <<<"$(build/estimate-bench fit "$estimate_tables/mse_$t.csv" "[${m#*:}]")" || die "no fit of $t"
        read -r theirs theirN each chosen <<<"$(Rscript --vanilla test/bench/estimate.R "$estimate_tables/mse_$t.csv" "${m#*:}" 20)" || die "R failed on $t"
        awk -v a="$N" -v b="$theirN" -v c="$chosen" 'BEGIN { exit !(a > 0 && (a - b) ^ 2 < (1e-6 * a) ^ 2 && (a - c) ^ 2 < (1e-6 * a) ^ 2) }' || die "R fits something else on $t: $N, $theirN, $chosen"
        histories=$(awk -F, 'NR > 1 && $NF > 0' "$estimate_tables/mse_$t.csv" | wc -l)
        read -r one _ <<<"$(estimate_bca "$t" 1000 1)"
        read -r two memory <<<"$(estimate_bca "$t" 1000 2)"
        read -r start _ <<<"$(estimate_bca "$t" 0 1)"
        echo "$t $ours $theirs $one $two $start $(awk -v e="$each" -v h="$histories" 'BEGIN { print e * (1000 + h) }') $memory" >>"$work/estimates"
    done
    read -r one _ <<<"$(estimate_bca UKdat 10000 1)"
    read -r two memory <<<"$(estimate_bca UKdat 10000 2)"
    echo "scaling $one $two $memory" >>"$work/estimates"
done
of() { awk -v t="$1" "\$1 == t { print $2 }" "$work/estimates" | spread "${3:-%.0f}"; }
for m in $estimate_models; do
    t=${m%%:*}
    read -r us lo hi <<<"$(of "$t" '$2' %.2f)"
    read -r r _ <<<"$(of "$t" '$3 / $2')"
    read -r theirs _ <<<"$(of "$t" '$3')"
    if [ "$t" = Ned_5 ]; then row "a fit, $t, microseconds" "$us" "$lo - $hi" "<= 5" "$(verdict "$us" at-most 5)" "5 lists; R's glm.fit $theirs, $r times ours"
    else row "a fit, $t, microseconds" "$us" "$lo - $hi" - - "R's glm.fit $theirs, $r times ours"; fi
done
for t in Kosovo UKdat; do
    read -r times lo hi <<<"$(of "$t" '$7 / $5')"
    read -r ms _ <<<"$(of "$t" '$5 / 1000')"
    read -r ms1 _ <<<"$(of "$t" '$4 / 1000')"
    read -r start _ <<<"$(of "$t" '$6 / 1000')"
    read -r inner _ <<<"$(of "$t" '$7 / ($5 - $6 + 1)')"
    read -r theirs _ <<<"$(of "$t" '$7 / 1000000' %.1f)"
    row "BCa of 1,000, $t, glm.fit to ours" "$times" "$lo - $hi" ">= 500" "$(verdict "$times" at-least 500)" "$ms ms ($ms1 with one thread), $start of it start; R $theirs s; without start $inner times"
done
read -r two lo hi <<<"$(of scaling '$2 / $3' %.2f)"
read -r ms _ <<<"$(of scaling '$2 / 1000')"
read -r kib _ <<<"$(of scaling '$4')"
row "BCa of 10,000, UKdat, two threads to one" "$two" "$lo - $hi" ">= 1.6" "$(verdict "$two" at-least 1.6)" "one thread $ms ms; peak memory $((kib / 1024)) MiB"
