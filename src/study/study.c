/* Studies and their runs, as they are kept. */
#include "study/inside.h"

#include "base/day.h"
#include "base/id.h"
#include "trail/trail.h"

#define OPEN_MOST 20 /* runs that wait or work at once */

static const struct study_wish usual = { .bootstrap = 10000, .seed = 1 };

str study_wish_text(struct arena *a, const struct study_wish *w)
{
    return arena_format(a, "lists=%u bootstrap=%lld seed=%lld", w->lists, (long long)w->bootstrap,
                        (long long)w->seed);
}

struct study_wish study_wish_read(str text)
{
    struct study_wish w = usual;
    while (text.p) {
        str value = str_split(&text, ' '), name = str_split(&value, '=');
        int64_t n;
        if (!value.p || !str_to_int(value, &n)) continue;
        if (str_eq(name, S("lists"))) w.lists = (uint32_t)n;
        if (str_eq(name, S("bootstrap")) && n >= 0 && n <= STUDY_BOOTSTRAP_MAX) w.bootstrap = n;
        if (str_eq(name, S("seed"))) w.seed = n;
    }
    return w;
}

bool study_is_line(str s, size_t least, size_t most)
{
    return s.n >= least && s.n <= most && !str_has_control(s) && str_find(s, '\n') < 0;
}

static enum study_answer look_at(const struct study_about *a)
{
    bool has_days = day_is_full(a->first_day) && day_is_full(a->last_day) &&
                    str_cmp(a->first_day, a->last_day) <= 0;
    if (!study_is_line(a->title, 3, STUDY_LINE_MAX)) return STUDY_BAD_TITLE;
    if (!study_is_line(a->place, a->iso3.n ? 0 : 2, STUDY_LINE_MAX)) return STUDY_BAD_PLACE;
    if (a->iso3.n && !lang_is_state(a->iso3)) return STUDY_BAD_PLACE;
    if (!has_days) return STUDY_BAD_DAYS;
    if (!study_is_line(a->counted, 3, STUDY_WORDS_MAX)) return STUDY_BAD_COUNTED;
    return STUDY_YES;
}

static ms keep_until(const struct studies *s)
{
    return s->now + STUDY_KEEP_DAYS * DAY_MS;
}

static void note(const struct studies *s, enum trail_deed deed, id row)
{
    trail_add(s->db, deed, s->person, (struct trail_about){ .subject = TRAIL_OF_STUDY, .row = row },
              s->now);
}

static enum study_answer look_at_table(const struct studies *s, str csv, struct complaint *why)
{
    struct mse_table table;
    *why = (struct complaint){ 0 };
    if (csv.n == 0 || csv.n > STUDY_TABLE_MAX) return STUDY_BAD_TABLE;
    if (!mse_table_read_text(s->arena, csv, &table, why)) return STUDY_BAD_TABLE;
    return table.is_whole ? STUDY_YES : STUDY_NOT_WHOLE;
}

enum study_answer study_begin(const struct studies *s, const struct study_about *about, str csv,
                              id *made, struct complaint *why)
{
    enum study_answer answer = look_at_table(s, csv, why);
    if (answer == STUDY_YES) answer = look_at(about);
    if (answer != STUDY_YES) return answer;
    *made = id_new();
    struct sealed lists = seal_close(s->keys, s->arena, &seal_study_study_lists, *made,
                                     keep_until(s), (personal){ csv });
    study_add(s->db, *made, about->title, about->iso3, about->place, about->first_day,
              about->last_day, about->counted, lists, study_wish_text(s->arena, &usual), s->person,
              s->now, keep_until(s));
    note(s, TRAIL_STUDY_BEGUN, *made);
    return STUDY_YES;
}

enum study_answer study_read(const struct studies *s, id which, struct study *out)
{
    struct study_row row;
    personal lists;
    if (!study_get(s->db, which, &row)) return STUDY_NO_SUCH;
    switch (seal_open(s->keys, s->arena, &seal_study_study_lists, which, row.lists, &lists)) {
    case SEAL_OPENED: break;
    case SEAL_KEY_GONE:
    case SEAL_DAMAGED: return STUDY_NO_SUCH;
    }
    *out = (struct study){
        .id = which,
        .about = { row.title, row.iso3, row.place, row.first_day, row.last_day, row.counted },
        .lists = lists.words,
        .wish = row.wish,
        .made_by = row.made_by,
        .made_at = row.made_at,
        .changed_at = row.changed_at,
        .keep_until = row.keep_until,
    };
    return STUDY_YES;
}

static void write_about(const struct studies *s, id which, const struct study_about *about,
                        str wish)
{
    study_wish_set(s->db, which, about->title, about->iso3, about->place, about->first_day,
                   about->last_day, about->counted, wish, s->now);
}

enum study_answer study_change(const struct studies *s, id which, const struct study_about *about)
{
    struct study_row row;
    if (!study_get(s->db, which, &row)) return STUDY_NO_SUCH;
    enum study_answer answer = look_at(about);
    if (answer != STUDY_YES) return answer;
    write_about(s, which, about, row.wish);
    note(s, TRAIL_STUDY_CHANGED, which);
    return STUDY_YES;
}

/* Its runs go with it, and what was not published of it; what was published stays. */
enum study_answer study_end(const struct studies *s, id which)
{
    study_editions_drop(s->db, which);
    if (!study_drop(s->db, which)) return STUDY_NO_SUCH;
    note(s, TRAIL_STUDY_ENDED, which);
    return STUDY_YES;
}

/* ---- runs ---- */

static enum study_state state_named(str word)
{
    static const char *const words[] = { "waiting", "running", "done", "stopped", "failed" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq(word, str_of(words[i]))) return (enum study_state)i;
    return STUDY_FAILED;
}

bool study_newest_run(const struct studies *s, id which, struct study_progress *out)
{
    struct study_run row;
    personal result = { S("") };
    if (!study_run_newest(s->db, which, &row)) return false;
    *out = (struct study_progress){ .id = row.id,
                                    .state = state_named(row.state),
                                    .doing = row.doing,
                                    .permille = row.permille,
                                    .asked_at = row.asked_at,
                                    .begun_at = row.begun_at,
                                    .ended_at = row.ended_at };
    if (out->state != STUDY_DONE) return true;
    if (seal_open(s->keys, s->arena, &seal_study_run_result, row.id, row.result, &result) !=
        SEAL_OPENED)
        out->state = STUDY_FAILED;
    out->result = result.words;
    return true;
}

static int lists_in(uint32_t set)
{
    int n = 0;
    for (int i = 0; i < LISTS_MAX; i++) n += set >> i & 1;
    return n;
}

enum study_answer study_ask(const struct studies *s, id which, const struct study_wish *wish)
{
    struct study study;
    struct study_progress newest;
    struct study_number open;
    if (study_read(s, which, &study) != STUDY_YES) return STUDY_NO_SUCH;
    if (wish->lists && lists_in(wish->lists) < 2) return STUDY_FEW_LISTS;
    if (study_newest_run(s, which, &newest) && newest.state <= STUDY_RUNNING)
        return STUDY_IS_RUNNING;
    study_runs_open(s->db, &open);
    if (open.n >= OPEN_MOST) return STUDY_BUSY;
    write_about(s, which, &study.about, study_wish_text(s->arena, wish));
    id run = id_new();
    struct sealed nothing = seal_close(s->keys, s->arena, &seal_study_run_result, run,
                                       study.keep_until, (personal){ S("") });
    study_run_add(s->db, run, which, s->person, s->now, study.keep_until, nothing);
    note(s, TRAIL_STUDY_RUN, which);
    return STUDY_YES;
}

enum study_answer study_unwant(const struct studies *s, id run)
{
    return study_run_unwant(s->db, run, s->now) ? STUDY_YES : STUDY_TOO_LATE;
}
