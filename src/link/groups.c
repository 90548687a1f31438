#include "link/groups.h"

#include "base/limits.h"
#include "base/sink.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void write_row(struct file_out *f, struct sink *line, size_t group,
                      const struct link_lists *l, uint32_t record, double score)
{
    size_t list = link_list_of(l, record);
    line->n = 0;
    put_format(line, "%zu,", group);
    csv_cell(line, l->list[list].name);
    put_format(line, ",%u,%.17g\n", record - l->first[list] + 1, score);
    file_out_put(f, sink_str(line));
}

/* Groups are numbered by their first record in the order of the lists. */
void link_groups_write(struct arena *a, struct file_out *f, const struct link_lists *l,
                       const struct link_pairs *pairs, const struct link_groups *g)
{
    struct sink line;
    sink_open(&line, a, KIB(16));
    file_out_put(f, S("group,file,row,score\n"));
    size_t group = 0;
    bool *is_written = arena_new(a, bool, g->records + 1);
    for (uint32_t r = 0; r < g->records; r++) {
        uint32_t head = g->head[r];
        if (g->size[head] < 2 || is_written[head]) continue;
        is_written[head] = true;
        group++;
        for (uint32_t m = head; m != LINK_NONE; m = g->next[m]) {
            uint32_t by = g->by[m] ? g->by[m] : g->by[g->next[m]];
            write_row(f, &line, group, l, m, link_dice(l, &pairs->pair[by - 1]));
        }
    }
}

struct reading {
    struct arena *arena;
    struct records *records;
    struct link_members *out;
    bool is_closed;
    int column[4]; /* group, file, row, score; -1: not there */
    size_t room;
    struct complaint *complaint;
    /* groups by name */
    struct name {
        str name;
        uint32_t number;
    } * slot;
    size_t slots;
};

static const char *const columns[] = { "group", "file", "row", "score" };

static bool wrong_at(struct reading *r, int cell, const char *what)
{
    *r->complaint = records_at(r->records, cell < 0 ? 0 : (size_t)cell, str_of(what));
    return false;
}

static bool read_header(struct reading *r)
{
    enum csv_next next = records_next(r->records);
    if (next == CSV_END) {
        *r->complaint = (struct complaint){ 1, 1, S("the file is empty; a header was expected") };
        return false;
    }
    if (next == CSV_BAD) {
        *r->complaint = records_complaint(r->records);
        return false;
    }
    for (int c = 0; c < 4; c++) {
        r->column[c] = -1;
        for (int k = 0; k < r->records->csv.n; k++) {
            if (!str_eq(str_trim(r->records->csv.cell[k]), str_of(columns[c]))) continue;
            if (r->column[c] >= 0) return wrong_at(r, k, "this column is there twice");
            r->column[c] = k;
        }
        if (r->column[c] >= 0 || c == 3) continue;
        *r->complaint = (struct complaint){
            1, 0, arena_format(r->arena, "there is no column \"%s\"", columns[c])
        };
        return false;
    }
    return true;
}

static bool grow_names(struct reading *r)
{
    size_t many = r->slots ? r->slots * 4 : 1024;
    struct name *slot = arena_new(r->arena, struct name, many);
    for (size_t i = 0; i < r->slots; i++) {
        if (!r->slot[i].name.p) continue;
        size_t k = str_hash(r->slot[i].name) & (many - 1);
        while (slot[k].name.p) k = (k + 1) & (many - 1);
        slot[k] = r->slot[i];
    }
    r->slot = slot;
    r->slots = many;
    return true;
}

static uint32_t number_of(struct reading *r, str name)
{
    if ((size_t)r->out->groups * 2 >= r->slots) grow_names(r);
    size_t k = str_hash(name) & (r->slots - 1);
    for (; r->slot[k].name.p; k = (k + 1) & (r->slots - 1))
        if (str_eq(r->slot[k].name, name)) return r->slot[k].number;
    r->slot[k] = (struct name){ arena_str(r->arena, name), ++r->out->groups };
    return r->slot[k].number;
}

static bool list_of(struct reading *r, str name, uint32_t *list)
{
    for (*list = 0; *list < r->out->lists; ++*list)
        if (str_eq(r->out->names[*list], name)) return true;
    if (r->is_closed || r->out->lists == LINK_FILES_MAX) return false;
    r->out->names[r->out->lists++] = arena_str(r->arena, name);
    return true;
}

static bool read_score(str cell, double *score)
{
    char text[40];
    if (cell.n == 0 || cell.n >= sizeof text) return false;
    memcpy(text, cell.p, cell.n);
    text[cell.n] = 0;
    if (strspn(text, "0123456789.eE-+") != cell.n) return false;
    char *end;
    *score = strtod(text, &end);
    return !*end && *score >= 0 && *score <= 1;
}

static bool read_member(struct reading *r)
{
    const struct csv *csv = &r->records->csv;
    struct link_member m = { .score = 1 };
    for (int c = 0; c < 4; c++)
        if (r->column[c] >= csv->n)
            return wrong_at(r, 0, "this row has fewer cells than the header");
    str group = str_trim(csv->cell[r->column[0]]), file = str_trim(csv->cell[r->column[1]]);
    int64_t row;
    if (!group.n) return wrong_at(r, r->column[0], "a group needs a name");
    if (!list_of(r, file, &m.list))
        return wrong_at(r, r->column[1],
                        r->is_closed ? "this is none of the lists"
                                     : "more lists than can be linked");
    if (!str_to_int(str_trim(csv->cell[r->column[2]]), &row) || row < 1 || row > LINK_ROWS_MAX)
        return wrong_at(r, r->column[2], "a row is a whole number from 1 on");
    if (r->column[3] >= 0 && !read_score(str_trim(csv->cell[r->column[3]]), &m.score))
        return wrong_at(r, r->column[3], "a score is a number from 0 to 1");
    m.row = (uint32_t)row;
    m.group = number_of(r, group);
    if (r->out->n == r->room) {
        struct link_member *more = arena_new(r->arena, struct link_member, r->room * 2);
        memcpy(more, r->out->member, r->out->n * sizeof *more);
        r->out->member = more;
        r->room *= 2;
    }
    r->out->member[r->out->n++] = m;
    return true;
}

/* Groups one after the other, rows of each as they came. */
static void put_together(struct reading *r)
{
    struct link_members *o = r->out;
    size_t *begin = arena_new(r->arena, size_t, (size_t)o->groups + 2);
    struct link_member *sorted = arena_new(r->arena, struct link_member, o->n + 1);
    for (size_t i = 0; i < o->n; i++) begin[o->member[i].group + 1]++;
    for (size_t g = 1; g <= o->groups; g++) begin[g + 1] += begin[g];
    for (size_t i = 0; i < o->n; i++) sorted[begin[o->member[i].group]++] = o->member[i];
    o->member = sorted;
}

/* A record may be in one group only: else a person would be counted twice. */
static bool are_apart(struct reading *r)
{
    size_t room = 16;
    while (room < 2 * r->out->n) room *= 2;
    uint64_t *slot = arena_new(r->arena, uint64_t, room);
    for (size_t i = 0; i < r->out->n; i++) {
        const struct link_member *m = &r->out->member[i];
        uint64_t key = (uint64_t)m->list << 32 | m->row;
        size_t k = (size_t)(key * 0x9e3779b97f4a7c15u >> 20) & (room - 1);
        for (; slot[k]; k = (k + 1) & (room - 1)) {
            if (slot[k] != key) continue;
            str name = r->out->names[m->list];
            *r->complaint = (struct complaint){
                0, 0,
                arena_format(r->arena, "row %u of " STR_FMT " stands there twice", m->row,
                             STR_ARG(name))
            };
            return false;
        }
        slot[k] = key;
    }
    return true;
}

bool link_members_read(struct arena *a, const char *path, bool is_closed, struct link_members *out,
                       struct complaint *complaint)
{
    struct reading r = {
        .arena = a, .out = out, .is_closed = is_closed, .room = 1024, .complaint = complaint
    };
    r.records = records_open(a, path, LINK_COLUMNS_MAX);
    out->member = arena_new(a, struct link_member, r.room);
    out->n = out->groups = 0;
    if (!read_header(&r)) return false;
    enum csv_next next;
    while ((next = records_next(r.records)) == CSV_ROW)
        if (!read_member(&r)) return false;
    if (next == CSV_BAD) {
        *complaint = records_complaint(r.records);
        return false;
    }
    put_together(&r);
    return are_apart(&r);
}
