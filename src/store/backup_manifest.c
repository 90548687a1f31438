/* The first member of a backup: what it is made of. Plain lines, so that a person can read it too. */
#include "store/backup_inside.h"

#include "base/breakage.h"
#include "store/store.sql.h"

#define FIRST_LINE "blueheart backup 1\n"
#define NO_HASH    "0000000000000000000000000000000000000000000000000000000000000000"
#define END_LENGTH (sizeof "end " - 1 + TAR_HASH_TEXT) /* with its line end */

static void hash_of(str text, char out[TAR_HASH_TEXT])
{
    unsigned char raw[crypto_generichash_BYTES];
    crypto_generichash(raw, sizeof raw, (const unsigned char *)text.p, text.n, NULL, 0);
    sodium_bin2hex(out, TAR_HASH_TEXT, raw, sizeof raw);
}

static void put_home(struct sink *out, const struct manifest *m, size_t home)
{
    put_format(out, "home " STR_FMT " %s\n", STR_ARG(m->home[home].name),
               m->home[home].is_sqlite ? "sqlite" : "postgresql");
    for (size_t i = 0; i < m->steps; i++) {
        const struct manifest_step *s = &m->step[i];
        if (s->home == home)
            put_format(out, "step " STR_FMT " %lld " STR_FMT "\n", STR_ARG(s->room),
                       (long long)s->number, STR_ARG(s->name));
    }
    for (size_t i = 0; i < m->files; i++) {
        const struct manifest_file *f = &m->file[i];
        if (f->home == home)
            put_format(out, "file %s %011llu %s " STR_FMT "\n", f->member.name,
                       (unsigned long long)f->member.bytes,
                       f->member.hash[0] ? f->member.hash : NO_HASH, STR_ARG(f->columns));
    }
}

str manifest_text(struct arena *a, const struct manifest *m)
{
    struct sink out;
    char hash[TAR_HASH_TEXT];
    sink_open(&out, a, MANIFEST_MAX);
    put_format(&out, FIRST_LINE "program " STR_FMT "\nmade " STR_FMT "\n", STR_ARG(m->program),
               STR_ARG(m->made));
    for (size_t i = 0; i < m->homes; i++) put_home(&out, m, i);
    hash_of(sink_str(&out), hash);
    put_format(&out, "end %s\n", hash);
    return sink_str(&out);
}

void manifest_add_step(struct manifest *m, size_t home, str room, int64_t number, str name)
{
    if (m->steps == MANIFEST_STEPS_MAX) broken("more than %d schema steps", MANIFEST_STEPS_MAX);
    m->step[m->steps++] = (struct manifest_step){ home, room, name, number };
}

struct manifest_file *manifest_add_file(struct manifest *m, size_t home, str name, str columns)
{
    if (m->files == MANIFEST_FILES_MAX) broken("more than %d tables", MANIFEST_FILES_MAX);
    if (!tar_name_is(name)) broken("\"" STR_FMT "\" cannot be a name in a backup", STR_ARG(name));
    struct manifest_file *f = &m->file[m->files++];
    *f = (struct manifest_file){ .home = home, .columns = columns };
    memcpy(f->member.name, name.p, name.n);
    return f;
}

static str rest_of(str *line)
{
    return str_split(line, ' ');
}

static const char *read_home(struct manifest *m, str line)
{
    str name = rest_of(&line), engine = rest_of(&line);
    if (m->homes == BACKUP_HOMES_MAX) return "it has too many data homes";
    if (!tar_name_is(name)) return "a data home has no name";
    m->home[m->homes].name = name;
    m->home[m->homes++].is_sqlite = str_eq(engine, S("sqlite"));
    return str_eq(engine, S("sqlite")) || str_eq(engine, S("postgresql")) ? NULL
                                                                          : "an engine is unknown";
}

static const char *read_step(struct manifest *m, str line)
{
    int64_t number;
    str room = rest_of(&line), at = rest_of(&line);
    if (!m->homes || !str_to_int(at, &number)) return "a step is not well-formed";
    if (m->steps == MANIFEST_STEPS_MAX) return "it has too many steps";
    manifest_add_step(m, m->homes - 1, room, number, line);
    return NULL;
}

static const char *read_file_line(struct arena *a, struct manifest *m, str line)
{
    int64_t bytes;
    str name = rest_of(&line), size = rest_of(&line), hash = rest_of(&line);
    if (!m->homes || !tar_name_is(name) || !str_to_int(size, &bytes) || bytes < 0 ||
        hash.n != TAR_HASH_TEXT - 1)
        return "a file is not well-formed";
    str folder = arena_format(a, STR_FMT "/", STR_ARG(m->home[m->homes - 1].name));
    if (!str_starts(name, folder)) return "a file stands outside of its data home";
    if (m->files == MANIFEST_FILES_MAX) return "it has too many files";
    struct manifest_file *f = manifest_add_file(m, m->homes - 1, name, line);
    f->member.bytes = (uint64_t)bytes;
    memcpy(f->member.hash, hash.p, hash.n);
    return NULL;
}

static const char *read_line(struct arena *a, struct manifest *m, str line)
{
    str kind = rest_of(&line);
    if (str_eq(kind, S("program"))) m->program = line;
    else if (str_eq(kind, S("made"))) m->made = line;
    else if (str_eq(kind, S("home"))) return read_home(m, line);
    else if (str_eq(kind, S("step"))) return read_step(m, line);
    else if (str_eq(kind, S("file"))) return read_file_line(a, m, line);
    else return "its manifest has a line of unknown kind";
    return NULL;
}

const char *manifest_read(struct arena *a, struct manifest *m, str text)
{
    if (!str_starts(text, S(FIRST_LINE)))
        return "it is not a backup of this program, or of a newer one";
    if (text.n < END_LENGTH) return "its manifest is cut short";
    char hash[TAR_HASH_TEXT];
    str body = str_cut(text, text.n - END_LENGTH);
    hash_of(body, hash);
    if (!str_eq(str_from(text, body.n), arena_format(a, "end %s\n", hash)))
        return "its manifest was changed";

    body = str_from(body, sizeof FIRST_LINE - 1);
    while (body.n) {
        const char *why = read_line(a, m, str_split(&body, '\n'));
        if (why) return why;
    }
    return m->homes ? NULL : "there are no data in it";
}

bool manifest_has_steps(const struct manifest *m, size_t home, struct db *db)
{
    struct store_applied *rows;
    size_t n = store_steps_all(db, &rows), same = 0, all = 0;
    for (size_t i = 0; i < m->steps; i++) {
        const struct manifest_step *s = &m->step[i];
        if (s->home != home) continue;
        all++;
        for (size_t k = 0; k < n; k++)
            same += rows[k].number == s->number && str_eq(rows[k].room, s->room) &&
                    str_eq(rows[k].name, s->name);
    }
    return same == all && same == n;
}

void manifest_take_steps(struct manifest *m, size_t home, struct db *db)
{
    struct store_applied *rows;
    size_t n = store_steps_all(db, &rows);
    for (size_t i = 0; i < n; i++)
        manifest_add_step(m, home, rows[i].room, rows[i].number, rows[i].name);
}
