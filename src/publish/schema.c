#include "publish/schema.h"

#include "base/breakage.h"
#include "publish/json_tree.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct declared {
    str text;
    uint16_t column;
};

static bool wrong(struct complaint *why, str what)
{
    *why = (struct complaint){ .what = what };
    return false;
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(((const struct declared *)a)->text, ((const struct declared *)b)->text);
}

struct taking {
    struct arena *arena;
    struct declared *all;
    size_t n;
    struct complaint *why;
};

static bool take_value(struct taking *t, str path, str name, size_t column, str value)
{
    const char *bad = value.n == 0 ? "an empty value is no value" : attribute_value_wrong(value);
    if (bad) return wrong(t->why, arena_format(t->arena, STR_FMT ": %s", STR_ARG(path), bad));
    if (t->n == PUBLISH_ATTRIBUTES_MAX)
        return wrong(t->why, arena_format(t->arena, "more than %d values are declared",
                                          PUBLISH_ATTRIBUTES_MAX));
    t->all[t->n++] = (struct declared){ ARENA_JOIN(t->arena, name, S(":"), value),
                                        (uint16_t)column };
    return true;
}

static bool take_range(struct taking *t, str path, str name, size_t column, const struct tree *map)
{
    const struct tree *from = tree_get(map, S("from")), *to = tree_get(map, S("to"));
    if (!from || !to || from->kind != TREE_COUNT || to->kind != TREE_COUNT ||
        from->whole > to->whole || from->whole < -1000000 || to->whole > 1000000)
        return wrong(t->why, arena_format(t->arena,
                                          STR_FMT ": give \"values\", or whole numbers \"from\" "
                                                  "and \"to\"",
                                          STR_ARG(path)));
    for (int64_t v = from->whole; v <= to->whole; v++)
        if (!take_value(t, path, name, column, arena_format(t->arena, "%lld", (long long)v)))
            return false;
    return true;
}

static bool take_column(struct taking *t, struct attributes *out, const struct tree *map, size_t i)
{
    str path = arena_format(t->arena, "columns[%zu]", i);
    if (map->kind != TREE_MAP)
        return wrong(t->why, arena_format(t->arena, STR_FMT ": is no object", STR_ARG(path)));
    str inside = ARENA_JOIN(t->arena, path, S("."));
    if (!tree_only(t->arena, map, inside, "name|values|from|to", t->why)) return false;
    const struct tree *name = tree_get(map, S("name")), *values = tree_get(map, S("values"));
    const char *bad = !name || name->kind != TREE_WORDS ? "a column needs a name"
                                                        : attribute_name_wrong(name->words);
    for (size_t j = 0; !bad && j < i; j++)
        if (str_eq(out->name[j], name->words)) bad = "the column is declared twice";
    if (!bad && values && (values->kind != TREE_LIST || values->n == 0))
        bad = "values are a list of texts, not empty";
    if (!bad && values && (tree_get(map, S("from")) || tree_get(map, S("to"))))
        bad = "give values or from and to, not both";
    if (bad) return wrong(t->why, arena_format(t->arena, STR_FMT ": %s", STR_ARG(path), bad));
    out->name[i] = name->words;
    if (!values) return take_range(t, path, name->words, i, map);
    for (size_t j = 0; j < values->n; j++) {
        str place = arena_format(t->arena, STR_FMT ".values[%zu]", STR_ARG(path), j);
        if (values->item[j].kind != TREE_WORDS)
            return wrong(t->why, arena_format(t->arena, STR_FMT ": is no text", STR_ARG(place)));
        if (!take_value(t, place, name->words, i, values->item[j].words)) return false;
    }
    return true;
}

static bool take_whole(struct arena *a, const struct tree *map, str key, int64_t most, int64_t *out,
                       struct complaint *why)
{
    const struct tree *v = tree_get(map, key);
    if (!v) return true;
    if (v->kind != TREE_COUNT || v->whole < 1 || v->whole > most)
        return wrong(why, arena_format(a, STR_FMT ": takes a whole number from 1 to %lld",
                                       STR_ARG(key), (long long)most));
    *out = v->whole;
    return true;
}

static bool number_declared(struct taking *t, struct attributes *out)
{
    qsort(t->all, t->n, sizeof *t->all, by_text);
    out->n = t->n;
    out->text = arena_new(t->arena, str, t->n + 1);
    out->column = arena_new(t->arena, uint16_t, t->n + 1);
    for (size_t i = 0; i < t->n; i++) {
        if (i && str_eq(t->all[i].text, t->all[i - 1].text))
            return wrong(t->why, arena_format(t->arena, "\"" STR_FMT "\" is declared twice",
                                              STR_ARG(t->all[i].text)));
        out->text[i] = t->all[i].text;
        out->column[i] = t->all[i].column;
    }
    return true;
}

bool schema_parse(struct arena *a, str text, struct schema *out, struct complaint *why)
{
    *out = (struct schema){ .person = S(""), .rows_per_person = 1 };
    struct tree map;
    if (!tree_read(a, text, &map, why)) return false;
    if (map.kind != TREE_MAP) return wrong(why, S("a schema is a JSON object"));
    if (!tree_only(a, &map, S(""), "schema|name|person|rows_per_person|attributes_per_row|columns",
                   why))
        return false;
    const struct tree *kind = tree_get(&map, S("schema")), *person = tree_get(&map, S("person"));
    const struct tree *columns = tree_get(&map, S("columns"));
    if (!kind || kind->kind != TREE_WORDS || !str_eq(kind->words, S("publication 1")))
        return wrong(why, S("schema: must be \"publication 1\""));
    if (person && (person->kind != TREE_WORDS || attribute_name_wrong(person->words)))
        return wrong(why, S("person: must be the name of a column"));
    if (person) out->person = person->words;
    if (!columns || columns->kind != TREE_LIST || columns->n == 0 ||
        columns->n > PUBLISH_COLUMNS_MAX)
        return wrong(why, arena_format(a, "columns: must be a list of 1 to %d columns",
                                       PUBLISH_COLUMNS_MAX));
    if (!take_whole(a, &map, S("rows_per_person"), 1000, &out->rows_per_person, why) ||
        !take_whole(a, &map, S("attributes_per_row"), (int64_t)columns->n, &out->attributes_per_row,
                    why))
        return false;
    if (!person && out->rows_per_person != 1)
        return wrong(why, S("rows_per_person: without \"person\" each row is one"));
    struct taking t = { a, arena_new(a, struct declared, PUBLISH_ATTRIBUTES_MAX), 0, why };
    out->attributes.columns = columns->n;
    out->attributes.name = arena_new(a, str, columns->n);
    for (size_t i = 0; i < columns->n; i++) {
        if (!take_column(&t, &out->attributes, &columns->item[i], i)) return false;
        if (str_eq(out->attributes.name[i], out->person))
            return wrong(why, S("person: must not be one of the columns"));
    }
    return number_declared(&t, &out->attributes);
}

static void close_file(void *fd)
{
    close((int)(intptr_t)fd);
}

bool schema_read(struct arena *a, const char *path, struct schema *out, struct complaint *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) broken("%s: cannot be read", path);
    arena_at_end(a, close_file, (void *)(intptr_t)fd);
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) broken("%s: is not a file", path);
    if ((size_t)about.st_size > SCHEMA_FILE_MAX) return wrong(why, S("the schema is too large"));
    char *bytes = arena_take(a, (size_t)about.st_size + 1);
    size_t n = 0;
    for (ssize_t got; (got = read(fd, bytes + n, (size_t)about.st_size - n)) > 0;) n += (size_t)got;
    return schema_parse(a, (str){ bytes, n }, out, why);
}
