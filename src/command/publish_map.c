/* blueheart publish map: HTCDS fields to CTDC columns. */
#include "command/publish.h"

#include <stdio.h>

static void tell(const char *words, str names)
{
    while (names.n) {
        str name = str_split(&names, '\n');
        fprintf(stderr, "%s: " STR_FMT "\n", words, STR_ARG(name));
    }
}

int publish_map(int argc, char **argv)
{
    const char *to = "-";
    bool is_quiet = false;
    const struct choice choices[] = {
        { "o", CHOICE_TEXT, &to, "FILE", "where to write; - is standard output", 0, 0, NULL },
        { "quiet", CHOICE_FLAG, &is_quiet, NULL, "only what is wrong", 0, 0, NULL },
    };
    const struct usage usage = {
        .command = "publish map",
        .words = "HTCDS.csv [-o CTDC.csv]",
        .about = "Case data in IOM's HTCDS 2.0 fields, one row a person, with the columns of CTDC. "
                 "Unknown is -99, never 0.",
        .words_min = 1,
        .words_max = 1,
        .choices = choices,
        .choices_n = COUNT_OF(choices),
        .more = "The result is about single people. It is for publish aggregate or dp, not for "
                "publication.",
    };
    const char *words[1];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    struct arena a;
    arena_open(&a, PUBLISH_ARENA_MAX);
    struct map_report report;
    struct complaint why;
    struct file_out *out = file_out_open(&a, to);
    bool is_done = map_htcds(&a, words[0], out, &report, &why);
    if (is_done) file_out_done(out);
    else complaint_tell(words[0], &why);
    if (is_done && !is_quiet) {
        tell("not carried over, CTDC has no place for it", report.not_carried);
        tell("not carried over, no field of HTCDS 2.0", report.not_standard);
        fprintf(stderr,
                "%llu people; left out as no victims: %llu; with more than one citizenship, which "
                "is 00: %llu\n",
                (unsigned long long)report.rows, (unsigned long long)report.left_out,
                (unsigned long long)report.many_citizenships);
    }
    arena_close(&a);
    return is_done ? 0 : 1;
}
