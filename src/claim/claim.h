/* claim/claim.h - dated statements about the world, each with its source. Machinery for the rooms that make them.
 *
 * A claim is one row of one file: data/KIND.csv. A room declares its kinds: which columns there are, what each
 * must look like, which of them ask the question ("Mexico, ratification") and which answer it ("2003-03-04").
 * Claims with the same question and different answers are rivals; both are kept and both are shown.
 * Every claim has two times: when it held in the world, and when it was recorded here. Nothing is overwritten or
 * deleted: an import records what is new and retracts what is gone, so what was known on a past day stays known. The one
 * exception is what could harm a person (claim_hide).
 * Needs: store.    Never: know what a kind means; change a recorded row but to retract it. */
#ifndef CLAIM_CLAIM_H
#define CLAIM_CLAIM_H

#include "base/csv.h"
#include "base/sink.h"
#include "lang/lang.h"
#include "store/db.h"

enum claim_check {
    CHECK_TEXT,    /* anything without control characters, at most CELL_TEXT_MAX bytes */
    CHECK_LINES,   /* the same with line breaks, as long as a cell may be */
    CHECK_DAY,     /* 2009-11-05, 2009-11 or 2009 */
    CHECK_YEAR,    /* 1900 to 2100 */
    CHECK_YEARS,   /* a year, or a span 2009-2011 */
    CHECK_STATE,   /* an iso3 that countries.csv knows */
    CHECK_SOURCE,  /* an id that sources.csv knows */
    CHECK_NUMBER,  /* a whole number */
    CHECK_DECIMAL, /* digits with at most one point; never below zero */
    CHECK_WORD,    /* one of `words` */
    CHECK_SLUG,    /* small letters, digits, hyphens; begins a name in an address */
    CHECK_URL,     /* http or https, or empty */
};

/* What a column does in its claim; several may be true of one. */
enum {
    COLUMN_NEEDED = 1,  /* may not be empty */
    COLUMN_SUBJECT = 2, /* what it is about: exactly one */
    COLUMN_PREDICATE = 4,
    COLUMN_ASKS = 8,     /* part of the question; subject and predicate always are */
    COLUMN_ANSWERS = 16, /* part of the answer */
    COLUMN_FROM = 32,    /* the day from which it held; counted from the last day it may mean */
    COLUMN_SEEN = 64,    /* the day it was seen to hold: stands in where FROM is empty */
};

struct claim_column {
    const char *name;
    enum claim_check check;
    int is;                   /* COLUMN_... */
    const struct word *words; /* for CHECK_WORD, ended by an empty code */
};

struct claim_kind {
    const char *name, *room; /* "protocol", "law": data/protocol.csv belongs to room law */
    const char *note;        /* a sentence for whoever reads the table */
    struct claim_column
        columns[CSV_COLUMNS_MAX]; /* in the file's order, ended by one without a name */
    bool is_reference;            /* sources and countries: no source of their own */
    bool
        is_unsearched; /* no document of search is made of its rows: an import need not index anew */
    bool waits;        /* what is dated later is shown to nobody before its day */
};

#define CLAIM_FOREVER \
    ((ms)9007199254740991) /* not retracted; the largest number JSON carries exactly */

/* What held on a day, as known at a moment. */
struct claim_when {
    str on;   /* a full day; "" is no limit */
    ms known; /* CLAIM_FOREVER - 1: what is known now */
};
#define CLAIM_NOW ((struct claim_when){ { "", 0 }, CLAIM_FOREVER - 1 })

struct claim {
    const struct claim_kind *kind;
    str id;
    ms recorded_at, retracted_at;
    bool is_by_editor;
    int n;
    const str *cell; /* in the order of the kind's columns */
};

/* Main tells the machinery once which kinds there are. */
/* NULL-ended; sources and countries first */
void claim_kinds_are(const struct claim_kind *const *kinds);
const struct claim_kind *claim_kind_named(str name);                  /* NULL if unknown */
const struct claim_kind *claim_kind_at(size_t i);                     /* NULL past the last */
int claim_column_of(const struct claim_kind *kind, const char *name); /* a missing one is a bug */

/* Claims of a kind about a subject (CLAIM_ALL for every one), by day and then content. Returns how many. */
#define CLAIM_ALL ((str){ NULL, 0 })
size_t claim_read(struct db *db, const struct claim_kind *kind, str subject, struct claim_when when,
                  struct claim **out);
/* The same, with what no source dates: told on every day, for pages that say so. */
size_t claim_read_told(struct db *db, const struct claim_kind *kind, str subject,
                       struct claim_when when, struct claim **out);
/* What was read stands subject by subject: how many, from the first on, are about the same. */
size_t claim_about_same(const struct claim *rows, size_t n);
/* Those that hold from exactly this day (the last one their date may mean), by subject: a year's report. */
size_t claim_read_from(struct db *db, const struct claim_kind *kind, str day,
                       struct claim_when when, struct claim **out);
/* Every record of a kind, live or not, a day's at a time, unsorted. What `take` is given is gone when it returns:
 * for rooms that keep a table of their own in memory. */
void claim_each(struct db *db, const struct claim_kind *kind,
                void (*take)(void *self, str day, const struct claim *all, size_t n), void *self);
MUST_USE bool claim_get(struct db *db, str id, struct claim *out);
/* Every record of claims with the same question, live and retracted, oldest first. */
size_t claim_history(struct db *db, const struct claim *c, struct claim **out);
bool claim_same_question(const struct claim *a, const struct claim *b);
bool claim_same_answer(const struct claim *a, const struct claim *b);
bool claim_holds_at(const struct claim *c, struct claim_when when);
/* Of kinds that wait: whether its day is still to come; and the same times, but never later than today. */
bool claim_waits(struct arena *a, const struct claim *c, ms now);
struct claim_when claim_until(struct arena *a, const struct claim_kind *kind,
                              struct claim_when when, ms now);
str claim_cell(const struct claim *c, const char *column);
/* Of a kind that tells its subject property by property: the first value of one; "" if nobody said. */
str claim_value(const struct claim *rows, size_t n, const char *property);
str claim_source(const struct claim *c); /* "" for reference kinds */

/* The words of a CHECK_WORD column; an unknown code, of an older file, is something else. */
struct word claim_word(const struct word *words, str code);

/* Import: all or nothing. What is wrong goes into `complaints`, one line each with line and column. */
enum import_answer {
    IMPORT_DONE,
    IMPORT_UNCHANGED,
    IMPORT_REFUSED, /* complaints say why; nothing was written */
};
struct import_complaint {
    int line, column; /* 0: of the file as a whole */
    str what;         /* the column's name, or "" */
    struct phrase why;
    str detail; /* stands behind it; "" for none */
};
struct import_report {
    size_t rows, added, retracted, kept_by_editors;
    struct sink complaints; /* in English, a line each */
    struct import_complaint complaint[COMPLAINTS_MAX + 1];
    size_t complaint_n;
    int more; /* complaints that are not said one by one */
};
MUST_USE enum import_answer claim_import(struct db *db, struct arena *a,
                                         const struct claim_kind *kind, str text, ms now,
                                         void (*progress)(size_t done, size_t all),
                                         struct import_report *report);
/* The same in two steps: what it would change, which writes nothing; and doing exactly that, in the same transaction.
 * Not whole: the text adds to the table, and nothing is withdrawn. by: whose word it is from now on, outliving every
 * import; 0: the file's. */
struct row;
struct import_plan {
    const struct claim_kind *kind;
    const struct row **fresh; /* claim_plan_cells reads them */
    str *retracted;           /* ids */
    size_t added_n, retracted_n, unchanged, kept;
    ms now;
};
MUST_USE enum import_answer claim_plan(struct db *db, struct arena *a,
                                       const struct claim_kind *kind, str text, bool is_whole,
                                       ms now, void (*progress)(size_t done, size_t all),
                                       struct import_report *report, struct import_plan *plan);
const str *claim_plan_cells(struct arena *a, const struct import_plan *plan, size_t i);
str claim_plan_id(const struct import_plan *plan, size_t i);
void claim_plan_write(struct db *db, const struct import_plan *plan, id by,
                      void (*progress)(size_t done, size_t all));

/* What is wrong with each cell, as an import would find; why[i] has no words where nothing is. How many. */
size_t claim_wrong(struct db *db, const struct claim_kind *kind, const str *cells,
                   struct phrase why[CSV_COLUMNS_MAX]);
/* The id that a row with these cells has, wherever it stands. */
str claim_id_of(struct arena *a, const struct claim_kind *kind, const str *cells);
int claim_columns(const struct claim_kind *kind); /* how many */
/* One row that somebody enters, in the caller's write transaction, with the checks of an import. It outlives imports.
 * A row that answers the same question stays beside it as a rival until it is retracted too. */
enum claim_answer {
    CLAIM_ENTERED,
    CLAIM_IS_THERE, /* this very row is made already, by a file or by somebody; nothing was written */
    CLAIM_REFUSED, /* `column` and `why` say what is wrong, to be read one after the other */
    CLAIM_CLOCK,   /* this machine's clock is more than a day behind what was recorded last */
};
struct claim_entered {
    str id; /* of ENTERED and IS_THERE */
    const struct claim_column *column;
    struct phrase why;
};
MUST_USE enum claim_answer claim_enter(struct db *db, const struct claim_kind *kind,
                                       const str *cells, id by, ms now, struct claim_entered *out);
/* Somebody withdraws a claim. It stays readable, and no import brings it back. */
enum claim_retract_answer {
    CLAIM_RETRACTED,
    CLAIM_NOT_LIVE,
    CLAIM_STILL_NAMED, /* a source or a state that other statements name */
};
MUST_USE enum claim_retract_answer claim_retract(struct db *db, str which, id by, ms now);
/* Earlier records with the same question are shown nowhere any more, on no past day either: for what could harm
 * somebody. What is live is not touched. How many. */
size_t claim_hide(struct db *db, const struct claim *question, ms now);

/* Whether anything was ever imported here. */
bool claim_has_imports(struct db *db);
/* The earliest times that show the same claims: so many days are asked for, so few differ. */
struct claim_when claim_earliest(struct db *db, const struct claim_kind *kind,
                                 struct claim_when when);
/* The live claims as CSV, byte for byte what import took, sorted by cells. */
void claim_export(struct db *db, const struct claim_kind *kind, struct claim_when when,
                  struct sink *out);

extern const struct claim_kind claim_sources;
extern const struct word claim_grades[];

#endif
