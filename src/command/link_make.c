/* blueheart link secret, schema, lint: what agencies agree on before the first name is encoded. */
#include "command/link.h"

#include "base/file_out.h"
#include "base/sink.h"
#include "link/recommended.h"

#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

struct make {
    const char *schema, *out;
};

static bool is_taken(const char *path)
{
    if (access(path, F_OK) != 0) return false;
    fprintf(stderr,
            "blueheart: %s is there already; what was encoded with it would match no longer\n",
            path);
    return true;
}

static int make_secret(struct arena *a, void *choices)
{
    const struct make *c = choices;
    if (is_taken(c->out)) return 1;
    unsigned char bytes[32];
    char text[2 * sizeof bytes + 1];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
    struct file_out *f = file_out_open(a, c->out);
    file_out_put(f, str_of(text));
    file_out_put(f, S("\n"));
    file_out_done(f);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(text, sizeof text);
    fprintf(stderr,
            "blueheart: %s holds 256 random bits; hand it to the agencies on another way than the\n"
            "encodings, never to whoever links, and destroy it when the linkage is done\n",
            c->out);
    return 0;
}

static int make_schema(struct arena *a, void *choices)
{
    const struct make *c = choices;
    if (is_taken(c->out)) return 1;
    unsigned char salt[64];
    randombytes_buf(salt, sizeof salt);
    struct file_out *f = file_out_open(a, c->out);
    file_out_put(f, link_recommended(a, salt, sizeof salt));
    file_out_done(f);
    return 0;
}

static int lint(struct arena *a, void *choices)
{
    const struct make *c = choices;
    struct link_schema s;
    if (!link_schema_of(a, c->schema, &s)) return 1;
    size_t told = link_schema_lint(&s, a, link_notice, NULL);
    printf("%zu features, %u bits after %u folds, about %.0f %% of them set by an ordinary record; "
           "%zu notices\n",
           s.features, s.bits, s.folds, 100 * link_schema_fill(&s), told);
    return 0;
}

static int make_deed(int argc, char **argv, const char *name, const char *about, const char *more,
                     int (*work)(struct arena *, void *))
{
    struct make c = { .out = NULL };
    const struct choice choices[] = {
        { "o", CHOICE_TEXT, &c.out, "FILE", "where it goes; must not be there yet; needed", 0, 0,
          NULL },
    };
    const struct usage u = { name, "-o FILE", about, 0, 0, choices, COUNT_OF(choices), more };
    int n = choices_read(&u, argc, argv, NULL);
    if (n < 0) return n == -1 ? 0 : 2;
    if (!c.out) {
        fprintf(stderr, "blueheart %s: -o is needed\n", name);
        return 2;
    }
    return link_run(work, &c);
}

int link_secret_deed(int argc, char **argv)
{
    return make_deed(argc, argv, "link secret", "Makes a secret of 256 random bits, mode 0600.",
                     "The agencies share it; whoever links must not have it.", make_secret);
}

int link_schema_deed(int argc, char **argv)
{
    return make_deed(argc, argv, "link schema",
                     "Makes the recommended schema: names, birth date, sex, nationality.",
                     "Its salt is random: make one for each linkage and give the same file to "
                     "every agency. It is no secret.",
                     make_schema);
}

int link_lint_deed(int argc, char **argv)
{
    struct make c = { .out = NULL };
    const struct usage u = {
        "link lint", "SCHEMA.json", "Says what a schema gives away or loses.", 1, 1, NULL, 0, NULL
    };
    int n = choices_read(&u, argc, argv, &c.schema);
    if (n < 0) return n == -1 ? 0 : 2;
    return link_run(lint, &c);
}
