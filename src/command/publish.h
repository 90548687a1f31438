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

/* 0, or says on standard error why not and is 1. */
int publish_ledger_told(const char *path, enum ledger_answer answer, str why);
/* Reads --epsilon and --delta; says what they take and is false if they are something else. */
bool publish_budget(const char *command, const char *epsilon_text, const char *delta_text,
                    nano *epsilon, femto *delta);

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
