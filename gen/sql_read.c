/* Reads room.sql: comments that declare, statements that end in a semicolon. */
#include "gen/sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void complain(const char *file, int line, int column, const char *format, ...)
{
    fprintf(stderr, "%s:%d:%d: ", file, line, column);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static str next_word(str *s)
{
    *s = str_trim(*s);
    size_t n = 0;
    while (n < s->n && is_word_char(s->p[n])) n++;
    str word = str_cut(*s, n);
    *s = str_from(*s, n);
    return word;
}

/* Reads "name type?, name type" up to the end of the text. Returns how many. */
static int read_fields(const struct room_sql *room, int line, str text, struct field *out)
{
    static const char *const known[] = { "int",  "id",    "ms",       "bool",
                                         "text", "bytes", "personal", "sealed" };
    int n = 0;
    text = str_trim(text);
    while (text.n) {
        if (n == FIELDS_MAX) complain(room->file, line, 1, "more than %d fields", FIELDS_MAX);
        struct field *f = &out[n++];
        f->name = next_word(&text);
        f->type = next_word(&text);
        f->is_optional = str_starts(text, S("?"));
        if (f->is_optional) text = str_from(text, 1);
        bool is_known = false;
        for (size_t i = 0; i < COUNT_OF(known); i++)
            is_known = is_known || str_eq(f->type, str_of(known[i]));
        if (!is_known)
            complain(room->file, line, 1,
                     "field \"" STR_FMT
                     "\" needs a type: int, id, ms, bool, text, bytes, personal or sealed",
                     STR_ARG(f->name));
        text = str_trim(text);
        if (str_starts(text, S(","))) text = str_trim(str_from(text, 1));
        else if (text.n)
            complain(room->file, line, 1, "expected a comma before \"" STR_FMT "\"", STR_ARG(text));
    }
    return n;
}

static void read_gives(const struct room_sql *room, struct statement *q, int line, str text)
{
    static const struct {
        const char *words;
        enum gives gives;
    } all[] = {
        { "count", GIVES_COUNT },
        { "one", GIVES_ONE },
        { "maybe one", GIVES_MAYBE_ONE },
        { "many", GIVES_MANY },
    };
    text = str_trim(text);
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (str_eq(text, str_of(all[i].words))) {
            q->gives = all[i].gives;
            return;
        }
    }
    complain(room->file, line, 1, "gives: must be one, maybe one, many or count");
}

/* in: a text, b int    gives: many */
static void read_in(const struct room_sql *room, struct statement *q, int line, str text)
{
    for (size_t i = 0; i + 6 <= text.n; i++) {
        if (!str_starts(str_from(text, i), S("gives:"))) continue;
        q->in_n = read_fields(room, line, str_cut(text, i), q->in);
        read_gives(room, q, line, str_from(text, i + 6));
        return;
    }
    complain(room->file, line, 1, "an in: line also says what the statement gives:");
}

/* out: struct_name { a text, b int } */
static void read_out(const struct room_sql *room, struct statement *q, int line, str text)
{
    q->out_struct = next_word(&text);
    text = str_trim(text);
    if (!str_starts(text, S("{")) || !str_ends(text, S("}")))
        complain(room->file, line, 1, "out: needs a name and { fields }");
    q->out_n = read_fields(room, line, str_cut(str_from(text, 1), text.n - 2), q->out);
}

/* together: name = one, two, three */
static void read_together(const struct room_sql *room, struct statement *q, int line, str text)
{
    q->name = next_word(&text);
    q->line = line;
    text = str_trim(text);
    if (!str_starts(text, S("=")))
        complain(room->file, line, 1, "together: name = statement, statement");
    text = str_from(text, 1);
    while (text.p && q->together_n < FIELDS_MAX - 1)
        q->together[q->together_n++] = str_trim(str_split(&text, ','));
    if (text.p) complain(room->file, line, 1, "together: more than %d statements", FIELDS_MAX - 1);
}

static int place_of(const struct statement *q, str name)
{
    for (int i = 0; i < q->in_n; i++)
        if (str_eq(q->in[i].name, name)) return i;
    return -1;
}

/* Writes the statement once with ?1 and once with $1 for :name; refuses unknown and unused names. */
static void number_places(struct arena *a, const struct room_sql *room, struct statement *q)
{
    struct sink lite, pg;
    sink_open(&lite, a, 1 << 20);
    sink_open(&pg, a, 1 << 20);
    bool used[FIELDS_MAX] = { false };
    int line = q->sql_line, column = 1;
    bool is_quoted = false;
    for (size_t i = 0; i < q->sql.n; i++, column++) {
        char c = q->sql.p[i];
        if (c == '\n') line++, column = 0;
        if (c == '\'') is_quoted = !is_quoted;
        bool is_place = c == ':' && !is_quoted && i + 1 < q->sql.n && is_word_char(q->sql.p[i + 1]);
        if (!is_place) {
            put_char(&lite, c);
            put_char(&pg, c);
            continue;
        }
        str rest = str_from(q->sql, i + 1);
        str name = next_word(&rest);
        int place = place_of(q, name);
        if (place < 0)
            complain(room->file, line, column, "\":" STR_FMT "\" is not in the in: line",
                     STR_ARG(name));
        used[place] = true;
        put_format(&lite, "?%d", place + 1);
        put_format(&pg, "$%d", place + 1);
        i += name.n;
        column += (int)name.n;
    }
    for (int i = 0; i < q->in_n; i++)
        if (!used[i])
            complain(room->file, q->line, 1, "\"" STR_FMT "\" is declared in: but not used",
                     STR_ARG(q->in[i].name));
    q->sqlite = sink_str(&lite);
    q->pg = sink_str(&pg);
}

static bool starts_with_write(str sql)
{
    sql = str_trim(sql);
    return str_starts(sql, S("INSERT")) || str_starts(sql, S("UPDATE")) ||
           str_starts(sql, S("DELETE"));
}

struct reading {
    struct statement *now;
    struct sink sql;
    int line;
};

static struct statement *next_statement(struct room_sql *room, int line)
{
    if (room->n == STATEMENTS_MAX)
        complain(room->file, line, 1, "more than %d statements", STATEMENTS_MAX);
    return &room->all[room->n++];
}

static void read_comment(struct arena *a, struct room_sql *room, struct reading *r, str text)
{
    (void)a;
    text = str_trim(text);
    if (str_starts(text, S("topic: none"))) {
        room->topic = S("");
    } else if (str_starts(text, S("together:"))) {
        read_together(room, next_statement(room, r->line), r->line, str_from(text, 9));
        r->now = NULL;
    } else if (r->now && str_starts(text, S("in:"))) {
        read_in(room, r->now, r->line, str_from(text, 3));
    } else if (r->now && str_starts(text, S("out:"))) {
        read_out(room, r->now, r->line, str_from(text, 4));
    } else {
        str rest = text;
        str name = next_word(&rest);
        str head = arena_format(a, STR_FMT "_", STR_ARG(room->room));
        if (!str_starts(rest, S(":")) || !str_starts(name, head)) return; /* prose */
        r->now = next_statement(room, r->line);
        *r->now = (struct statement){ .name = name,
                                      .purpose = str_trim(str_from(rest, 1)),
                                      .line = r->line };
        r->now->gives = GIVES_COUNT;
    }
}

void sql_read(struct arena *a, struct room_sql *room, str text)
{
    room->all = arena_new(a, struct statement, STATEMENTS_MAX);
    room->topic = room->room;
    struct reading r = { 0 };
    while (text.p) {
        str line = str_split(&text, '\n');
        r.line++;
        bool is_inside = r.now && r.now->sql_line;
        if (str_starts(str_trim(line), S("--")) && !is_inside) {
            read_comment(a, room, &r, str_from(str_trim(line), 2));
            continue;
        }
        if (str_trim(line).n == 0 && !is_inside) continue;
        if (!r.now)
            complain(room->file, r.line, 1, "a statement needs a comment with its name first");
        if (!r.now->sql_line) {
            r.now->sql_line = r.line;
            sink_open(&r.sql, a, 1 << 20);
        }
        put(&r.sql, line);
        put_char(&r.sql, '\n');
        if (!str_ends(str_trim(line), S(";"))) continue;
        r.now->sql = str_cut(str_trim(sink_str(&r.sql)), str_trim(sink_str(&r.sql)).n - 1);
        r.now->is_write = starts_with_write(r.now->sql);
        number_places(a, room, r.now);
        r.now = NULL;
    }
    if (r.now)
        complain(room->file, r.now->line, 1, "statement \"" STR_FMT "\" has no end",
                 STR_ARG(r.now->name));
}
