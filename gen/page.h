/* gen/page.h - typed Mustache templates compiled to C: what the steps hand to each other.
 *
 * page.c reads the files and runs the steps; page_view.c reads the declaration at the top; page_place.c knows
 * in which place of HTML a byte stands; page_body.c turns the body into nodes and refuses what is unsafe;
 * page_head.c, page_html.c and page_json.c write C.
 * Needs: base, gen/text.    Never: write a value that is not escaped for its place. */
#ifndef GEN_PAGE_H
#define GEN_PAGE_H

#include "text.h"

enum kind {
    TEXT,
    DAY,
    URL,
    INT,
    YEAR,
    REAL,
    FLAG,
    WORD,
    PHRASED,
    MARKUP,  /* plain values */
    LIST,    /* of an anonymous struct, its fields indented below */
    GROUP,   /* one anonymous struct */
    LIST_OF, /* of a shared view */
    ONE,     /* a shared view */
};

struct page;

struct field {
    str name, comment;
    enum kind kind;
    bool is_optional;
    int decimals;          /* REAL */
    str shared_name;       /* LIST_OF, ONE: as written */
    struct page *shared;   /* LIST_OF, ONE: found by name */
    struct record *record; /* LIST, GROUP: the indented fields; LIST_OF, ONE: the shared view's */
    size_t at;             /* where in the file it is declared */
};

struct record { /* becomes one C struct */
    str c_name;
    struct field *field;
    size_t n;
    struct page *page; /* the view, if this is a view's outermost record */
};

/* Where a value stands decides how it is escaped. */
enum place { IN_TEXT, IN_RCDATA, IN_ATTRIBUTE, BEGINS_URL, WITHIN_URL };

enum node_kind { LITERAL, VALUE, SECTION, PART, PHRASE_NODE, LANG, DIR, WHEN };

struct argument {
    str name;
    const struct field *field;
    const char *var;
};

struct node {
    enum node_kind kind;
    struct node *next;
    int line;
    enum place place;
    str text;              /* LITERAL; PHRASE_NODE: one form */
    str many;              /* PHRASE_NODE */
    struct argument *args; /* PHRASE_NODE */
    size_t args_n;
    const struct field *field; /* VALUE, SECTION */
    const char *var; /* the C variable that holds the field's struct; PART: the struct itself */
    const char *inner_var;  /* SECTION over a record: the variable of its struct */
    struct node *inner;     /* SECTION: shown for each, or if there */
    struct node *otherwise; /* SECTION: shown if there is none */
    struct page *part;      /* PART */
};

struct page {
    struct source source;
    str room, name, c_name; /* "campaign", "country", "campaign_country" */
    str comment;
    size_t body_at;
    struct record record;
    struct node *body;
    struct page **uses; /* the shared views it names, each once */
    size_t uses_n;
};

struct pages {
    struct arena *arena;
    struct page *at;
    size_t n;
    struct messages messages;
};

void page_view_read(struct pages *all, struct page *p); /* the declaration */
void page_view_link(struct pages *all,
                    struct page *p); /* finds the shared views, refuses circles */
void page_body_read(struct pages *all, struct page *p); /* the nodes */
void page_head_write(struct sink *out, const struct page *p);
void page_html_write(struct sink *out, struct pages *all, const struct page *p);
void page_json_write(struct sink *out, struct pages *all,
                     const struct page *p); /* writer, schema, struct view */

bool kind_has_record(enum kind k);
bool kind_is_list(enum kind k);
str page_schema(struct pages *all, const struct page *p);

/* C being written: neighbouring literals become one put_lit, #line follows the template. */
struct code {
    struct sink *out;
    struct sink literal;
    const char *path; /* of the template, for #line; NULL for none */
    int line, literal_line;
    int depth;
};
void code_open(struct code *c, struct sink *out, struct arena *a, const char *path);
void code_literal(struct code *c, int line, str s);
void code_line(struct code *c, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void code_end(struct code *c); /* writes a literal still waiting */

#endif
