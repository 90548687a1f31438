/* The one table of roles and what each may. A page shows it, a test walks it. */
#include "people/people.h"

#define R(name) RIGHT_BIT(MAY_##name)

const struct role roles[] = {
    { S_CONST("administrator"), PHRASE_CONST("Administrator"),
      PHRASE_CONST("lets people in, gives and takes roles, says who operates this"),
      R(OPERATE) | R(PEOPLE) | R(TRAIL), true, false, false },
    { S_CONST("editor"), PHRASE_CONST("Editor"),
      PHRASE_CONST("writes, reviews what others wrote, publishes; enters facts with their sources"),
      R(WRITE) | R(TRANSLATE) | R(PUBLISH) | R(PICTURE) | R(SHOW_PICTURE) | R(FACT) | R(ANALYSE),
      true, true, false },
    { S_CONST("translator"), PHRASE_CONST("Translator"),
      PHRASE_CONST("writes a text in another language; publishes nothing"), R(TRANSLATE), false,
      true, false },
    { S_CONST("moderator"), PHRASE_CONST("Moderator"),
      PHRASE_CONST("looks at what the public sends; takes pictures back at once"),
      R(MODERATE) | R(PICTURE) | R(SHOW_PICTURE), true, false, false },
    { S_CONST("officer"), PHRASE_CONST("Membership officer"),
      PHRASE_CONST("reads applications, asks back, decides"), R(DECIDE), true, false, false },
    { S_CONST("analyst"), PHRASE_CONST("Analyst"),
      PHRASE_CONST("enters facts; sees which are old, weak or in conflict"), R(FACT) | R(ANALYSE),
      true, false, false },
    { S_CONST("auditor"), PHRASE_CONST("Auditor"),
      PHRASE_CONST("reads the trail and changes nothing"), R(TRAIL), true, false, false },
    { S_CONST("focal"), PHRASE_CONST("Focal point"),
      PHRASE_CONST("keeps one organisation's own page, news and events; replies for a state"),
      R(WRITE) | R(TRANSLATE) | R(PUBLISH) | R(PICTURE) | R(REPLY), true, true, true },
    { .code = { "", 0 } },
};

const struct word organisation_kinds[] = {
    { S_CONST("secretariat"), PHRASE_CONST("Secretariat of the campaign") },
    { S_CONST("state"), PHRASE_CONST("State") },
    { S_CONST("organisation"), PHRASE_CONST("Organisation") },
    { S_CONST("city"), PHRASE_CONST("City or region") },
    { S_CONST("company"), PHRASE_CONST("Company") },
    { S_CONST("students"), PHRASE_CONST("Student group") },
    { { "", 0 }, { "" } },
};

const struct role *role_named(str code)
{
    for (const struct role *r = roles; r->code.n; r++)
        if (str_eq(r->code, code)) return r;
    return NULL;
}

bool rights_fill(const struct people *p, id person, struct who *w)
{
    struct people_granted *all;
    bool needs_second = false;
    size_t n = people_grants_of(p->db, person, &all);
    w->everywhere = 0;
    w->within_n = 0;
    for (size_t i = 0; i < n; i++) {
        const struct role *r = role_named(all[i].role);
        if (!r || all[i].is_closed) continue;
        needs_second |= r->needs_second;
        if (all[i].organisation == 0) {
            w->everywhere |= r->rights;
            continue;
        }
        int at = 0;
        while (at < w->within_n && w->within[at].organisation != all[i].organisation) at++;
        if (at == WITHIN_MAX) continue;
        if (at == w->within_n) {
            w->within[at].organisation = all[i].organisation;
            w->within[at].held = 0;
            w->within_n++;
        }
        w->within[at].held |= r->rights;
    }
    return needs_second;
}
