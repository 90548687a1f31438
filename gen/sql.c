/* gen/sql - turns a room's SQL into C: gen-sql OUT.h OUT.c ROOM room.sql [steps/0001_what.sql ...]
 *
 * Each statement becomes a typed function, each schema step an entry of ROOM_steps. What is wrong stops the
 * build with file, line and column. */
#include "gen/sql.h"

#include <stdio.h>
#include <stdlib.h>

str read_file(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) complain(path, 1, 1, "cannot be read");
    struct sink out;
    sink_open(&out, a, 64 << 20);
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0) put(&out, (str){ piece, n });
    fclose(f);
    return sink_str(&out);
}

static void write_file(const char *path, const struct sink *out)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(out->p, 1, out->n, f) != out->n || fclose(f) != 0)
        complain(path, 1, 1, "cannot be written");
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: gen-sql OUT.h OUT.c ROOM room.sql [steps/*.sql]\n");
        return 2;
    }
    struct arena a;
    arena_open(&a, (size_t)1 << 30);
    const char *const *steps = (const char *const *)argv + 5;

    struct room_sql room = { .file = argv[4], .room = str_of(argv[3]) };
    sql_read(&a, &room, read_file(&a, argv[4]));
    sql_check(&a, &room, steps, argc - 5);

    struct sink header, code;
    sink_open(&header, &a, 16 << 20);
    sink_open(&code, &a, 16 << 20);
    sql_write_header(&header, &room);
    put_format(&header, "extern const struct step " STR_FMT "_steps[];\n", STR_ARG(room.room));
    sql_write_code(&code, &room, argv[1]);
    steps_write(&code, &a, room.room, steps, argc - 5);
    write_file(argv[1], &header);
    write_file(argv[2], &code);
    arena_close(&a);
    return 0;
}
