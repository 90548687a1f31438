/* What one can do, by the time it takes. The ways stand in other rooms; one that is not there is not shown. */
#include "campaign/pages.h"
#include "campaign/part.html.h"

static const struct way {
    struct word what;
    const char *path;
    struct phrase about, takes;
} ways[] = {
    { { S_CONST("wear"), PHRASE_CONST("Wear the heart") },
      "/wear",
      PHRASE_CONST("A frame for your picture, a poster with your city, a heart for your site."),
      PHRASE_CONST("One minute") },
    { { S_CONST("pledge"), PHRASE_CONST("Pledge what you will do") },
      "/pledge",
      PHRASE_CONST("A short list for who you are. Counted, never named."),
      PHRASE_CONST("Two minutes") },
    { { S_CONST("follow"), PHRASE_CONST("Follow what happens") },
      "/follow",
      PHRASE_CONST("By feed, calendar, fediverse or mail."),
      PHRASE_CONST("Two minutes") },
    { { S_CONST("courses"), PHRASE_CONST("Learn, with a result") },
      "/learn/courses",
      PHRASE_CONST("Courses for pupils, families and people at work. No account."),
      PHRASE_CONST("Twenty minutes") },
    { { S_CONST("kits"), PHRASE_CONST("Mark a day") },
      "/kits",
      PHRASE_CONST("Texts, posts, posters and a checklist for the days given to the matter."),
      PHRASE_CONST("An afternoon") },
    { { S_CONST("join"), PHRASE_CONST("Join the campaign") },
      "/join",
      PHRASE_CONST("As a state, a city, an organisation, a company, a student group or yourself."),
      PHRASE_CONST("A year and more") },
};

void campaign_part(struct req *rq)
{
    struct campaign_part_ways shown[COUNT_OF(ways)];
    struct campaign_part v = { .ways = shown, .help = web_beneath_now(rq, S("/help")) };
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        bool is_named;
        if (!site_serves(rq, str_of(ways[i].path), &is_named)) continue;
        shown[v.ways_n++] = (struct campaign_part_ways){ ways[i].what,
                                                         web_beneath_now(rq, str_of(ways[i].path)),
                                                         ways[i].about, ways[i].takes };
    }
    struct head head = { .title = say(rq, PHRASE("Take part")),
                         .description = say(rq, PHRASE("What anybody can do against trafficking "
                                                       "in persons, by the time it takes.")),
                         .section = "part" };
    page(rq, head, &campaign_part_view, &v);
}
