/* command/publish.h - the deeds of `blueheart publish`, one function each; publish.c lists them.
 *
 * Needs: choices.    Never: decide what the room decides. */
#ifndef COMMAND_PUBLISH_H
#define COMMAND_PUBLISH_H

#include "command/choices.h"
#include "publish/publish.h"

int publish_aggregate(int argc, char **argv);
int publish_ledger(int argc, char **argv);
int publish_dp(int argc, char **argv);
int publish_evaluate(int argc, char **argv);
int publish_synthesize(int argc, char **argv);
int publish_map(int argc, char **argv);

/* 0, or says on standard error why not and is 1. */
int publish_ledger_told(const char *path, enum ledger_answer answer, str why);
/* Reads --epsilon and --delta; says what they take and is false if they are something else. */
bool publish_budget(const char *command, const char *epsilon_text, const char *delta_text,
                    nano *epsilon, femto *delta);

/* What a release with noise is asked for. */
struct dp_wishes {
    const char *epsilon_text, *delta_text, *schema, *ledger, *who, *why, *to, *outside;
    int64_t length, least;
    bool is_quiet;
    nano epsilon;
    femto delta;
};
#define DP_WISHES                                                                             \
    {                                                                                         \
        .delta_text = "", .to = "-", .outside = "refuse", .length = 3, .least = 6, .who = "", \
        .why = ""                                                                             \
    }
/* Reads what can be read without the data; says what is missing and is false. */
bool publish_dp_agreed(const char *command, struct dp_wishes *w);
/* Enters the release and makes it; the code to end with if it is not 0. */
int publish_dp_release(struct arena *a, const char *path, const struct dp_wishes *w, size_t length,
                       struct aggregates *out, str *about);

#define DP_CHOICES(of)                                                                                 \
    { "epsilon", CHOICE_TEXT, &(of).epsilon_text, "E", "what this release may tell", 0, 0, NULL },     \
        { "delta", CHOICE_TEXT, &(of).delta_text, "D", "with this chance more; above 0", 0, 0, NULL }, \
        { "schema", CHOICE_TEXT, &(of).schema, "S.json", "columns, values and bounds, declared",       \
          0,        0,           NULL },                                                               \
        { "ledger", CHOICE_TEXT, &(of).ledger, "FILE", "the privacy budget of the data set",           \
          0,        0,           NULL },                                                               \
        { "who", CHOICE_TEXT, &(of).who, "NAME", "who publishes; entered in the ledger", 0, 0, NULL }, \
        { "why", CHOICE_TEXT, &(of).why, "WORDS", "what for; entered in the ledger", 0, 0, NULL },     \
        { "least", CHOICE_WHOLE, &(of).least, "N", "estimates below N are not shown",                  \
          1,       1000000,      NULL },                                                               \
    {                                                                                                  \
        "outside", CHOICE_ONE_OF, &(of).outside, NULL, "a value that is not declared", 0, 0,           \
            "refuse|drop"                                                                              \
    }

/* The options that say how a file of records is read; see struct sample_choice. */
#define SAMPLE_CHOICES(of)                                                                       \
    { "person",                                                                                  \
      CHOICE_TEXT,                                                                               \
      &(of).person,                                                                              \
      "COLUMN",                                                                                  \
      "this column names the person; who has two rows is refused",                               \
      0,                                                                                         \
      0,                                                                                         \
      NULL },                                                                                    \
        { "columns", CHOICE_TEXT, &(of).columns, "A,B,C", "only these columns", 0, 0, NULL },    \
        { "leave-out", CHOICE_TEXT, &(of).leave, "A,B,C", "all columns but these", 0, 0, NULL }, \
    {                                                                                            \
        "zeros", CHOICE_TEXT, &(of).zeros, "A,B,C",                                              \
            "of these columns 0 is a value like any other, not an absence", 0, 0, NULL           \
    }

#endif
