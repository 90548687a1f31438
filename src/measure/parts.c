#include "measure/parts.h"

#include "base/clock.h"

str measure_code(struct req *rq, str asked)
{
    if (asked.n != 3) return asked;
    char code[3];
    for (size_t i = 0; i < 3; i++) {
        char c = asked.p[i];
        code[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return arena_str(rq->arena, (str){ code, 3 });
}

static int64_t months_of(str day)
{
    int64_t year = 0, month = 12;
    if (day.n < 4 || !str_to_int(str_cut(day, 4), &year)) return 0;
    if (day.n >= 7 && !str_to_int(str_cut(str_from(day, 5), 2), &month)) return 0;
    return year * 12 + month;
}

bool measure_is_old(struct req *rq, str released)
{
    return released.n && months_of(web_day(rq)) - months_of(released) > MEASURE_FRESH_MONTHS;
}

size_t measure_note(struct req *rq, struct noted *all, str id)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->source[i].id, id)) return i;
    if (all->n == PAGE_SOURCES_MAX) return PAGE_SOURCES_MAX - 1;
    struct claim *rows;
    struct claim_when when = { S(""), rq->when.known };
    size_t at = all->n++;
    all->source[at] = claim_source_shown(rq, id);
    all->licence[at] = S("not stated");
    all->url[at] = S("");
    if (claim_read(rq->db, &claim_sources, id, when, &rows)) {
        all->licence[at] = claim_cell(&rows[0], "licence");
        all->url[at] = claim_cell(&rows[0], "url");
    }
    return at;
}

size_t measure_licences(const struct noted *all, str out[PAGE_SOURCES_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        bool is_new = true;
        for (size_t k = 0; k < n; k++) is_new = is_new && !str_eq(out[k], all->licence[i]);
        if (is_new) out[n++] = all->licence[i];
    }
    return n;
}

static bool has_place(const struct measure_tables *t, const struct measure_about *about, str place,
                      bool is_area)
{
    uint32_t word = table_word(t, place), metric = table_word(t, str_of(about->code));
    if (word == NO_WORD || word == 0) return false;
    for (size_t i = 0; i < t->totals.n; i++) {
        const struct measure_row *r = &t->totals.row[i];
        if (r->metric != metric) continue;
        if (is_area ? r->state == 0 && r->area == word : r->state == word) return true;
    }
    return false;
}

static bool choose_place(struct req *rq, const struct measure_tables *t, struct measure_choice *c)
{
    c->place = measure_code(rq, in_query(rq, "place"));
    if (c->place.n == 0) {
        c->kind = PLACE_WORLD;
        return true;
    }
    bool is_digits = c->place.n == 3 && c->place.p[0] >= '0' && c->place.p[0] <= '9';
    c->kind = is_digits ? PLACE_REGION : PLACE_STATE;
    if (is_digits) return !str_eq(lang_region(rq->lang, c->place), c->place);
    if (has_place(t, c->about, c->place, false)) return true;
    c->kind = PLACE_AREA;
    if (has_place(t, c->about, c->place, true)) return true;
    /* A state there is, of which nobody said anything: the page says so. */
    c->kind = PLACE_STATE;
    return c->place.n == 3 && !str_eq(lang_state(rq->lang, c->place), c->place);
}

bool measure_choose(struct req *rq, const struct measure_tables *t,
                    const struct measure_about *about, struct measure_choice *out)
{
    str sex = in_query(rq, "sex"), age = in_query(rq, "age"), form = in_query(rq, "form");
    *out = (struct measure_choice){ .about = about,
                                    .sex = measure_sex_cell(sex),
                                    .age = measure_age_cell(age, sex),
                                    .form = measure_form_cell(form) };
    if (!choose_place(rq, t, out)) {
        refuse(rq, 404,
               PHRASE("This series has no figures for {asked}. Choose a place from the list."),
               out->place);
        return false;
    }
    str wrong = !out->sex ? sex : !out->age ? age : !out->form ? form : S("");
    if (wrong.n) {
        refuse(rq, 400,
               PHRASE("{asked} is not offered here. Choose sex, age and form from the "
                      "lists."),
               wrong);
        return false;
    }
    return true;
}

str measure_place_name(struct req *rq, const struct measure_choice *c)
{
    switch (c->kind) {
    case PLACE_WORLD: return say(rq, PHRASE("All states together"));
    case PLACE_REGION: return lang_region(rq->lang, c->place);
    case PLACE_STATE: return lang_state(rq->lang, c->place);
    case PLACE_AREA: break;
    }
    return c->place;
}

static void put_field(struct sink *out, const char *name, str value)
{
    if (value.n == 0) return;
    if (out->n) put_char(out, '&');
    put(out, str_of(name));
    put_char(out, '=');
    url_part(out, value);
}

str measure_place_query(struct req *rq, str place)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    put_field(&out, "place", place);
    put_field(&out, "sex", in_query(rq, "sex"));
    put_field(&out, "age", in_query(rq, "age"));
    put_field(&out, "form", in_query(rq, "form"));
    return sink_str(&out);
}

str measure_choice_query(struct req *rq, const struct measure_choice *c)
{
    return measure_place_query(rq, c->place);
}

str measure_released(const struct measure_tables *t, str source)
{
    uint32_t word = table_word(t, source);
    str newest = S("");
    for (size_t i = 0; i < t->totals.n; i++) {
        const struct measure_row *r = &t->totals.row[i];
        str day = table_text(t, r->as_of);
        if (r->source == word && str_cmp(day, newest) > 0) newest = day;
    }
    return newest;
}
