/* blueheart publish dp: counts with noise, entered in the ledger before they are made. */
#include "command/publish.h"

#include "base/clock.h"

#include <stdio.h>

static str remark(struct arena *a, const struct dp_wishes *w, const struct ledger_entry *e,
                  const struct release *r, const struct release_report *report)
{
    struct sink out;
    sink_open(&out, a, KIB(8));
    put_format(&out, "Ledger entry %lld, seal " STR_FMT "\n", (long long)e->number,
               STR_ARG(e->seal));
    put_lit(&out, "Differential privacy for each person: epsilon ");
    ledger_put_number(&out, w->epsilon, EPSILON_DIGITS);
    put_lit(&out, ", delta ");
    ledger_put_number(&out, w->delta, DELTA_DIGITS);
    put_format(&out, " (rho %.4g; at most %lld attributes of a row)\n", report->rho,
               (long long)report->attributes_per_row);
    put_format(&out, "Noise by length, standard deviation: number of rows %.1f", report->sigma[0]);
    for (size_t i = 1; i <= report->measured; i++)
        put_format(&out, ", %zu: %.1f", i, report->sigma[i]);
    put_char(&out, '\n');
    if (report->measured < r->length)
        put_format(&out,
                   "Combinations of more than %zu attributes were not measured: they are inferred "
                   "from shorter ones\n",
                   report->measured);
    put_format(&out, "Estimates below %u are not shown\n", r->least);
    return sink_str(&out);
}

static int told(const char *path, const struct complaint *why)
{
    complaint_tell(path, why);
    return 1;
}

bool publish_dp_agreed(const char *command, struct dp_wishes *w)
{
    if (!publish_budget(command, w->epsilon_text, w->delta_text, &w->epsilon, &w->delta))
        return false;
    if (w->delta > 0 && w->schema && w->ledger && *w->who && *w->why) return true;
    fprintf(stderr, "blueheart %s: needs --schema, --ledger, --who, --why and a --delta above 0\n",
            command);
    return false;
}

int publish_dp_release(struct arena *a, const char *path, const struct dp_wishes *w, size_t length,
                       struct aggregates *out, str *about)
{
    struct schema schema;
    struct sample s;
    struct complaint why;
    struct coins *coins = arena_new(a, struct coins, 1);
    coins_open(coins);
    struct release r = { (double)w->epsilon / 1e9, (double)w->delta / 1e15, length,
                         (uint32_t)w->least, coins };
    if (!schema_read(a, w->schema, &schema, &why)) return told(w->schema, &why);
    if (!release_check(a, &schema, &r, &why)) return told(w->schema, &why);
    bool drops = strcmp(w->outside, "drop") == 0;
    if (!schema_sample(a, &schema, path, drops, &s, &why)) return told(path, &why);
    struct ledger_entry entry;
    str because = S("");
    enum ledger_answer answer = ledger_enter(a, w->ledger, str_of(w->who), str_of(w->why),
                                             w->epsilon, w->delta, clock_now(), &entry, &because);
    if (publish_ledger_told(w->ledger, answer, because) != 0) return answer == LEDGER_UNFIT ? 2 : 1;

    struct release_report report;
    release_make(a, &schema, &s, &r, out, &report);
    coins_wipe(coins);
    *about = remark(a, w, &entry, &r, &report);
    fprintf(stderr, "ledger entry %lld, seal " STR_FMT "\n", (long long)entry.number,
            STR_ARG(entry.seal));
    return 0;
}

static int run(struct arena *a, const char *path, const struct dp_wishes *w)
{
    struct aggregates g;
    str about;
    struct file_out *to = file_out_open(a, w->to); /* before anything is spent on it */
    int code = publish_dp_release(a, path, w, (size_t)w->length, &g, &about);
    if (code != 0) return code;
    aggregates_write(to, a, &g, about);
    file_out_done(to);
    if (!w->is_quiet) fprintf(stderr, "%zu combinations\n", g.combos.n);
    return 0;
}

int publish_dp(int argc, char **argv)
{
    struct dp_wishes w = DP_WISHES;
    const struct choice choices[] = {
        DP_CHOICES(w),
        { "length", CHOICE_WHOLE, &w.length, "N", "combinations of up to N attributes", 1,
          PUBLISH_LENGTH_MAX, NULL },
        { "o", CHOICE_TEXT, &w.to, "FILE", "where to write; - is standard output", 0, 0, NULL },
        { "quiet", CHOICE_FLAG, &w.is_quiet, NULL, "only what is wrong", 0, 0, NULL },
    };
    const struct usage usage = {
        .command = "publish dp",
        .words = "FILE.csv --epsilon E --delta D --schema S.json --ledger FILE --who NAME --why "
                 "WORDS",
        .about = "Counts of combinations with noise: whether any one person is in the data can "
                 "hardly be told. The release is entered in the ledger first.",
        .words_min = 1,
        .words_max = 1,
        .choices = choices,
        .choices_n = COUNT_OF(choices),
    };
    const char *words[1];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    if (!publish_dp_agreed(usage.command, &w)) return 2;
    struct arena a;
    arena_open(&a, PUBLISH_ARENA_MAX);
    int code = run(&a, words[0], &w);
    arena_close(&a);
    return code;
}
