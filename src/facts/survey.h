/* facts/survey.h - every table at a glance: how many statements, how many questions with two answers, which sources.
 *
 * Counted once for each state of the data and kept in memory; a change counts the tables of its room anew, not the others.
 * Needs: claim.    Never: used while writing: what is being changed has no count yet. */
#ifndef FACTS_SURVEY_H
#define FACTS_SURVEY_H

#include "facts/facts.h"

struct survey_use {
    str source;
    int64_t n;
};
struct survey {
    const struct claim_kind *kind;
    int64_t live, by_editor, conflicts;
    struct survey_use *uses; /* one for each source named */
    size_t uses_n;
};

/* One for each kind, in their order. How many. */
size_t survey_all(struct db *db, const struct survey **out);
int64_t survey_uses(const struct survey *all, size_t n, str source); /* statements that name it */

/* Of some rows of a kind, which have a rival among them. */
bool *survey_disputed(struct arena *a, const struct claim *rows, size_t n);

/* Whether any fresh row answers a question of a firm one otherwise. */
bool survey_contradict(struct arena *a, const struct claim *firm, size_t firm_n,
                       const struct claim *fresh, size_t n);

/* Lists of what grew old, is missing or in doubt. */
enum facts_list {
    LIST_HELPLINES,
    LIST_EMERGENCY,
    LIST_TIERS,
    LIST_PROGRAMMES,
    LIST_OFFICES,
    LIST_STATISTICS,
    LIST_SOURCES,
    LIST_WEAK,
    LIST_CONFLICTS,
    LIST_OBSERVANCES,
    FACTS_LISTS
};
extern const struct word facts_list_names[]; /* in their order */
struct facts_line {
    struct phrase kind_of_what; /* of a table, a year; no words: none */
    str what, detail;
    str day; /* "" if there is none */
    int64_t n;
    str claim; /* a statement's id; "" if it leads elsewhere */
    str path;  /* beneath the language */
};
/* At most LINES_SHOWN lines; all of them are counted. */
#define LINES_SHOWN 300
int64_t facts_lines(struct db *db, enum facts_list which, str today, struct facts_line **out,
                    size_t *shown);
/* How many there are in each, from memory while nothing changed and the day is the same. */
void facts_list_counts(struct db *db, str today, int64_t out[FACTS_LISTS]);

#endif
