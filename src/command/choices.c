#include "command/choices.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void show_usage(FILE *to, const struct usage *u)
{
    fprintf(to, "usage: blueheart %s %s\n", u->command, u->words);
}

static void show_help(const struct usage *u)
{
    show_usage(stdout, u);
    printf("%s\n\n", u->about);
    for (size_t i = 0; i < u->choices_n; i++) {
        const struct choice *c = &u->choices[i];
        char left[64];
        snprintf(left, sizeof left, "%s%s %s", c->name[1] ? "--" : "-", c->name,
                 c->value                 ? c->value
                 : c->is == CHOICE_ONE_OF ? c->words
                                          : "");
        printf("  %-26s %s\n", left, c->help);
    }
    if (u->more) printf("\n%s\n", u->more);
}

static bool is_one_of(const char *words, const char *value)
{
    str rest = str_of(words), wanted = str_of(value);
    while (rest.p)
        if (str_eq(str_split(&rest, '|'), wanted)) return true;
    return false;
}

/* Numbers are plain decimals: no hexadecimal, no "inf", and all of the value is read. */
static bool read_number(const char *value, double *out)
{
    if (!*value || strspn(value, "0123456789+-.eE") != strlen(value)) return false;
    char *end;
    errno = 0;
    *out = strtod(value, &end);
    return *end == 0 && errno == 0 && isfinite(*out);
}

static bool take_value(const struct choice *c, const char *value)
{
    int64_t whole;
    double real;
    switch (c->is) {
    case CHOICE_TEXT: *(const char **)c->into = value; return true;
    case CHOICE_ONE_OF: *(const char **)c->into = value; return is_one_of(c->words, value);
    case CHOICE_FLAG: *(bool *)c->into = true; return true;
    case CHOICE_WHOLE:
        if (!str_to_int(str_of(value), &whole)) return false;
        *(int64_t *)c->into = whole;
        return (double)whole >= c->least && (double)whole <= c->most;
    case CHOICE_REAL:
        if (!read_number(value, &real)) return false;
        *(double *)c->into = real;
        return real >= c->least && real <= c->most;
    }
    return false;
}

static void tell_wrong(const struct usage *u, const struct choice *c)
{
    fprintf(stderr, "blueheart %s: %s%s takes ", u->command, c->name[1] ? "--" : "-", c->name);
    if (c->is == CHOICE_ONE_OF) fprintf(stderr, "one of %s\n", c->words);
    else
        fprintf(stderr, "%s from %.15g to %.15g\n",
                c->is == CHOICE_WHOLE ? "a whole number" : "a number", c->least, c->most);
}

static const struct choice *named(const struct usage *u, str name)
{
    for (size_t i = 0; i < u->choices_n; i++)
        if (str_eq(str_of(u->choices[i].name), name)) return &u->choices[i];
    return NULL;
}

/* One option and, where it takes one, its value: as the next word or behind "=". How many words it used; 0: wrong. */
static int read_one(const struct usage *u, int left, char **argv)
{
    const char *word = argv[0];
    bool is_long = word[1] == '-';
    str rest = str_of(word + (is_long ? 2 : 1));
    bool has_equals = str_find(rest, '=') >= 0;
    str name = str_split(&rest, '=');
    const struct choice *c = named(u, name);
    if (!c || (!is_long && name.n > 1) || (has_equals && c->is == CHOICE_FLAG)) {
        fprintf(stderr, "blueheart %s: there is no option %s; --help lists them\n", u->command,
                word);
        return 0;
    }
    const char *value = has_equals ? rest.p : "";
    int used = 1;
    if (c->is != CHOICE_FLAG && !has_equals) {
        if (left < 2) {
            fprintf(stderr, "blueheart %s: %s takes a value\n", u->command, word);
            return 0;
        }
        value = argv[1];
        used = 2;
    }
    if (take_value(c, value)) return used;
    tell_wrong(u, c);
    return 0;
}

static bool is_output(const struct choice *c)
{
    return c->is == CHOICE_TEXT && (strcmp(c->name, "o") == 0 || strcmp(c->name, "html") == 0 ||
                                    strcmp(c->name, "spread") == 0);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && S_ISREG(one.st_mode) &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* The file that `to` would be written over: one that is read, or the ledger of a release. NULL: none. */
static const char *overwritten(const struct usage *u, const char *to, const char **words, int n)
{
    for (int i = 0; i < n; i++)
        if (is_same_file(to, words[i])) return words[i];
    for (size_t i = 0; i < u->choices_n; i++) {
        const struct choice *c = &u->choices[i];
        const char *named = c->is == CHOICE_TEXT ? *(const char **)c->into : NULL;
        if (named && !is_output(c) && is_same_file(to, named)) return named;
    }
    return NULL;
}

static bool keeps_inputs(const struct usage *u, const char **words, int n)
{
    for (size_t i = 0; i < u->choices_n; i++) {
        const char *to = is_output(&u->choices[i]) ? *(const char **)u->choices[i].into : NULL;
        const char *lost = to ? overwritten(u, to, words, n) : NULL;
        if (!lost) continue;
        fprintf(stderr, "blueheart %s: -%s%s would be written over %s, which is read\n", u->command,
                u->choices[i].name[1] ? "-" : "", u->choices[i].name, lost);
        return false;
    }
    return true;
}

int choices_read(const struct usage *u, int argc, char **argv, const char **words)
{
    int n = 0;
    bool has_options = true;
    for (int i = 1; i < argc;) {
        const char *word = argv[i];
        if (has_options && strcmp(word, "--help") == 0) {
            show_help(u);
            return -1;
        }
        if (has_options && strcmp(word, "--") == 0) {
            has_options = false;
            i++;
            continue;
        }
        if (has_options && word[0] == '-' && word[1]) {
            int used = read_one(u, argc - i, argv + i);
            if (!used) return -2;
            i += used;
            continue;
        }
        if (n < u->words_max) words[n] = word;
        n++;
        i++;
    }
    if (n >= u->words_min && n <= u->words_max) return keeps_inputs(u, words, n) ? n : -2;
    show_usage(stderr, u);
    return -2;
}

int choices_deed(const char *command, const struct deed *deeds, size_t n, int argc, char **argv)
{
    const char *wanted = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < n; i++)
        if (strcmp(deeds[i].name, wanted) == 0) return deeds[i].run(argc - 1, argv + 1);
    bool is_help = strcmp(wanted, "--help") == 0;
    FILE *to = is_help ? stdout : stderr;
    if (*wanted && !is_help) fprintf(to, "blueheart %s: there is no \"%s\"\n", command, wanted);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "  blueheart %s %-10s %s\n", command, deeds[i].name, deeds[i].about);
    fprintf(to, "Each knows --help.\n");
    return is_help ? 0 : 2;
}
