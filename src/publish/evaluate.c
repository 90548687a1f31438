/* An evaluation as JSON and as text. */
#include "publish/evaluate.h"

static void put_comparison(struct sink *out, const struct comparison *c)
{
    put_format(out,
               "\"real\":%llu,\"shown\":%llu,\"mean_count\":%.17g,\"mean_absolute_error\":%.17g,"
               "\"missing\":%.17g,\"missing_common\":%.17g,\"fabricated\":%.17g,"
               "\"rare_shown\":%.17g,\"mean_relative_error_common\":%.17g}",
               (unsigned long long)c->real, (unsigned long long)c->shown, c->mean_count,
               c->mean_error, c->missing, c->missing_enough, c->fabricated, c->rare_shown,
               c->relative_error);
}

static void put_nearness(struct sink *out, const char *name, const struct nearness *n)
{
    put_format(out,
               ",\"%s\":{\"records\":%llu,\"copies\":%.17g,\"mean\":%.17g,\"p5\":%u,\"median\":%u,"
               "\"p95\":%u}",
               name, (unsigned long long)n->looked, n->exact, n->mean, n->p5, n->median, n->p95);
}

void evaluation_json(struct sink *out, const struct attributes *all, const struct evaluation *e)
{
    put_format(out, "{\"k\":%u,\"records\":{\"real\":%llu,\"shown\":%llu},\"lengths\":[", e->k,
               (unsigned long long)e->real_rows, (unsigned long long)e->shown_rows);
    for (size_t i = 1; i <= e->length; i++) {
        put_format(out, "{\"length\":%zu,", i);
        put_comparison(out, &e->by_length[i]);
        put_char(out, ',');
    }
    put_lit(out, "{\"length\":\"all\",");
    put_comparison(out, &e->by_length[0]);
    put_char(out, ']');
    if (e->has_records) {
        put_lit(out, ",\"nearest\":{\"compared_with\":");
        put(out, e->has_holdout ? S("\"holdout\"") : S("\"other half\""));
        put_nearness(out, "shown", &e->shown_to_real);
        put_nearness(out, "others", &e->others_to_real);
        put_lit(out, "},\"attribute_disclosure\":[");
        for (size_t c = 0; c < all->columns; c++) {
            put(out, c ? S(",{\"column\":") : S("{\"column\":"));
            json_text(out, all->name[c]);
            put_format(out, ",\"from_shown\":%.17g,\"from_others\":%.17g,\"from_commonest\":%.17g}",
                       e->by_column[c].from_shown, e->by_column[c].from_others,
                       e->by_column[c].from_commonest);
        }
        put_char(out, ']');
    }
    put_lit(out, "}\n");
}

static void put_row(struct sink *out, const char *name, const struct comparison *c)
{
    put_format(out, "%-6s %8llu %8llu %9.1f %9.1f %8.1f%% %8.1f%% %9.3f %8.1f%% %8.1f%%\n", name,
               (unsigned long long)c->real, (unsigned long long)c->shown, c->mean_count,
               c->mean_error, 100 * c->missing, 100 * c->missing_enough, c->relative_error,
               100 * c->fabricated, 100 * c->rare_shown);
}

static void put_near(struct sink *out, const char *who, const struct nearness *n)
{
    put_format(out,
               "  %-12s %5.1f%% are copies; differing columns: mean %.2f, 5%% %u, half %u, "
               "95%% %u\n",
               who, 100 * n->exact, n->mean, n->p5, n->median, n->p95);
}

void evaluation_text(struct sink *out, const struct attributes *all, const struct evaluation *e)
{
    put_format(out, "records: %llu real, %llu shown\n", (unsigned long long)e->real_rows,
               (unsigned long long)e->shown_rows);
    put_format(out, "%-6s %8s %8s %9s %9s %9s %9s %9s %9s %9s\n", "length", "real", "shown",
               "mean n", "mean err", "missing", "of >= k", "rel err", "fabricat.", "rare");
    char name[8];
    for (size_t i = 1; i <= e->length; i++) {
        name[0] = (char)('0' + i);
        name[1] = 0;
        put_row(out, name, &e->by_length[i]);
    }
    put_row(out, "all", &e->by_length[0]);
    if (!e->has_records) return;
    put_lit(out, "\nhow near to the nearest real record\n");
    put_near(out, "shown", &e->shown_to_real);
    put_near(out, e->has_holdout ? "holdout" : "other half", &e->others_to_real);
    put_lit(out,
            "\na column guessed by who knows the others: from shown, from others, commonest\n");
    for (size_t c = 0; c < all->columns; c++)
        put_format(out, "  %-28.*s %5.1f%% %5.1f%% %5.1f%%\n", STR_ARG(all->name[c]),
                   100 * e->by_column[c].from_shown, 100 * e->by_column[c].from_others,
                   100 * e->by_column[c].from_commonest);
}
