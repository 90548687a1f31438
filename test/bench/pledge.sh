# Part of test/bench/run: pledges confirmed while pages are read, on both stores, and killed without warning at the end.
make --no-print-directory -s build/pledge-fill >/dev/null || die "the filler of pledges was not built"
for where in SQLite PostgreSQL; do
    if [ $where = PostgreSQL ]; then
        psql -q "$pg" -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null 2>&1
        node test/bench/pledge.mjs "$BLUEHEART" build/pledge-fill "$((rounds < 5 ? rounds : 5))" "$pg" >"$work/pledge" 2>>"$work/log" || die "the bench of pledges failed"
    else
        node test/bench/pledge.mjs "$BLUEHEART" build/pledge-fill "$rounds" >"$work/pledge" 2>>"$work/log" || die "the bench of pledges failed"
    fi
    while read -r what m lo hi; do
        case $what in
        confirmed_each_s) [ $where = SQLite ] && row "confirmed pledges/s, $where" "${m%.*}" "$lo - $hi" ">= 1000" "$(verdict "$m" at-least 1000)" "every commit on the disk; pages are read beside" || row "confirmed pledges/s, $where" "${m%.*}" "$lo - $hi" - - "without fsync, as the tests run it; pages are read beside" ;;
        paced_each_s) paced=${m%.*} ;;
        p99_ratio) row "page p99 under pledges to idle, $where" "$m" "$lo - $hi" "<= 3" "$(verdict "$m" at-most 3)" "at $paced pledges/s" ;;
        lost) row "acknowledged pledges lost by kill -9, $where" "$m" "of $lo" 0 "$(verdict "$m" at-most 0)" "" ;;
        esac
    done <"$work/pledge"
done
