/* How long a question takes: over 20,000 made documents, or over what the data hold (--shipped).
 * search-bench DBURL [--shipped]. Prints: questions, documents, median and 99th in microseconds. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "search/search.h"
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>

#define DOCS      20000
#define WORDS     70
#define QUESTIONS 3000

static uint64_t seed = 11;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

/* Few words are common and many rare, as in any language. */
static str word(struct arena *a)
{
    uint32_t most = 1u << (1 + draw(14)), n = draw(most);
    return arena_format(a, "w%c%c%ux", 'a' + n % 7, 'k' + n % 11, n);
}

static void make(struct db *db, void *self)
{
    struct arena *a = self;
    struct search_index *made = search_begin(db, a, lang_find(S("en")));
    for (int d = 0; d < DOCS; d++) {
        struct sink body;
        sink_open(&body, a, KIB(8));
        for (int i = 0; i < WORDS; i++) {
            put(&body, word(a));
            put_char(&body, ' ');
        }
        search_add(made, (struct search_doc){ (enum search_part)draw(SEARCH_PARTS), arena_format(a, "/made/%d", d),
                                              ARENA_JOIN(a, word(a), S(" "), word(a)), sink_str(&body), NULL });
    }
    search_end(made, S("bench"));
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    bool is_shipped = argc > 2;
    static struct arena life, work;
    arena_open(&life, MIB(256));
    arena_open(&work, SEARCH_ARENA_MAX * 2);
    lang_open(&life);
    struct db *db = db_open(&life, str_of(argv[1]), DB_SERVE);
    db_use_arena(db, &work);
    if (!is_shipped) db_write(db, make, &work);
    static const char *const asked[] = { "trafficking", "protocol children", "mexico", "convention against crime",
                                         "the victims of exploitation", "phillipines", "identified", "report 2019" };
    static int64_t took[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
        arena_empty(&work);
        struct sink question;
        sink_open(&question, &work, KIB(4));
        for (uint32_t n = draw(3) + 1; n; n--) {
            str w = is_shipped ? str_of(asked[draw(COUNT_OF(asked))]) : word(&work);
            if (draw(10) == 0) w = str_cut(w, w.n - 1); /* misspelt */
            put(&question, w);
            put_char(&question, ' ');
        }
        int64_t from = clock_ticks_us();
        db_begin_read(db);
        search_ask(db, &work, lang_find(S("en")), sink_str(&question), SEARCH_PARTS, SEARCH_EACH, 0);
        db_commit(db);
        took[i] = clock_ticks_us() - from;
    }
    qsort(took, QUESTIONS, sizeof *took, by_time);
    printf("%d %s %lld %lld\n", QUESTIONS, is_shipped ? "shipped" : "made", (long long)took[QUESTIONS / 2],
           (long long)took[QUESTIONS * 99 / 100]);
    return 0;
}
