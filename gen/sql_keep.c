/* Writes what the sweep works from: a room's tables, the statement that ends their rows, and for each sealed column
 * the question whether a row still needs a key. */
#include "gen/sql.h"

#include "seal/keep.h"

#include <stdio.h>

#define BOX_PERIOD 2 /* a box begins with its key's period, see seal.c */

static bool is_first_mark(const struct room_sql *room, int at)
{
    for (int i = 0; i < at; i++)
        if (str_eq(room->marks[i].table, room->marks[at].table) &&
            str_eq(room->marks[i].column, room->marks[at].column))
            return false;
    return room->marks[at].class.n > 0;
}

void keeps_write_header(struct sink *out, const struct room_sql *room)
{
    for (int i = 0; i < room->marks_n; i++) {
        const struct mark *m = &room->marks[i];
        if (is_first_mark(room, i))
            put_format(out,
                       "extern const struct seal_column seal_" STR_FMT "_" STR_FMT
                       "; /* sealed " STR_FMT " */\n",
                       STR_ARG(m->table), STR_ARG(m->column), STR_ARG(m->class));
    }
    put_format(out,
               "extern const struct keep " STR_FMT "_keeps[]; /* ended by one without table */\n",
               STR_ARG(room->room));
}

static void write_head(struct sink *out, const struct room_sql *room, const char *kind, str table,
                       str column)
{
    put_format(out,
               "\nstatic struct query %s_" STR_FMT "%s" STR_FMT " = {\n    .name = \"%s_" STR_FMT
               "\", .room = \"" STR_FMT "\", .where = \"%s\",\n",
               kind, STR_ARG(table), column.n ? "_" : "", STR_ARG(column), kind, STR_ARG(table),
               STR_ARG(room->topic), room->file);
}

/* By the row's own place: no table needs to say what its key is. */
static void write_expire(struct sink *out, const struct room_sql *room, str table)
{
    write_head(out, room, "expire", table, S(""));
    put_format(out,
               "    .sqlite = \"DELETE FROM " STR_FMT " WHERE rowid IN (SELECT rowid FROM " STR_FMT
               " WHERE keep_until <= ?1 LIMIT %d)\",\n",
               STR_ARG(table), STR_ARG(table), KEEP_ROWS);
    put_format(out,
               "    .pg = \"DELETE FROM " STR_FMT
               " WHERE ctid = ANY(ARRAY(SELECT ctid FROM " STR_FMT
               " WHERE keep_until <= $1 LIMIT %d))\",\n",
               STR_ARG(table), STR_ARG(table), KEEP_ROWS);
    put_lit(out,
            "    .in_types = \"i\", .out_types = \"\", .out_names = \"\", .is_write = true,\n};\n");
}

static void write_needs(struct sink *out, const struct room_sql *room, const struct mark *m)
{
    write_head(out, room, "needs", m->table, m->column);
    for (int i = 0; i < 2; i++)
        put_format(
            out,
            "    .%s = \"SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 AS one FROM " STR_FMT
            " WHERE substr(" STR_FMT ", 1, %d) = %s LIMIT 1) AS found\",\n",
            i ? "pg" : "sqlite", STR_ARG(m->table), STR_ARG(m->column), BOX_PERIOD,
            i ? "$1" : "?1");
    put_lit(
        out,
        "    .in_types = \"y\", .out_types = \"i\", .out_names = \"n\", .is_write = false,\n};\n");
}

static bool has_sealed(const struct room_sql *room, str table)
{
    for (int i = 0; i < room->marks_n; i++)
        if (is_first_mark(room, i) && str_eq(room->marks[i].table, table)) return true;
    return false;
}

static void write_sealed_list(struct sink *out, const struct room_sql *room, str table)
{
    put_format(out, "\nstatic const struct keep_sealed sealed_" STR_FMT "[] = {\n", STR_ARG(table));
    for (int i = 0; i < room->marks_n; i++) {
        const struct mark *m = &room->marks[i];
        if (is_first_mark(room, i) && str_eq(m->table, table))
            put_format(out,
                       "    { &seal_" STR_FMT "_" STR_FMT ", &needs_" STR_FMT "_" STR_FMT " },\n",
                       STR_ARG(table), STR_ARG(m->column), STR_ARG(table), STR_ARG(m->column));
    }
    put_lit(out, "    { 0 },\n};\n");
}

static bool is_there(const struct room_sql *room, str table)
{
    for (int i = 0; i < room->tables_n; i++)
        if (str_eq(room->tables[i].name, table)) return true;
    return false;
}

void keeps_write_code(struct sink *out, const struct room_sql *room)
{
    for (int i = 0; i < room->marks_n; i++) {
        const struct mark *m = &room->marks[i];
        if (!is_first_mark(room, i)) continue;
        put_format(out,
                   "\nconst struct seal_column seal_" STR_FMT "_" STR_FMT " = { \"" STR_FMT
                   "\", \"" STR_FMT "\", \"" STR_FMT "\" };\n",
                   STR_ARG(m->table), STR_ARG(m->column), STR_ARG(m->class), STR_ARG(m->table),
                   STR_ARG(m->column));
        if (is_there(room, m->table)) write_needs(out, room, m);
    }
    for (int i = 0; i < room->tables_n; i++) {
        str table = room->tables[i].name;
        if (room->tables[i].has_keep_until) write_expire(out, room, table);
        if (has_sealed(room, table)) write_sealed_list(out, room, table);
    }
    put_format(out, "\nconst struct keep " STR_FMT "_keeps[] = {\n", STR_ARG(room->room));
    for (int i = 0; i < room->tables_n; i++) {
        str table = room->tables[i].name;
        bool is_ending = room->tables[i].has_keep_until, is_sealed = has_sealed(room, table);
        put_format(out, "    { \"" STR_FMT "\", %s" STR_FMT ", %s" STR_FMT " },\n", STR_ARG(table),
                   is_ending ? "&expire_" : "NULL", STR_ARG(is_ending ? table : S("")),
                   is_sealed ? "sealed_" : "NULL", STR_ARG(is_sealed ? table : S("")));
    }
    put_lit(out, "    { 0 },\n};\n");
}

void keeps_write_names(struct sink *out, const struct room_sql *room)
{
    for (int i = 0; i < room->tables_n; i++)
        if (room->tables[i].has_keep_until)
            put_format(out, "    &expire_" STR_FMT ",\n", STR_ARG(room->tables[i].name));
    for (int i = 0; i < room->marks_n; i++)
        if (is_first_mark(room, i) && is_there(room, room->marks[i].table))
            put_format(out, "    &needs_" STR_FMT "_" STR_FMT ",\n", STR_ARG(room->marks[i].table),
                       STR_ARG(room->marks[i].column));
}
