/* The ledger as text: written in one way only, so that reading it back can insist on every byte. */
#include "publish/ledger.h"

#include "base/limits.h"
#include "publish/json_tree.h"
#include "publish/ledger_parts.h"

#include <sodium.h>
#include <stdio.h>

bool ledger_number(str text, int digits, int64_t most, int64_t *out)
{
    str rest = text;
    bool has_point = str_find(text, '.') >= 0;
    str whole = str_split(&rest, '.');
    str part = has_point ? rest : S("");
    if (whole.n == 0 || whole.n > 9 || (has_point && part.n == 0) || part.n > (size_t)digits)
        return false;
    int64_t n = 0;
    for (size_t i = 0; i < whole.n + (size_t)digits; i++) {
        char c = i < whole.n ? whole.p[i] : i - whole.n < part.n ? part.p[i - whole.n] : '0';
        if (c < '0' || c > '9' || n > (INT64_MAX - 9) / 10) return false;
        n = n * 10 + (c - '0');
    }
    *out = n;
    return n <= most;
}

void ledger_put_number(struct sink *out, int64_t units, int digits)
{
    char text[24];
    snprintf(text, sizeof text, "%0*lld", digits + 1, (long long)units);
    size_t n = strlen(text), whole = n - (size_t)digits;
    while (n > whole && text[n - 1] == '0') n--;
    put(out, (str){ text, whole });
    if (n == whole) return;
    put_char(out, '.');
    put(out, (str){ text + whole, n - whole });
}

/* Numbers are texts in the file: a JSON number would pass through a double. */
static void put_field(struct sink *out, const char *name, str value)
{
    put_format(out, ",\"%s\":", name);
    json_text(out, value);
}

static void put_units(struct sink *out, const char *name, int64_t units, int digits)
{
    put_format(out, ",\"%s\":\"", name);
    ledger_put_number(out, units, digits);
    put_char(out, '"');
}

static str seal_line(struct arena *a, struct sink *out, size_t from)
{
    unsigned char hash[LEDGER_SEAL / 2];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)out->p + from, out->n - from, NULL,
                       0);
    char *seal = arena_take(a, LEDGER_SEAL + 1);
    sodium_bin2hex(seal, LEDGER_SEAL + 1, hash, sizeof hash);
    put_format(out, ",\"seal\":\"%s\"}\n", seal);
    return (str){ seal, LEDGER_SEAL };
}

void ledger_write(struct arena *a, struct ledger *l, struct sink *out)
{
    struct sink entries;
    sink_open(&entries, a, LEDGER_FILE_MAX);
    struct sink head;
    sink_open(&head, a, KIB(16));
    put_lit(&head, "{\"ledger\":\"privacy budget 1\"");
    put_field(&head, "data", l->data);
    put_field(&head, "by", l->by);
    put_field(&head, "at", l->at);
    put_units(&head, "epsilon", l->epsilon, EPSILON_DIGITS);
    put_units(&head, "delta", l->delta, DELTA_DIGITS);
    unsigned char begun[LEDGER_SEAL / 2];
    crypto_generichash(begun, sizeof begun, (const unsigned char *)head.p, head.n, NULL, 0);
    char first[LEDGER_SEAL + 1];
    sodium_bin2hex(first, sizeof first, begun, sizeof begun);
    str before = str_of(first);
    for (size_t i = 0; i < l->n; i++) {
        struct ledger_entry *e = &l->entry[i];
        size_t from = entries.n;
        put_format(&entries, "{\"entry\":%zu", i + 1);
        put_field(&entries, "at", e->at);
        put_field(&entries, "who", e->who);
        put_field(&entries, "why", e->why);
        put_units(&entries, "epsilon", e->epsilon, EPSILON_DIGITS);
        put_units(&entries, "delta", e->delta, DELTA_DIGITS);
        put_field(&entries, "before", before);
        before = e->seal = seal_line(a, &entries, from);
    }
    put_format(&head, ",\"entries\":%zu", l->n);
    put_field(&head, "last", before);
    l->seal = seal_line(a, &head, 0);
    put(out, sink_str(&head));
    put(out, sink_str(&entries));
}

static bool take_words(const struct tree *map, str key, str *out)
{
    const struct tree *v = tree_get(map, key);
    if (!v || v->kind != TREE_WORDS) return false;
    *out = v->words;
    return true;
}

static bool take_units(const struct tree *map, str key, int digits, int64_t *out)
{
    str text;
    return take_words(map, key, &text) && ledger_number(text, digits, INT64_MAX, out);
}

static bool damaged(struct arena *a, str *why, size_t line, const char *what)
{
    *why = arena_format(a, "line %zu: %s", line, what);
    return false;
}

static bool take_lines(struct arena *a, str text, struct ledger *out, str *why)
{
    size_t room = 0;
    for (size_t i = 0; i < text.n; i++) room += text.p[i] == '\n';
    out->entry = arena_new(a, struct ledger_entry, room + 1);
    str rest = text;
    for (size_t line = 1; rest.n; line++) {
        struct tree map;
        struct complaint c;
        if (!tree_read(a, str_split(&rest, '\n'), &map, &c) || map.kind != TREE_MAP)
            return damaged(a, why, line, "this is not a line of a ledger");
        bool is_whole;
        if (line == 1)
            is_whole = take_words(&map, S("data"), &out->data) &&
                       take_words(&map, S("by"), &out->by) && take_words(&map, S("at"), &out->at) &&
                       take_units(&map, S("epsilon"), EPSILON_DIGITS, &out->epsilon) &&
                       take_units(&map, S("delta"), DELTA_DIGITS, &out->delta);
        else {
            struct ledger_entry *e = &out->entry[out->n++];
            e->number = (int64_t)out->n;
            is_whole = take_words(&map, S("who"), &e->who) && take_words(&map, S("why"), &e->why) &&
                       take_words(&map, S("at"), &e->at) &&
                       take_units(&map, S("epsilon"), EPSILON_DIGITS, &e->epsilon) &&
                       take_units(&map, S("delta"), DELTA_DIGITS, &e->delta);
            if (is_whole &&
                (__builtin_add_overflow(out->epsilon_spent, e->epsilon, &out->epsilon_spent) ||
                 __builtin_add_overflow(out->delta_spent, e->delta, &out->delta_spent)))
                return damaged(a, why, line, "the sums are too large");
        }
        if (!is_whole) return damaged(a, why, line, "something is missing in this line");
    }
    return true;
}

enum ledger_answer ledger_parse(struct arena *a, str text, struct ledger *out, str *why)
{
    *out = (struct ledger){ 0 };
    if (text.n == 0 || text.n > LEDGER_FILE_MAX || !str_is_utf8(text)) {
        *why = S("the file is empty, too large or not UTF-8");
        return LEDGER_DAMAGED;
    }
    if (!take_lines(a, text, out, why)) return LEDGER_DAMAGED;
    struct sink again;
    sink_open(&again, a, LEDGER_FILE_MAX * 2);
    ledger_write(a, out, &again);
    if (!str_eq(sink_str(&again), text)) {
        size_t same = 0, line = 1;
        while (same < text.n && same < again.n && text.p[same] == again.p[same])
            line += text.p[same++] == '\n';
        (void)damaged(a, why, line, "a seal does not fit: the file was changed by hand or cut off");
        return LEDGER_DAMAGED;
    }
    if (out->epsilon_spent > out->epsilon || out->delta_spent > out->delta) {
        *why = S("more was spent than was declared");
        return LEDGER_DAMAGED;
    }
    return LEDGER_YES;
}
