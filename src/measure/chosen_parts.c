#include "measure/chosen_parts.h"

const char *const measure_continents[CONTINENTS] = { "002", "019", "142", "150", "009" };

static const char *const subregions[] = { "015", "014", "017", "018", "011", "029", "013", "005",
                                          "021", "143", "030", "034", "035", "145", "151", "154",
                                          "039", "155", "053", "054", "057", "061" };

str measure_series_address(struct req *rq, const struct measure_choice *c, str query)
{
    return web_beneath(rq, S("/numbers/"), str_of(c->about->slug), query.n ? S("?") : S(""), query);
}

str measure_file_address(struct req *rq, const struct measure_choice *c, const char *ending)
{
    str query = measure_choice_query(rq, c), when = rq->show.when;
    return arena_format(rq->arena, "/data/numbers/%s.%s%s" STR_FMT "%s" STR_FMT, c->about->slug,
                        ending, query.n || when.n ? "?" : "", STR_ARG(query),
                        query.n && when.n ? "&" : "", STR_ARG(str_from(when, when.n ? 1 : 0)));
}

str measure_cite(struct req *rq, const struct measure_choice *c, const struct noted *sources,
                 str released)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    const struct lang *english = lang_find(S("en"));
    for (size_t i = 0; i < sources->n; i++) {
        if (i) put_lit(&out, "; ");
        put(&out, sources->source[i].name);
    }
    put_lit(&out, ". ");
    put(&out, lang_text(english, c->about->label));
    if (c->place.n) {
        put_lit(&out, ", ");
        put(&out, c->kind == PLACE_REGION  ? lang_region(english, c->place)
                  : c->kind == PLACE_STATE ? lang_state(english, c->place)
                                           : c->place);
    }
    const char *cells[] = { c->sex, c->age, c->form };
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        if (cells[i][0] && strcmp(cells[i], "Total") != 0) put_format(&out, ", %s", cells[i]);
    if (released.n) {
        put_lit(&out, ", released ");
        lang_day(&out, english, released);
    }
    str query = measure_choice_query(rq, c);
    put_lit(&out, ". As shown by Blue Heart, ");
    put(&out, site_origin(rq));
    put_format(&out, "/en/numbers/%s%s", c->about->slug, query.n ? "?" : "");
    put(&out, query);
    put_char(&out, '.');
    return sink_str(&out);
}

static str place_name(const void *thing)
{
    return ((const struct measure_chosen_groups_places *)thing)->name;
}

static void fill_regions(struct req *rq, const struct measure_choice *c, const char *const *codes,
                         size_t n, struct measure_chosen_groups *out)
{
    struct measure_chosen_groups_places *all = arena_new(rq->arena,
                                                         struct measure_chosen_groups_places, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct measure_chosen_groups_places){ str_of(codes[i]),
                                                        lang_region(rq->lang, str_of(codes[i])),
                                                        str_eq(c->place, str_of(codes[i])) };
    lang_sort(rq->arena, rq->lang, all, n, sizeof *all, place_name);
    out->places = all;
    out->places_n = n;
}

/* Every place with a figure in the totals; those with a code are named by CLDR. */
static void fill_places(struct req *rq, const struct measure_tables *t,
                        const struct measure_choice *c, struct measure_chosen_groups *states,
                        struct measure_chosen_groups *areas)
{
    uint32_t metric = table_word(t, str_of(c->about->code));
    uint8_t *is_seen = arena_new(rq->arena, uint8_t, t->words_n);
    struct measure_chosen_groups_places *named = arena_new(
        rq->arena, struct measure_chosen_groups_places, t->words_n);
    struct measure_chosen_groups_places *other = arena_new(
        rq->arena, struct measure_chosen_groups_places, t->words_n);
    for (size_t i = 0; i < t->totals.n; i++) {
        const struct measure_row *r = &t->totals.row[i];
        uint32_t word = r->state ? r->state : r->area;
        if (r->metric != metric || is_seen[word] || str_eq(table_text(t, r->level), S("world")))
            continue;
        is_seen[word] = 1;
        str code = table_text(t, word);
        bool is_chosen = str_eq(code, c->place);
        if (r->state)
            named[states->places_n++] = (struct measure_chosen_groups_places){
                code, lang_state(rq->lang, code), is_chosen
            };
        else
            other[areas->places_n++] = (struct measure_chosen_groups_places){ code, code,
                                                                              is_chosen };
    }
    lang_sort(rq->arena, rq->lang, named, states->places_n, sizeof *named, place_name);
    lang_sort(rq->arena, rq->lang, other, areas->places_n, sizeof *other, place_name);
    states->places = named;
    areas->places = other;
}

static size_t words_of(const struct word *all)
{
    size_t n = 0;
    while (all[n].code.n) n++;
    return n;
}

#define FILL_WORDS(field, all, asked)                                                            \
    do {                                                                                         \
        size_t n = words_of(all);                                                                \
        struct measure_chosen_##field *out = arena_new(rq->arena, struct measure_chosen_##field, \
                                                       n);                                       \
        for (size_t i = 0; i < n; i++)                                                           \
            out[i] = (struct measure_chosen_##field){ (all)[i].code, (all)[i],                   \
                                                      str_eq((all)[i].code, asked) };            \
        v->field = out;                                                                          \
        v->field##_n = n;                                                                        \
        v->has_##field = true;                                                                   \
    } while (0)

void chosen_fill_form(struct req *rq, const struct measure_tables *t,
                      const struct measure_choice *c, struct measure_chosen *v)
{
    v->form_address = arena_format(rq->arena, "/" STR_FMT "/numbers/%s",
                                   STR_ARG(lang_code(rq->lang)), c->about->slug);
    if (rq->when.on.n) v->on = rq->when.on;
    v->known = str_or_absent(in_query(rq, "known"));
    if (!c->about->is_chosen_from) return;
    struct measure_chosen_groups *groups = arena_new(rq->arena, struct measure_chosen_groups, 4);
    groups[0].label = PHRASE("Regions");
    groups[1].label = PHRASE("Parts of regions");
    groups[2].label = PHRASE("States and territories");
    groups[3].label = PHRASE("Areas without a code");
    fill_regions(rq, c, measure_continents, CONTINENTS, &groups[0]);
    fill_regions(rq, c, subregions, COUNT_OF(subregions), &groups[1]);
    fill_places(rq, t, c, &groups[2], &groups[3]);
    v->groups = groups;
    v->groups_n = groups[3].places_n ? 4 : 3;
    if (c->about->has_sexes) {
        FILL_WORDS(sexes, measure_sexes, in_query(rq, "sex"));
        FILL_WORDS(ages, measure_ages, in_query(rq, "age"));
    }
    if (c->about->has_forms) FILL_WORDS(forms, measure_forms, in_query(rq, "form"));
}

/* The word of a choice whose cell this is; none for "Total" and the like. */
static struct word word_of(const struct word *all, const char *(*cell)(str choice), str text)
{
    for (; all->code.n; all++) {
        const char *wanted = cell(all->code);
        if (wanted && str_eq(text, str_of(wanted))) return *all;
    }
    return (struct word){ { NULL, 0 }, { NULL } };
}

static const char *age_cell(str choice)
{
    return measure_age_cell(choice, S(""));
}

static bool stands_alone(const struct measure_tables *t, const struct measure_choice *c,
                         const struct measure_row *r)
{
    str level = table_text(t, r->level);
    if (!c->about->is_chosen_from || str_eq(level, S("world"))) return true;
    return str_eq(level, S("region")) && r->state != 0 && c->kind == PLACE_WORLD;
}

static void fill_other(struct req *rq, const struct measure_tables *t, const struct measure_row *r,
                       struct noted *sources, struct measure_chosen_others *out)
{
    str category = table_text(t, r->category), years = table_text(t, r->years),
        as_of = table_text(t, r->as_of), state = table_text(t, r->state);
    size_t at = measure_note(rq, sources, table_text(t, r->source));
    *out = (struct measure_chosen_others){
        .area = state.n ? lang_state(rq->lang, state) : say(rq, PHRASE("World")),
        .sex = word_of(measure_sexes, measure_sex_cell, table_text(t, r->sex)),
        .age = word_of(measure_ages, age_cell, table_text(t, r->age)),
        .form = word_of(measure_forms, measure_form_cell, category),
        .unit = claim_word(measure_units, table_text(t, r->unit)),
        .claim = claim_address(rq, r->id),
        .source = sources->source[at],
    };
    if (years.n) out->years = lang_digits(rq->arena, rq->lang, years);
    if (as_of.n) out->as_of = as_of;
    if (!out->form.code.p && category.n)
        out->who = str_starts(category, S("form: ")) ? str_from(category, 6) : category;
    if (r->value == (double)(int64_t)r->value) out->value = SOME_INT((int64_t)r->value);
    else out->exact = SOME_REAL(r->value);
}

static str other_order(const void *thing)
{
    const struct measure_chosen_others *o = thing;
    return o->area;
}

void chosen_fill_others(struct req *rq, const struct measure_tables *t,
                        const struct measure_choice *c, struct noted *sources,
                        struct measure_chosen *v)
{
    uint32_t metric = table_word(t, str_of(c->about->code));
    bool is_plain = strcmp(c->sex, "Total") == 0 && strcmp(c->age, "Total") == 0 && !c->form[0];
    size_t n = 0, room = 64;
    struct measure_chosen_others *all = arena_new(rq->arena, struct measure_chosen_others, room);
    for (size_t i = 0; i < t->totals.n && n < room; i++) {
        const struct measure_row *r = &t->totals.row[i];
        if (r->metric != metric || !r->has_value || !stands_alone(t, c, r) ||
            !table_holds(t, r, rq->when))
            continue;
        v->unit = claim_word(measure_units, table_text(t, r->unit));
        if (is_plain && (c->kind == PLACE_WORLD || !c->about->is_chosen_from))
            fill_other(rq, t, r, sources, &all[n++]);
    }
    lang_sort(rq->arena, rq->lang, all, n, sizeof *all, other_order);
    v->others = all;
    v->others_n = n;
    v->has_others = n > 0;
    if (!v->unit.code.p)
        v->unit = claim_word(measure_units, str_eq(str_of(c->about->code), S("offences_recorded"))
                                                ? S("offences")
                                                : S("persons"));
}
