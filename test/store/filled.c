#include "filled.h"

#include "base/id.h"
#include "store/store.sql.h"

#include <sodium.h>

struct backup_home home_of(str url)
{
    return (struct backup_home){ .name = "front", .url = url, .rooms = test_rooms };
}

void backup_to(struct place *p, const char *file, str url)
{
    struct backup_home home = home_of(url);
    backup_write(&p->life, file, &home, 1, S("0.1"), 1795000000000);
}

enum restore_answer restore_to(struct place *p, const char *file, str url, str *why)
{
    struct backup_home home = home_of(url);
    return backup_restore(&p->life, file, &home, 1, why);
}

/* Rows of every shape: empty, absent, all bytes, line ends, backslashes, references to rows that come later. */
static void fill(struct db *db, void *self)
{
    struct place *p = self;
    for (int i = 0; i < 120; i++) {
        size_t n = randombytes_uniform(i % 10 ? 40 : 3000);
        char *raw = arena_take(&p->life, n + 1), *text = arena_take(&p->life, n + 1);
        randombytes_buf(raw, n);
        for (size_t k = 0; k < n; k++) text[k] = "\\\n\t\r'\"|.Nabc"[randombytes_uniform(12)];
        note_sum_set(db, (int64_t)(id_new() & 0xfffffffffff), i % 5 ? (str){ text, n } : (str){ NULL, 0 },
                     i % 7 ? (str){ raw, n } : (str){ NULL, 0 });
    }
    note_writer_add(db, 1, (personal){ S("\xd8\xa3\xd9\x85\xd9\x84 \\. \\N") }, 99);
    note_line_add(db, 1, 1, 0, S("first"), (struct sealed){ S("\0\1\2") }, 99);
    note_line_add(db, 2, 1, 1, S("second"), (struct sealed){ S("\xff") }, 99);
    db_script(db, "UPDATE note_line SET above = 2 WHERE id = 1");
}

str all_of(struct place *p, str url)
{
    struct db *db = db_open(&p->life, url, DB_SERVE);
    struct sink out;
    sink_open(&out, &p->life, 64 << 20);
    struct note_sum *sums;
    struct note_line *lines;
    struct store_applied *steps;
    size_t n = note_sums_all(db, &sums);
    for (size_t i = 0; i < n; i++) {
        put_format(&out, "%lld %d %d ", (long long)sums[i].number, sums[i].title.p != NULL, sums[i].raw.p != NULL);
        put(&out, sums[i].title);
        put(&out, sums[i].raw);
    }
    n = note_lines_all(db, &lines);
    for (size_t i = 0; i < n; i++) {
        put_format(&out, "%llu ", (unsigned long long)lines[i].id);
        put(&out, lines[i].title);
        put(&out, lines[i].words.box);
    }
    n = store_steps_all(db, &steps);
    for (size_t i = 0; i < n; i++) put(&out, steps[i].name);
    db_close(db);
    return sink_str(&out);
}

str filled(struct place *p)
{
    str url;
    struct db *db = fresh_db(p, &url);
    db_write(db, fill, p);
    db_close(db);
    return url;
}
