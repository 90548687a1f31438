/* command/choices.h - the options of a command of its own, declared once: read, checked, and shown by --help.
 *
 * Needs: base.    Never: decide what a value means. */
#ifndef COMMAND_CHOICES_H
#define COMMAND_CHOICES_H

#include "base/str.h"

enum choice_is {
    CHOICE_TEXT,  /* into: const char * */
    CHOICE_WHOLE, /* into: int64_t */
    CHOICE_REAL,  /* into: double */
    CHOICE_FLAG,  /* into: bool; takes no value */
    CHOICE_ONE_OF /* into: const char *; words: "a|b|c" */
};

struct choice {
    const char *name; /* without --; a name of one letter takes one dash or two */
    enum choice_is is;
    void *into;
    const char *value, *help; /* "N", "what it does"; value NULL for a flag */
    double least, most;       /* of CHOICE_WHOLE and CHOICE_REAL */
    const char *words;        /* of CHOICE_ONE_OF */
};

struct usage {
    const char *command, *words, *about; /* "link encode", "PEOPLE.csv", "what it does" */
    int words_min, words_max;
    const struct choice *choices;
    size_t choices_n;
    const char *more; /* said at the end of --help; may be NULL */
};

/* argv[0] is the command's last word. Puts what is no option into `words` (words_max of them) and returns how many.
 * -1: --help was shown, end with 0. -2: wrong usage was told, end with 2. */
MUST_USE int choices_read(const struct usage *u, int argc, char **argv, const char **words);

/* A command of several: argv[0] is its name, argv[1] the deed. */
struct deed {
    const char *name, *about;
    int (*run)(int argc, char **argv);
};
int choices_deed(const char *command, const struct deed *deeds, size_t n, int argc, char **argv);

#endif
