/* blueheart publish ledger: begin, show and check a privacy budget. */
#include "command/publish.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"

#include <stdio.h>

int publish_ledger_told(const char *path, enum ledger_answer answer, str why)
{
    if (answer == LEDGER_YES) return 0;
    fprintf(stderr, "blueheart: %s: " STR_FMT "\n", path, STR_ARG(why));
    return 1;
}

static int begin(int argc, char **argv)
{
    const char *epsilon_text = NULL, *delta_text = "0", *data = "", *who = "";
    const struct choice choices[] = {
        { "epsilon", CHOICE_TEXT, &epsilon_text, "E", "all releases together", 0, 0, NULL },
        { "delta", CHOICE_TEXT, &delta_text, "D", "all releases together", 0, 0, NULL },
        { "data", CHOICE_TEXT, &data, "NAME", "which data set this is", 0, 0, NULL },
        { "who", CHOICE_TEXT, &who, "NAME", "who declares it", 0, 0, NULL },
    };
    const struct usage usage = {
        .command = "publish ledger init",
        .words = "FILE --epsilon E --delta D --data NAME --who NAME",
        .about = "Begins the ledger of a data set and declares what its releases may spend.",
        .words_min = 1,
        .words_max = 1,
        .choices = choices,
        .choices_n = COUNT_OF(choices),
    };
    const char *words[1];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    nano epsilon;
    femto delta;
    if (!publish_budget(usage.command, epsilon_text, delta_text, &epsilon, &delta)) return 2;
    struct arena a;
    arena_open(&a, MIB(64));
    str why = S("");
    enum ledger_answer answer = ledger_begin(&a, words[0], str_of(data), str_of(who), epsilon,
                                             delta, clock_now(), &why);
    int code = publish_ledger_told(words[0], answer, why);
    arena_close(&a);
    return answer == LEDGER_UNFIT ? 2 : code;
}

bool publish_budget(const char *command, const char *epsilon_text, const char *delta_text,
                    nano *epsilon, femto *delta)
{
    if (epsilon_text &&
        ledger_number(str_of(epsilon_text), EPSILON_DIGITS, (int64_t)1000 * 1000000000, epsilon) &&
        *epsilon > 0 &&
        ledger_number(str_of(delta_text), DELTA_DIGITS, (int64_t)1000000000000000 / 2, delta))
        return true;
    fprintf(stderr,
            "blueheart %s: --epsilon takes a decimal number above 0, at most 1000, --delta one "
            "from 0 to 0.5, like 0.00001\n",
            command);
    return false;
}

static void put_spent(struct sink *out, const struct ledger *l, bool as_json)
{
    const struct {
        const char *name;
        int64_t units;
        int digits;
    } all[] = { { "epsilon_declared", l->epsilon, EPSILON_DIGITS },
                { "epsilon_spent", l->epsilon_spent, EPSILON_DIGITS },
                { "delta_declared", l->delta, DELTA_DIGITS },
                { "delta_spent", l->delta_spent, DELTA_DIGITS } };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        put_format(out, as_json ? ",\"%s\":" : "%-18s", all[i].name);
        ledger_put_number(out, all[i].units, all[i].digits);
        if (!as_json) put_char(out, '\n');
    }
}

static void put_ledger(struct sink *out, const struct ledger *l, bool as_json)
{
    put(out, as_json ? S("{\"data\":") : S("data              "));
    if (as_json) json_text(out, l->data);
    else put_format(out, STR_FMT "\n", STR_ARG(l->data));
    put_spent(out, l, as_json);
    if (as_json) put_lit(out, ",\"entries\":[");
    for (size_t i = 0; i < l->n; i++) {
        const struct ledger_entry *e = &l->entry[i];
        put_format(out, as_json ? "%s{\"entry\":%lld,\"at\":" : "%s%lld  ", as_json && i ? "," : "",
                   (long long)e->number);
        if (as_json) json_text(out, e->at);
        else put(out, e->at);
        put(out, as_json ? S(",\"epsilon\":") : S("  epsilon "));
        ledger_put_number(out, e->epsilon, EPSILON_DIGITS);
        put(out, as_json ? S(",\"delta\":") : S("  delta "));
        ledger_put_number(out, e->delta, DELTA_DIGITS);
        if (as_json) {
            put_lit(out, ",\"who\":");
            json_text(out, e->who);
            put_lit(out, ",\"why\":");
            json_text(out, e->why);
            put_lit(out, ",\"seal\":");
            json_text(out, e->seal);
            put_char(out, '}');
        } else
            put_format(out, "  " STR_FMT ": " STR_FMT "\n   seal " STR_FMT "\n", STR_ARG(e->who),
                       STR_ARG(e->why), STR_ARG(e->seal));
    }
    if (as_json) put_lit(out, "]}\n");
}

static int look(int argc, char **argv, const char *command, bool is_check)
{
    bool as_json = false;
    const struct choice choices[] = {
        { "json", CHOICE_FLAG, &as_json, NULL, "as JSON", 0, 0, NULL },
    };
    const struct usage usage = {
        .command = command,
        .words = "FILE",
        .about = is_check ? "Says whether the ledger is whole: ends with 0 if every seal fits."
                          : "What was declared, what was spent, and each release.",
        .words_min = 1,
        .words_max = 1,
        .choices = choices,
        .choices_n = is_check ? 0 : COUNT_OF(choices),
    };
    const char *words[1];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    struct arena a;
    arena_open(&a, MIB(128));
    struct ledger l;
    str why = S("");
    int code = publish_ledger_told(words[0], ledger_read(&a, words[0], &l, &why), why);
    if (code == 0) {
        struct sink out;
        sink_open(&out, &a, MIB(32));
        if (is_check)
            put_format(&out, "whole: %zu entries, seal " STR_FMT "\n", l.n, STR_ARG(l.seal));
        else put_ledger(&out, &l, as_json);
        if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
            broken("standard output cannot be written");
    }
    arena_close(&a);
    return code;
}

static int show(int argc, char **argv)
{
    return look(argc, argv, "publish ledger show", false);
}

static int check(int argc, char **argv)
{
    return look(argc, argv, "publish ledger check", true);
}

int publish_ledger(int argc, char **argv)
{
    static const struct deed deeds[] = {
        { "init", "begin a ledger and declare its totals", begin },
        { "show", "what was declared and spent, and each release", show },
        { "check", "whether it is whole", check },
    };
    return choices_deed("publish ledger", deeds, COUNT_OF(deeds), argc, argv);
}
