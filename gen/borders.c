/* gen/borders - refuses an #include that crosses a border: gen-borders borders.txt src/ROOM/FILE ...
 *
 * Every complaint says file, line and column, which door was tried and where the borders are written. */
#include "base/sink.h"

#include <stdio.h>
#include <stdlib.h>

#define FOLDERS_MAX 64

struct folder {
    str name, may; /* the names it may include, separated by spaces */
};

static struct folder folders[FOLDERS_MAX];
static int folders_n;

static str read_file(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s:1:1: cannot be read\n", path);
        exit(1);
    }
    struct sink out;
    sink_open(&out, a, 16 << 20);
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0) put(&out, (str){ piece, n });
    fclose(f);
    return sink_str(&out);
}

static void read_borders(str text)
{
    while (text.p) {
        str line = str_trim(str_split(&text, '\n'));
        if (line.n == 0 || str_starts(line, S("#")) || folders_n == FOLDERS_MAX) continue;
        str name = str_split(&line, ':');
        folders[folders_n++] = (struct folder){ str_trim(name), line.p ? str_trim(line) : S("") };
    }
}

static const struct folder *folder_named(str name)
{
    for (int i = 0; i < folders_n; i++)
        if (str_eq(folders[i].name, name)) return &folders[i];
    return NULL;
}

static bool may_include(const struct folder *from, str to)
{
    if (str_eq(from->name, to)) return true;
    str names = from->may;
    while (names.p && names.n)
        if (str_eq(str_trim(str_split(&names, ' ')), to)) return true;
    return false;
}

/* src/law/pages.c belongs to law; src/main.c to itself. */
static str folder_of(str path)
{
    str rest = path;
    str_split(&rest, '/');
    return str_split(&rest, '/');
}

static int check_line(const char *path, const struct folder *from, str line, int number)
{
    str quoted = str_trim(line);
    if (!str_starts(quoted, S("#include \""))) return 0;
    str to = str_from(quoted, 10);
    to = str_split(&to, '/');
    if (!folder_named(to) || may_include(from, to)) return 0;
    int column = (int)(quoted.p - line.p) + 11;
    fprintf(stderr,
            "%s:%d:%d: " STR_FMT " may not include " STR_FMT
            "; the borders stand in gen/borders.txt\n",
            path, number, column, STR_ARG(from->name), STR_ARG(to));
    return 1;
}

static int check_file(struct arena *a, const char *path)
{
    const struct folder *from = folder_named(folder_of(str_of(path)));
    if (!from) {
        fprintf(stderr, "%s:1:1: its folder has no line in gen/borders.txt\n", path);
        return 1;
    }
    str text = read_file(a, path);
    int wrong = 0;
    for (int number = 1; text.p; number++)
        wrong += check_line(path, from, str_split(&text, '\n'), number);
    return wrong;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: gen-borders borders.txt src/ROOM/FILE ...\n");
        return 2;
    }
    struct arena a;
    arena_open(&a, (size_t)1 << 30);
    read_borders(read_file(&a, argv[1]));
    int wrong = 0;
    for (int i = 2; i < argc; i++) wrong += check_file(&a, argv[i]);
    arena_close(&a);
    return wrong ? 1 : 0;
}
