#include "link/overlap.h"

#include "base/limits.h"
#include "base/sink.h"

bool link_overlap_fits(struct arena *a, const struct link_members *members, const uint64_t *size,
                       str *why)
{
    uint64_t seen[LINK_FILES_MAX] = { 0 };
    for (size_t i = 0; i < members->n; i++) {
        const struct link_member *m = &members->member[i];
        seen[m->list]++;
        if (m->row <= size[m->list]) continue;
        *why = arena_format(a, "row %u of " STR_FMT " is beyond its %llu records", m->row,
                            STR_ARG(members->names[m->list]), (unsigned long long)size[m->list]);
        return false;
    }
    for (size_t f = 0; f < members->lists; f++) {
        if (seen[f] <= size[f]) continue;
        *why = arena_format(a, STR_FMT " has %llu records, but %llu stand in groups",
                            STR_ARG(members->names[f]), (unsigned long long)size[f],
                            (unsigned long long)seen[f]);
        return false;
    }
    return true;
}

static void add_person(struct link_overlap *o, unsigned history)
{
    o->count[history]++;
    o->people++;
}

/* Walks through the groups; a row whose join is below the threshold, or is drawn to be wrong, begins a person anew. */
static void count_groups(const struct link_members *members, const uint64_t *size, double threshold,
                         double wrong, struct draws *d, struct link_overlap *o)
{
    uint64_t alone[LINK_FILES_MAX];
    *o = (struct link_overlap){ .lists = members->lists };
    memcpy(alone, size, members->lists * sizeof *alone);
    unsigned history = 0;
    for (size_t i = 0; i < members->n; i++) {
        const struct link_member *m = &members->member[i];
        bool is_first = i == 0 || members->member[i - 1].group != m->group;
        bool is_joined = !is_first && m->score >= threshold;
        if (is_joined && d && draws_unit(d) < wrong) is_joined = false;
        if (!is_joined && history) add_person(o, history);
        history = (is_joined ? history : 0) | 1u << m->list;
        o->links += is_joined;
        alone[m->list]--;
    }
    if (history) add_person(o, history);
    for (size_t f = 0; f < members->lists; f++) {
        o->count[1u << f] += alone[f];
        o->people += alone[f];
    }
}

void link_overlap_count(const struct link_members *members, const uint64_t *size, double threshold,
                        struct link_overlap *out)
{
    count_groups(members, size, threshold, 0, NULL, out);
}

/* One history that is on all of `on` and none of `off`, as likely as it has people; 0: nobody. */
static unsigned drawn_history(const struct link_overlap *o, struct draws *d, unsigned on,
                              unsigned off)
{
    uint64_t people = 0;
    unsigned cells = 1u << o->lists;
    for (unsigned w = 1; w < cells; w++)
        if ((w & on) == on && !(w & off)) people += o->count[w];
    if (!people) return 0;
    uint64_t which = (uint64_t)(draws_unit(d) * (double)people);
    for (unsigned w = 1; w < cells; w++) {
        if ((w & on) != on || (w & off)) continue;
        if (which < o->count[w]) return w;
        which -= o->count[w];
    }
    return 0;
}

/* Two lists, as likely as people are on both. */
static unsigned drawn_lists(const struct link_overlap *o, struct draws *d)
{
    double weight[LINK_OVERLAP_LISTS * LINK_OVERLAP_LISTS], sum = 0;
    unsigned both[LINK_OVERLAP_LISTS * LINK_OVERLAP_LISTS], n = 0;
    for (size_t i = 0; i < o->lists; i++)
        for (size_t j = i + 1; j < o->lists; j++) {
            both[n] = 1u << i | 1u << j;
            weight[n] = 0;
            for (unsigned w = 1; w < 1u << o->lists; w++)
                if ((w & both[n]) == both[n]) weight[n] += (double)o->count[w];
            sum += weight[n++];
        }
    if (!(sum > 0)) return 0;
    double at = draws_unit(d) * sum;
    for (unsigned k = 0; k < n; k++) {
        if (at < weight[k]) return both[k];
        at -= weight[k];
    }
    return both[n - 1];
}

static bool add_link(struct link_overlap *o, struct draws *d)
{
    unsigned both = drawn_lists(o, d);
    if (!both) return false;
    unsigned one = both & -both, other = both & (both - 1);
    unsigned first = drawn_history(o, d, one, other);
    unsigned second = first ? drawn_history(o, d, other, first) : 0;
    if (!second) return false;
    o->count[first]--;
    o->count[second]--;
    o->count[first | second]++;
    o->people--;
    o->links++;
    return true;
}

void link_overlap_resample(const struct link_members *members, const uint64_t *size,
                           double threshold, struct link_errors errors, struct draws *d,
                           struct link_overlap *out)
{
    count_groups(members, size, threshold, errors.wrong, d, out);
    if (!out->links || errors.missed <= 0) return;
    double odds = errors.missed / (1 - errors.missed);
    int64_t missed = draws_poisson(d, draws_gamma(d, (double)out->links) * odds);
    for (int64_t i = 0; i < missed; i++)
        if (!add_link(out, d)) return; /* nobody is left to be linked */
}

void link_overlap_write(struct arena *a, struct file_out *f, const struct link_members *members,
                        const struct link_overlap *o)
{
    struct sink out;
    sink_open(&out, a, MIB(1));
    for (size_t i = 0; i < o->lists; i++) {
        csv_cell(&out, members->names[i]);
        put_char(&out, ',');
    }
    put_lit(&out, "count\n");
    for (unsigned w = 1; w < 1u << o->lists; w++) {
        if (!o->count[w]) continue;
        for (size_t i = 0; i < o->lists; i++) put_format(&out, "%u,", w >> i & 1);
        put_format(&out, "%llu\n", (unsigned long long)o->count[w]);
    }
    file_out_put(f, sink_str(&out));
}
