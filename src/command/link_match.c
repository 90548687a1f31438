/* blueheart link match: encodings in, groups out. */
#include "command/link.h"

#include "base/sink.h"
#include "link/groups.h"

#include <stdio.h>
#include <unistd.h>

struct match {
    const char *files[LINK_FILES_MAX];
    int files_n;
    const char *threshold, *assign, *out, *names, *kernel;
    int64_t threads, most;
    bool as_json, is_quiet;
};

struct matching {
    struct arena *arena;
    const struct match *choice;
    struct link_threshold threshold;
    enum link_way way;
    struct link_clks list[LINK_FILES_MAX];
    struct link_lists lists;
    struct link_pairs pairs;
    struct link_groups groups;
    const struct link_kernel *kernel;
    size_t differ; /* links that the best assignment has and the greedy one has not */
    uint64_t total, greedy_total;
    struct link_progress progress;
};

/* The file's own name, without folders and ".json". */
static str name_of(const char *path)
{
    str s = str_of(path);
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/') {
            s = str_from(s, i);
            break;
        }
    return str_ends(s, S(".json")) && s.n > 5 ? str_cut(s, s.n - 5) : s;
}

static bool name_lists(struct matching *m)
{
    const struct match *c = m->choice;
    str rest = c->names ? str_of(c->names) : S("");
    for (int f = 0; f < c->files_n; f++) {
        str name = c->names ? str_trim(str_split(&rest, ',')) : name_of(c->files[f]);
        bool is_last = f + 1 == c->files_n;
        if (c->names && (!name.n || (rest.p == NULL) != is_last)) {
            fprintf(stderr, "blueheart: --names takes one name for each of the %d files\n",
                    c->files_n);
            return false;
        }
        for (int k = 0; k < f; k++)
            if (str_eq(m->list[k].name, name)) {
                fprintf(stderr, "blueheart: two lists are called " STR_FMT "; give them --names\n",
                        STR_ARG(name));
                return false;
            }
        m->list[f].name = arena_str(m->arena, name);
    }
    return true;
}

static void tell_doubts(struct matching *m)
{
    const struct match *c = m->choice;
    for (int f = 0; f < c->files_n; f++) {
        const struct link_clks *l = &m->list[f];
        if (!l->mark.is_there && c->files_n > 1)
            link_notice(
                NULL,
                arena_format(
                    m->arena,
                    "%s does not say with which schema, key and preparation it was made; that it "
                    "belongs to the others cannot be checked",
                    c->files[f]));
        if (l->mark.is_for_tests)
            link_notice(
                NULL,
                arena_format(m->arena,
                             "%s was made with a secret that can be guessed: fit for tests only",
                             c->files[f]));
        if (f && l->mark.is_there && m->list[0].mark.is_there &&
            !str_eq(l->mark.icu, m->list[0].mark.icu))
            link_notice(NULL, arena_format(m->arena,
                                           "%s was normalised by ICU " STR_FMT ", %s by " STR_FMT
                                           ": a few names may differ",
                                           c->files[f], STR_ARG(l->mark.icu), c->files[0],
                                           STR_ARG(m->list[0].mark.icu)));
        uint64_t ones = 0, empty = 0;
        for (size_t r = 0; r < l->rows; r++) {
            ones += l->count[r];
            empty += l->count[r] == 0;
        }
        if (l->rows && (double)ones > 0.6 * (double)l->rows * l->bits)
            link_notice(
                NULL, arena_format(m->arena,
                                   "%s has %.0f %% of its bits set: everybody resembles everybody",
                                   c->files[f], 100 * (double)ones / ((double)l->rows * l->bits)));
        if (empty)
            link_notice(NULL,
                        arena_format(m->arena, "%s has %llu empty encodings, which match nobody",
                                     c->files[f], (unsigned long long)empty));
    }
}

static bool read_lists(struct matching *m)
{
    const struct match *c = m->choice;
    for (int f = 0; f < c->files_n; f++) {
        struct complaint wrong;
        if (!link_clks_read(m->arena, c->files[f], &m->list[f], &wrong)) {
            complaint_tell(c->files[f], &wrong);
            return false;
        }
        for (int k = 0; k < f; k++) {
            const char *what = link_clks_differ(&m->list[k], &m->list[f]);
            if (!what) continue;
            fprintf(stderr, "blueheart: %s and %s cannot be matched: %s\n", c->files[k],
                    c->files[f], what);
            return false;
        }
    }
    if (!name_lists(m)) return false;
    if (!link_lists_of(m->list, (size_t)c->files_n, &m->lists)) {
        fprintf(stderr, "blueheart: more records than can be numbered\n");
        return false;
    }
    if (!c->is_quiet) tell_doubts(m);
    return true;
}

static void tell_progress(void *context, uint64_t done, uint64_t all)
{
    struct matching *m = context;
    if (link_progress_due(&m->progress))
        fprintf(stderr, "\rcompared %.0f %%\033[K", 100.0 * (double)done / (double)all);
}

static bool compare(struct matching *m)
{
    const struct match *c = m->choice;
    m->progress = link_progress_open(c->is_quiet);
    struct link_compare how = { .lists = &m->lists,
                                .threshold = m->threshold,
                                .is_within = c->files_n == 1,
                                .kernel = m->kernel,
                                .threads = (unsigned)c->threads,
                                .pairs_most = (size_t)c->most,
                                .tell = tell_progress,
                                .context = m };
    bool is_done = link_compare(m->arena, &how, &m->pairs);
    link_progress_end(&m->progress);
    if (!is_done)
        fprintf(stderr,
                "blueheart: more than %lld pairs resemble each other at %s: raise --threshold, or "
                "let the schema set "
                "fewer bits (35 to 50 %%); --most-pairs allows more\n",
                (long long)c->most, c->threshold);
    return is_done;
}

static bool assign(struct matching *m)
{
    m->total = m->greedy_total = 0;
    switch (m->way) {
    case LINK_GREEDY: link_assign_greedy(m->arena, &m->lists, &m->pairs, &m->groups); break;
    case LINK_COMPONENTS: link_assign_components(m->arena, &m->lists, &m->pairs, &m->groups); break;
    case LINK_OPTIMAL: {
        struct link_groups greedy;
        link_assign_greedy(m->arena, &m->lists, &m->pairs, &greedy);
        m->greedy_total = link_groups_total(&greedy, &m->pairs);
        if (!link_assign_optimal(m->arena, &m->lists, &m->pairs, &m->groups)) {
            fprintf(stderr,
                    "blueheart: so many records hang together at %s that finding the best "
                    "assignment would take too "
                    "long: raise --threshold, or take --assign greedy\n",
                    m->choice->threshold);
            return false;
        }
        m->differ = link_groups_differ(&m->groups, &greedy);
    }
    }
    m->total = link_groups_total(&m->groups, &m->pairs);
    return true;
}

static void tell_result(struct matching *m)
{
    const struct match *c = m->choice;
    double unit = (double)((uint64_t)1 << 39);
    if (!c->is_quiet) {
        fprintf(stderr,
                "blueheart: %zu pairs resemble each other at %s or more; %zu groups, %zu links\n",
                m->pairs.n, c->threshold, m->groups.groups, m->groups.links);
        if (m->way == LINK_OPTIMAL)
            fprintf(stderr,
                    "blueheart: the best assignment differs from the greedy one in %zu links; sums "
                    "of scores %.6f and %.6f\n",
                    m->differ, (double)m->total / unit, (double)m->greedy_total / unit);
    }
    if (!c->as_json) return;
    printf("{\"lists\": [");
    for (size_t f = 0; f < m->lists.n; f++) {
        struct sink name;
        sink_open(&name, m->arena, KIB(16));
        json_text(&name, m->list[f].name);
        printf("%s{\"name\": " STR_FMT ", \"records\": %zu, \"marked\": %s}", f ? ", " : "",
               STR_ARG(sink_str(&name)), m->list[f].rows,
               m->list[f].mark.is_there ? "true" : "false");
    }
    printf("], \"threshold\": %s, \"assign\": \"%s\", \"kernel\": \"%s\", \"compared\": %llu, "
           "\"pairs\": %zu, \"groups\": %zu, "
           "\"links\": %zu, \"total\": %.17g",
           c->threshold, c->assign, m->kernel->name, (unsigned long long)m->pairs.compared,
           m->pairs.n, m->groups.groups, m->groups.links, (double)m->total / unit);
    if (m->way == LINK_OPTIMAL)
        printf(", \"greedy_total\": %.17g, \"differ\": %zu", (double)m->greedy_total / unit,
               m->differ);
    printf("}\n");
}

static int match(struct arena *a, void *choices)
{
    const struct match *c = choices;
    struct matching *m = arena_new(a, struct matching, 1);
    m->arena = a;
    m->choice = c;
    m->kernel = link_kernel(c->kernel);
    (void)!link_threshold_read(str_of(c->threshold), &m->threshold);
    m->way = strcmp(c->assign, "optimal") == 0      ? LINK_OPTIMAL
             : strcmp(c->assign, "components") == 0 ? LINK_COMPONENTS
                                                    : LINK_GREEDY;
    if (!read_lists(m) || !compare(m) || !assign(m)) return 1;
    struct file_out *f = file_out_open(a, c->out);
    link_groups_write(a, f, &m->lists, &m->pairs, &m->groups);
    file_out_done(f);
    tell_result(m);
    return 0;
}

/* What can be seen to be wrong before a file is opened. */
static const char *wrong_usage(const struct match *c)
{
    struct link_threshold t;
    if (!c->out) return "-o is needed";
    if (!link_threshold_read(str_of(c->threshold), &t))
        return "--threshold is over 0 and at most 1, with at most nine decimals";
    if (strcmp(c->assign, "optimal") == 0 && c->files_n != 2)
        return "--assign optimal is for two lists";
    if (strcmp(c->assign, "components") == 0 && c->files_n != 1)
        return "--assign components is for the duplicates within one list";
    if (c->as_json && strcmp(c->out, "-") == 0) return "--json needs -o to be a file";
    if (!link_kernel(c->kernel)) return "this processor has not what that --kernel needs";
    return NULL;
}

int link_match_deed(int argc, char **argv)
{
    struct match c = {
        .threshold = "0.8", .assign = "greedy", .kernel = "auto", .most = LINK_PAIRS_USUAL
    };
    const struct choice choices[] = {
        { "threshold", CHOICE_TEXT, &c.threshold, "T",
          "how alike two records must be, Dice's coefficient as a decimal (default 0.8)", 0, 0,
          NULL },
        { "assign", CHOICE_ONE_OF, &c.assign, NULL,
          "greedy: the most alike first, as anonlink does (default); optimal: the largest sum of "
          "scores, two lists; components: all that hangs together, within one list",
          0, 0, "greedy|optimal|components" },
        { "o", CHOICE_TEXT, &c.out, "FILE",
          "where the groups go, as CSV: group,file,row,score; needed", 0, 0, NULL },
        { "names", CHOICE_TEXT, &c.names, "A,B,..",
          "what the lists are called in it (default: the files' own names)", 0, 0, NULL },
        { "threads", CHOICE_WHOLE, &c.threads, "N",
          "how many work at once (default: as many as there are processors)", 0, CROWD_MAX, NULL },
        { "kernel", CHOICE_ONE_OF, &c.kernel, NULL,
          "how bits are counted; all give the same groups (default auto)", 0, 0,
          "auto|avx512|avx2|popcnt|portable" },
        { "most-pairs", CHOICE_WHOLE, &c.most, "N",
          "give up when more pairs than this resemble each other; 32 bytes each (default 50000000)",
          1, LINK_PAIRS_MAX, NULL },
        { "json", CHOICE_FLAG, &c.as_json, NULL, "what was found, in numbers, on standard output",
          0, 0, NULL },
        { "quiet", CHOICE_FLAG, &c.is_quiet, NULL, "only what is wrong", 0, 0, NULL },
    };
    const struct usage u = { "link match",
                             "A.json B.json [C.json ...] --threshold 0.8 -o groups.csv",
                             "Lists of encodings become groups of records of one person. One list "
                             "alone: its duplicates.",
                             1,
                             LINK_FILES_MAX,
                             choices,
                             COUNT_OF(choices),
                             "row counts the records of its file from 1. score is how much a row "
                             "resembled those above it in its group when it\n"
                             "joined them: leaving out what is below a higher threshold gives that "
                             "threshold's groups (greedy, components).\n"
                             "Lists of different schemas, secrets, lengths or preparation are "
                             "refused, as far as their files say what they are;\n"
                             "files made by clkhash do not say." };
    c.files_n = choices_read(&u, argc, argv, c.files);
    if (c.files_n < 0) return c.files_n == -1 ? 0 : 2;
    const char *wrong = wrong_usage(&c);
    if (!wrong) return link_run(match, &c);
    fprintf(stderr, "blueheart link match: %s\n", wrong);
    return 2;
}
