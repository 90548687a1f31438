#include "draw/draw.h"

#include "base/breakage.h"
#include "base/csv.h"
#include "web/asset.h"

#define PLACES_MAX 320
#define DOT_RADIUS 7

struct dot {
    str iso3;
    int64_t x, y;
};

static str shapes[PLACES_MAX];
static struct dot dots[PLACES_MAX];
static size_t shapes_n, dots_n;

void draw_open(struct arena *life, str world)
{
    struct csv in;
    csv_open(&in, life, arena_str(life, world));
    struct sink out;
    sink_open(&out, life, MIB(1));
    put_lit(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2000 900\"><defs>");
    shapes_n = dots_n = 0;
    bool is_header = true;
    for (enum csv_next next; (next = csv_next(&in)) != CSV_END; is_header = false) {
        if (next == CSV_BAD || in.n != 5)
            broken("data/world.csv, line %d: is not a row of the map", in.line);
        if (is_header) continue;
        if (shapes_n == PLACES_MAX || dots_n == PLACES_MAX)
            broken("data/world.csv: more than %d places", PLACES_MAX);
        if (str_eq(in.cell[1], S("shape"))) {
            put_lit(&out, "<path id=\"");
            html_text(&out, in.cell[0]);
            put_lit(&out, "\" d=\"");
            html_text(&out, in.cell[4]);
            put_lit(&out, "\"/>");
            shapes[shapes_n++] = in.cell[0];
        } else {
            struct dot *d = &dots[dots_n++];
            d->iso3 = in.cell[0];
            if (!str_to_int(in.cell[2], &d->x) || !str_to_int(in.cell[3], &d->y))
                broken("data/world.csv, line %d: a dot needs x and y", in.line);
        }
    }
    put_lit(&out, "</defs></svg>\n");
    asset_add(life, "map.svg", "image/svg+xml", sink_str(&out));
}

static bool has_shape(str iso3)
{
    for (size_t i = 0; i < shapes_n; i++)
        if (str_eq(shapes[i], iso3)) return true;
    return false;
}

static const struct dot *dot_of(str iso3)
{
    for (size_t i = 0; i < dots_n; i++)
        if (str_eq(dots[i].iso3, iso3)) return &dots[i];
    return NULL;
}

static bool is_placed(const struct draw_place *places, size_t n, str iso3)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(places[i].iso3, iso3)) return true;
    return false;
}

static void put_shape(struct sink *out, str map, str iso3)
{
    put_lit(out, "<use href=\"");
    put(out, map);
    put_char(out, '#');
    html_text(out, iso3);
    put_lit(out, "\"/>");
}

static void put_place(struct sink *out, str map, const struct draw_place *p, bool as_dot)
{
    const struct dot *d = dot_of(p->iso3);
    if (as_dot ? !d : !has_shape(p->iso3) || d)
        return; /* a tiny shape with a dot is chosen by its dot */
    put_format(out, "<a class=\"%s\" href=\"", p->class);
    url_whole(out, p->address);
    put_lit(out, "\"><title>");
    html_text(out, p->label);
    put_lit(out, "</title>");
    if (has_shape(p->iso3)) put_shape(out, map, p->iso3);
    if (as_dot)
        put_format(out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"/>", (int)d->x, (int)d->y, DOT_RADIUS);
    put_lit(out, "</a>");
}

html draw_map(struct arena *a, const struct draw_place *places, size_t n, str label)
{
    str map = asset_address("map.svg");
    struct sink out;
    sink_open(&out, a, MIB(1));
    put_lit(&out, "<svg class=\"map\" viewBox=\"0 0 2000 900\" role=\"group\" aria-label=\"");
    html_text(&out, label);
    put_lit(&out, "\"><g class=\"ground\">");
    for (size_t i = 0; i < shapes_n; i++)
        if (!is_placed(places, n, shapes[i])) put_shape(&out, map, shapes[i]);
    put_lit(&out, "</g>");
    for (size_t i = 0; i < n; i++) put_place(&out, map, &places[i], false);
    for (size_t i = 0; i < n; i++)
        put_place(&out, map, &places[i], true); /* dots lie above the shapes */
    put_lit(&out, "</svg>");
    return (html){ sink_str(&out) };
}
