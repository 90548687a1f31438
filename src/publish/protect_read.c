/* Reading published tables back: for synthesis and for looking at what was published. */
#include "publish/dictionary.h"
#include "publish/protect.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/breakage.h"

struct reading {
    struct arena *arena;
    struct aggregates *out;
    struct complaint *why;
    struct dictionary texts, columns;
    uint16_t *column; /* by text */
    int line;
    bool has_records;
};

static bool wrong(struct reading *r, str what)
{
    *r->why = (struct complaint){ .line = r->line, .what = what };
    return false;
}

static int by_attribute(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static bool take_attribute(struct reading *r, str text, uint16_t *out)
{
    ptrdiff_t colon = str_find(text, ':');
    str name = colon < 0 ? S("") : str_cut(text, (size_t)colon);
    if (colon < 0 || attribute_name_wrong(name) || (size_t)colon + 1 == text.n ||
        attribute_value_wrong(str_from(text, (size_t)colon + 1)))
        return wrong(r, S("an attribute is written column:value"));
    size_t n = dictionary_add(&r->texts, text), c = dictionary_add(&r->columns, name);
    if (n >= PUBLISH_ATTRIBUTES_MAX || c >= PUBLISH_COLUMNS_MAX)
        return wrong(r, S("there are more columns or values than can be held"));
    r->column[n] = (uint16_t)c;
    *out = (uint16_t)n;
    return true;
}

static bool take_line(struct reading *r, str line)
{
    ptrdiff_t tab = str_find(line, '\t');
    if (tab < 0) return wrong(r, S("a line is: attributes, a tab, a count"));
    str selections = str_cut(line, (size_t)tab);
    int64_t count;
    if (!str_to_int(str_from(line, (size_t)tab + 1), &count) || count < 0 || count > UINT32_MAX)
        return wrong(r, S("behind the tab stands a whole number, not negative"));
    if (str_eq(selections, S("record_count"))) {
        if (r->has_records) return wrong(r, S("record_count stands here twice"));
        r->has_records = true;
        r->out->records = (uint64_t)count;
        return true;
    }
    struct combo c = { .count = (uint32_t)count };
    while (selections.p) {
        str text = str_split(&selections, ';');
        if (c.length == PUBLISH_LENGTH_MAX) return wrong(r, S("the combination is too long"));
        if (!take_attribute(r, text, &c.at[c.length])) return false;
        for (size_t i = 0; i < c.length; i++)
            if (r->column[c.at[i]] == r->column[c.at[c.length]])
                return wrong(r, S("a combination has two values of one column"));
        c.length++;
    }
    if (c.length > r->out->length) r->out->length = c.length;
    return combos_add(&r->out->combos, &c) || wrong(r, S("there are too many combinations"));
}

struct named {
    str text;
    uint16_t number;
};

static int by_text(const void *a, const void *b)
{
    return str_cmp(((const struct named *)a)->text, ((const struct named *)b)->text);
}

/* Attributes were numbered as they were met; from here on by their texts. */
static bool number_anew(struct reading *r)
{
    size_t n = r->texts.n;
    struct named *all = arena_new(r->arena, struct named, n + 1);
    uint16_t *to = arena_new(r->arena, uint16_t, n + 1);
    for (size_t i = 0; i < n; i++) all[i] = (struct named){ r->texts.text[i], (uint16_t)i };
    qsort(all, n, sizeof *all, by_text);
    struct attributes *out = &r->out->attributes;
    *out = (struct attributes){ n, r->columns.n, arena_new(r->arena, str, n + 1),
                                arena_new(r->arena, uint16_t, n + 1), r->columns.text };
    for (size_t i = 0; i < n; i++) {
        out->text[i] = all[i].text;
        out->column[i] = r->column[all[i].number];
        to[all[i].number] = (uint16_t)i;
    }
    for (size_t i = 0; i < r->out->combos.n; i++) {
        struct combo *c = combos_at(&r->out->combos, i);
        for (size_t j = 0; j < c->length; j++) c->at[j] = to[c->at[j]];
        qsort(c->at, c->length, sizeof *c->at, by_attribute);
    }
    combos_sort(&r->out->combos);
    struct combo_index x;
    combo_index_make(&x, r->arena, &r->out->combos);
    r->line = 0;
    for (size_t i = 0; i < r->out->combos.n; i++) {
        const struct combo *c = combos_at(&r->out->combos, i);
        if (combo_index_find(&x, c->at, c->length) != i)
            return wrong(r, S("a combination stands in the file twice"));
    }
    return true;
}

/* Counts that were rounded have the rounding in common; noise leaves nothing in common. */
static void find_rounding(struct aggregates *g)
{
    uint64_t k = g->records;
    for (size_t i = 0; i < g->combos.n; i++) {
        uint64_t b = combos_at(&g->combos, i)->count;
        while (b) {
            uint64_t rest = k % b;
            k = b;
            b = rest;
        }
    }
    g->k = k >= 1 && k <= UINT32_MAX ? (uint32_t)k : 1;
    g->is_private = g->k == 1;
}

bool aggregates_parse(struct arena *a, str text, struct aggregates *out, struct complaint *why)
{
    *out = (struct aggregates){ .k = 1 };
    struct reading r = { .arena = a, .out = out, .why = why };
    if (!str_is_utf8(text)) return wrong(&r, S("the file is not UTF-8"));
    combos_open(&out->combos, a);
    dictionary_open(&r.texts, a);
    dictionary_open(&r.columns, a);
    r.column = arena_new(a, uint16_t, PUBLISH_ATTRIBUTES_MAX);
    bool has_head = false, is_protected = false;
    while (text.n) {
        str line = str_split(&text, '\n');
        r.line++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (line.n == 0 || line.p[0] == '#') continue;
        if (!has_head) {
            bool is_raw = str_eq(line, S("selections\tcount"));
            if (!is_raw && !str_eq(line, S("selections\tprotected_count")))
                return wrong(&r, S("the first line is: selections, a tab, protected_count"));
            has_head = true;
            is_protected = !is_raw;
        } else if (!take_line(&r, line)) return false;
    }
    if (!r.has_records) return wrong(&r, S("there is no record_count"));
    if (is_protected) find_rounding(out);
    return number_anew(&r);
}

static void close_file(void *fd)
{
    close((int)(intptr_t)fd);
}

bool aggregates_read(struct arena *a, const char *path, struct aggregates *out,
                     struct complaint *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) broken("%s: cannot be read", path);
    arena_at_end(a, close_file, (void *)(intptr_t)fd);
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) broken("%s: is not a file", path);
    if ((size_t)about.st_size > PUBLISH_TABLE_MAX) broken("%s: is too large", path);
    char *bytes = arena_take(a, (size_t)about.st_size + 1);
    size_t n = 0;
    while (n < (size_t)about.st_size) {
        ssize_t got = read(fd, bytes + n, (size_t)about.st_size - n);
        if (got <= 0) broken("%s: cannot be read to its end", path);
        n += (size_t)got;
    }
    return aggregates_parse(a, (str){ bytes, n }, out, why);
}
