/* blueheart link evaluate: groups beside the truth. */
#include "command/link.h"

#include "base/sink.h"
#include "link/evaluate.h"

#include <math.h>
#include <stdio.h>

struct judge {
    const char *files[2], *by;
    bool as_json;
};

static void put_rate(struct sink *out, const char *name, double rate)
{
    if (isnan(rate)) put_format(out, ", \"%s\": null", name);
    else put_format(out, ", \"%s\": %.17g", name, rate);
}

static void put_rates(struct sink *out, const struct link_rates *r)
{
    put_format(out, "\"found\": %llu, \"true\": %llu, \"both\": %llu", (unsigned long long)r->found,
               (unsigned long long)r->true_pairs, (unsigned long long)r->both);
    put_rate(out, "precision", link_precision(r));
    put_rate(out, "recall", link_recall(r));
    put_rate(out, "f1", link_f1(r));
    put_rate(out, "missed", 1 - link_recall(r));
    put_rate(out, "wrong", 1 - link_precision(r));
}

static void put_json(struct sink *out, const struct link_evaluation *e, str column)
{
    put_char(out, '{');
    put_rates(out, &e->all);
    if (column.p) {
        put_lit(out, ", \"by\": {\"column\": ");
        json_text(out, column);
        put_lit(out, ", \"groups\": [");
        for (size_t i = 0; i < e->by_n; i++) {
            put_lit(out, "\n  {\"value\": ");
            json_text(out, e->by[i].value);
            put_lit(out, ", ");
            put_rates(out, &e->by[i].rates);
            put(out, i + 1 < e->by_n ? S("},") : S("}"));
        }
        put_lit(out, "]}");
    }
    put_lit(out, "}\n");
}

static void put_line(struct sink *out, str name, const struct link_rates *r)
{
    put_format(out, "%-24.*s %10llu %10llu %10llu %10.4f %10.4f %10.4f\n", STR_ARG(name),
               (unsigned long long)r->found, (unsigned long long)r->true_pairs,
               (unsigned long long)r->both, link_precision(r), link_recall(r), link_f1(r));
}

static void put_words(struct sink *out, const struct link_evaluation *e, str column)
{
    put_format(out, "%-24.*s %10s %10s %10s %10s %10s %10s\n", STR_ARG(column.p ? column : S("")),
               "found", "true", "both", "precision", "recall", "F1");
    put_line(out, S("all"), &e->all);
    for (size_t i = 0; i < e->by_n; i++)
        put_line(out, e->by[i].value.n ? e->by[i].value : S("(empty)"), &e->by[i].rates);
}

static bool refuse(const char *path, const struct complaint *wrong)
{
    complaint_tell(path, wrong);
    return false;
}

static bool read_all(struct arena *a, const struct judge *c, struct link_members *found,
                     struct link_members *truth, struct link_marks **marks, str *column)
{
    struct complaint wrong;
    if (!link_members_read(a, c->files[0], false, found, &wrong))
        return refuse(c->files[0], &wrong);
    memcpy(truth->names, found->names, sizeof truth->names);
    truth->lists = found->lists;
    if (!link_members_read(a, c->files[1], false, truth, &wrong))
        return refuse(c->files[1], &wrong);
    if (found->n && truth->n && truth->lists > found->lists)
        link_notice(NULL,
                    arena_format(a,
                                 "%s knows lists that %s does not, such as " STR_FMT
                                 ": are they called alike in both?",
                                 c->files[1], c->files[0], STR_ARG(truth->names[found->lists])));
    if (!c->by) return true;
    *marks = link_marks_read(a, c->by, truth, column, &wrong);
    return *marks ? true : refuse(c->by, &wrong);
}

static int evaluate(struct arena *a, void *choices)
{
    const struct judge *c = choices;
    struct link_members found = { 0 }, truth = { 0 };
    struct link_marks *marks = NULL;
    str column = { NULL, 0 };
    if (!read_all(a, c, &found, &truth, &marks, &column)) return 1;
    struct link_evaluation e;
    if (!link_evaluate(a, &found, &truth, marks, &e)) {
        fprintf(
            stderr,
            "blueheart: a group has more than %d records: these are not records of one person\n",
            LINK_GROUP_MAX);
        return 1;
    }
    struct sink out;
    sink_open(&out, a, MIB(16));
    if (c->as_json) put_json(&out, &e, column);
    else put_words(&out, &e, column);
    struct file_out *f = file_out_open(a, "-");
    file_out_put(f, sink_str(&out));
    file_out_done(f);
    return 0;
}

int link_evaluate_deed(int argc, char **argv)
{
    struct judge c = { .by = NULL };
    const struct choice choices[] = {
        { "by", CHOICE_TEXT, &c.by, "FILE",
          "columns file, row and one more: the rates for each of its values too", 0, 0, NULL },
        { "json", CHOICE_FLAG, &c.as_json, NULL, "the same as one JSON object", 0, 0, NULL },
    };
    const struct usage u = {
        "link evaluate",
        "LINKS.csv TRUTH.csv",
        "Groups beside the truth: pairs of records rightly linked, wrongly linked and missed.",
        2,
        2,
        choices,
        COUNT_OF(choices),
        "Both files have the columns group, file and row, as match writes them; in TRUTH a group "
        "is a person."
    };
    int n = choices_read(&u, argc, argv, c.files);
    if (n < 0) return n == -1 ? 0 : 2;
    return link_run(evaluate, &c);
}
