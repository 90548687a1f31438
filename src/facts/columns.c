/* What columns are called for whoever fills them in. A kind's own words for its columns stand in its file; these are the
 * words of the form. */
#include "facts/inside.h"

struct label {
    const char *kind, *name; /* kind NULL: of every kind */
    struct phrase label, help;
};

#define L(name, label)                   \
    {                                    \
        NULL, name, PHRASE_CONST(label), \
        {                                \
            NULL                         \
        }                                \
    }
#define H(kind, name, label, help)                          \
    {                                                       \
        kind, name, PHRASE_CONST(label), PHRASE_CONST(help) \
    }

/* The first that fits counts, so those of one kind stand above. */
static const struct label labels[] = {
    H("sources", "id", "Short name",
      "What statements name it by: small letters, digits, hyphens. It never changes."),
    H("sources", "name", "Title", "As the page or book calls itself."),
    H("sources", "licence", "Licence",
      "As the source states it; \"not stated\" where it does not."),
    H("sources", "checked", "Read on", "The day somebody last read it."),
    H("sources", "note", "Note",
      "Stands beside the source for everybody. Say here why it has its grade."),
    H("helplines", "number", "Number", "As it is dialled inside the state."),
    H("helplines", "scope", "For whom",
      "Words joined by semicolons: trafficking; children; women; workers ..."),
    H("helplines", "as_of", "Checked on", "The day somebody last read or called it."),
    H("emergency", "as_of", "Checked on", "The day the list or the law is of."),
    H("members", "about", "Question", "What is told: joining, launch, support, partnership ..."),
    H("members", "event", "What happened", "The answer to the question."),
    H("observances", "rule", "When it comes", "07-30 is a day of every year, 01 a whole month."),
    H("observances", "event", "What is told", ""),
    H("instruments", "as_of", "As of", "For counts: the day on which so many were counted."),
    H("statistics", "suppressed", "Kept back",
      "The source shows it only as fewer than five. Then the value stays empty."),
    H("statistics_detail", "suppressed", "Kept back",
      "The source shows it only as fewer than five. Then the value stays empty."),
    H("offices", "person", "Holder", "People stand here only as holders of a public office."),
    L("about", "About"),
    L("act", "Made by"),
    L("age", "Age"),
    L("applies_to", "Applies to"),
    L("area", "Area"),
    L("article", "Article"),
    L("as_of", "As of"),
    L("basis", "How it is known"),
    L("body", "Body"),
    L("bound", "More than, or about"),
    L("capacity", "In what capacity"),
    L("category", "Category"),
    L("checked", "Read on"),
    L("confidence", "Where it was read"),
    L("cycle", "Round of grants"),
    L("date", "Day"),
    L("detail", "Detail"),
    L("dimension", "Dimension"),
    L("duty", "Duty"),
    L("element", "Element"),
    L("entity", "Who"),
    L("entity_type", "What it is"),
    L("event", "Event"),
    L("fact", "Fact"),
    L("force", "How strongly"),
    L("form", "Form of exploitation"),
    L("from", "From"),
    L("grade", "Grade"),
    L("heading", "Heading"),
    L("hours", "Hours"),
    L("id", "Number of the sign"),
    L("indicator", "Sign"),
    L("instrument", "Instrument"),
    L("iso3", "State"),
    L("item", "Which one"),
    L("kind", "Kind"),
    L("languages", "Languages"),
    L("level", "Of what"),
    L("licence", "Licence"),
    L("list", "List"),
    L("meaning", "Meaning"),
    L("metric", "What is counted"),
    L("min_medium", "Medium signs at least"),
    L("min_medium_or_weak", "Medium or weak signs at least"),
    L("min_strong", "Strong signs at least"),
    L("min_weak", "Weak signs at least"),
    L("name", "Name"),
    L("no", "Number in its list"),
    L("note", "Note"),
    L("number", "Number"),
    L("number_from_abroad", "Number from abroad"),
    L("observance", "Observance"),
    L("office", "Office"),
    L("operator", "Operator"),
    L("other_channels", "Other ways to reach it"),
    L("person", "Of whom"),
    L("persons", "Persons"),
    L("phase", "Phase"),
    L("precision", "How exact the day is"),
    L("predicate", "What is told"),
    L("programme", "Programme"),
    L("property", "What is told"),
    L("publisher", "Publisher"),
    L("rule", "Rule"),
    L("scope", "Where it holds"),
    L("score", "Score"),
    L("section", "Section"),
    L("service", "Service"),
    L("sex", "Sex"),
    L("sort", "Sort"),
    L("source", "Source"),
    L("strength", "Strength"),
    L("summary", "Summary"),
    L("suppressed", "Kept back"),
    L("theme", "Theme"),
    L("tier", "Tier"),
    L("to", "To"),
    L("unit", "Unit"),
    L("url", "Address"),
    L("value", "Value"),
    L("year", "Year"),
    L("claim", "Statement"),
    L("lang", "Language"),
    L("speaker", "Who speaks"),
    L("day", "Day"),
    L("text", "Text"),
    L("slug", "Name in addresses"),
    L("title", "Title"),
    L("body", "Text"),
    L("states", "States"),
    L("published", "Published on"),
    L("reviewed_by", "Reviewed by"),
    L("reviewed_on", "Reviewed on"),
};

static const struct label *label_of(const struct claim_kind *kind, const char *name)
{
    for (size_t i = 0; i < COUNT_OF(labels); i++) {
        bool is_ours = !labels[i].kind || strcmp(labels[i].kind, kind->name) == 0;
        if (is_ours && strcmp(labels[i].name, name) == 0) return &labels[i];
    }
    return NULL;
}

/* A column that has no words yet goes by its own name. */
struct phrase column_label(const struct claim_kind *kind, const struct claim_column *c)
{
    const struct label *l = label_of(kind, c->name);
    return l ? l->label : (struct phrase){ c->name };
}

static struct phrase help_of_look(enum claim_check check)
{
    switch (check) {
    case CHECK_DAY:
        return PHRASE(
            "A day (2009-11-05), a month (2009-11) or a year (2009): as much as the source says.");
    case CHECK_YEAR: return PHRASE("A year, in four digits.");
    case CHECK_YEARS: return PHRASE("A year (2009), or years that belong together (2009-2011).");
    case CHECK_NUMBER: return PHRASE("A whole number.");
    case CHECK_DECIMAL:
        return PHRASE("Digits, with a point before a fraction. Empty means not known, never zero.");
    case CHECK_SLUG: return PHRASE("Small letters, digits and hyphens.");
    case CHECK_URL:
        return PHRASE(
            "Begins with https:// or http://. It is shown, and never opened by this site.");
    case CHECK_TEXT:
    case CHECK_LINES:
    case CHECK_STATE:
    case CHECK_SOURCE:
    case CHECK_WORD: break;
    }
    return NO_PLURAL;
}

struct phrase column_help(const struct claim_kind *kind, const struct claim_column *c)
{
    const struct label *l = label_of(kind, c->name);
    if (l && l->help.english && *l->help.english) return l->help;
    return help_of_look(c->check);
}

static const struct word names[] = {
    { S_CONST("sources"), PHRASE_CONST("Sources") },
    { S_CONST("countries"), PHRASE_CONST("States and territories") },
    { S_CONST("protocol"), PHRASE_CONST("Acts about the Protocol") },
    { S_CONST("instruments"), PHRASE_CONST("Instruments") },
    { S_CONST("articles"), PHRASE_CONST("Articles") },
    { S_CONST("duties"), PHRASE_CONST("Duties") },
    { S_CONST("commitments"), PHRASE_CONST("National law and offices") },
    { S_CONST("texts"), PHRASE_CONST("Texts") },
    { S_CONST("tiers"), PHRASE_CONST("Tiers") },
    { S_CONST("policy"), PHRASE_CONST("The 3P index") },
    { S_CONST("members"), PHRASE_CONST("Taking part in the campaign") },
    { S_CONST("statistics"), PHRASE_CONST("Statistics") },
    { S_CONST("statistics_detail"), PHRASE_CONST("Statistics in detail") },
    { S_CONST("population"), PHRASE_CONST("Population") },
    { S_CONST("bodies"), PHRASE_CONST("Bodies") },
    { S_CONST("offices"), PHRASE_CONST("Holders of offices") },
    { S_CONST("programmes"), PHRASE_CONST("Programmes") },
    { S_CONST("fund"), PHRASE_CONST("Facts of the fund") },
    { S_CONST("observances"), PHRASE_CONST("Observances") },
    { S_CONST("helplines"), PHRASE_CONST("Helplines") },
    { S_CONST("emergency"), PHRASE_CONST("Emergency numbers") },
    { S_CONST("indicators"), PHRASE_CONST("Signs") },
    { S_CONST("indicator_rules"), PHRASE_CONST("How signs combine") },
    { S_CONST("replies"), PHRASE_CONST("Replies of states") },
    { S_CONST(""), PHRASE_CONST("") },
};

struct phrase kind_name(const struct claim_kind *kind)
{
    for (const struct word *w = names; w->code.n; w++)
        if (str_eq(w->code, str_of(kind->name))) return w->phrase;
    return (struct phrase){ kind->name };
}
