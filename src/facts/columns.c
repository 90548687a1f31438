/* What columns are called for whoever fills them in. A kind's own words for its columns stand in its file; these are the
 * words of the form. */
#include "facts/inside.h"

struct label {
    const char *kind, *name; /* kind NULL: of every kind */
    struct phrase label, help;
};

/* The first that fits counts, so those of one kind stand above. */
static const struct label labels[] = {
    { "sources", "id", PHRASE_CONST("Short name"),
      PHRASE_CONST(
          "What statements name it by: small letters, digits, hyphens. It never changes.") },
    { "sources", "name", PHRASE_CONST("Title"), PHRASE_CONST("As the page or book calls itself.") },
    { "sources", "licence", PHRASE_CONST("Licence"),
      PHRASE_CONST("As the source states it; \"not stated\" where it does not.") },
    { "sources", "checked", PHRASE_CONST("Read on"),
      PHRASE_CONST("The day somebody last read it.") },
    { "sources", "note", PHRASE_CONST("Note"),
      PHRASE_CONST("Stands beside the source for everybody. Say here why it has its grade.") },
    { "helplines", "number", PHRASE_CONST("Number"),
      PHRASE_CONST("As it is dialled inside the state.") },
    { "helplines", "scope", PHRASE_CONST("For whom"),
      PHRASE_CONST("Words joined by semicolons: trafficking; children; women; workers ...") },
    { "helplines", "as_of", PHRASE_CONST("Checked on"),
      PHRASE_CONST("The day somebody last read or called it.") },
    { "emergency", "as_of", PHRASE_CONST("Checked on"),
      PHRASE_CONST("The day the list or the law is of.") },
    { "members", "about", PHRASE_CONST("Question"),
      PHRASE_CONST("What is told: joining, launch, support, partnership ...") },
    { "members", "event", PHRASE_CONST("What happened"),
      PHRASE_CONST("The answer to the question.") },
    { "observances", "rule", PHRASE_CONST("When it comes"),
      PHRASE_CONST("07-30 is a day of every year, 01 a whole month.") },
    { "observances", "event", PHRASE_CONST("What is told"), { NULL } },
    { "instruments", "as_of", PHRASE_CONST("As of"),
      PHRASE_CONST("For counts: the day on which so many were counted.") },
    { "statistics", "suppressed", PHRASE_CONST("Kept back"),
      PHRASE_CONST("The source shows it only as fewer than five. Then the value stays empty.") },
    { "statistics_detail", "suppressed", PHRASE_CONST("Kept back"),
      PHRASE_CONST("The source shows it only as fewer than five. Then the value stays empty.") },
    { "offices", "person", PHRASE_CONST("Holder"),
      PHRASE_CONST("People stand here only as holders of a public office.") },
    { NULL, "about", PHRASE_CONST("About"), { NULL } },
    { NULL, "act", PHRASE_CONST("Made by"), { NULL } },
    { NULL, "age", PHRASE_CONST("Age"), { NULL } },
    { NULL, "applies_to", PHRASE_CONST("Applies to"), { NULL } },
    { NULL, "area", PHRASE_CONST("Area"), { NULL } },
    { NULL, "article", PHRASE_CONST("Article"), { NULL } },
    { NULL, "as_of", PHRASE_CONST("As of"), { NULL } },
    { NULL, "basis", PHRASE_CONST("How it is known"), { NULL } },
    { NULL, "body", PHRASE_CONST("Body"), { NULL } },
    { NULL, "bound", PHRASE_CONST("More than, or about"), { NULL } },
    { NULL, "capacity", PHRASE_CONST("In what capacity"), { NULL } },
    { NULL, "category", PHRASE_CONST("Category"), { NULL } },
    { NULL, "checked", PHRASE_CONST("Read on"), { NULL } },
    { NULL, "confidence", PHRASE_CONST("Where it was read"), { NULL } },
    { NULL, "cycle", PHRASE_CONST("Round of grants"), { NULL } },
    { NULL, "date", PHRASE_CONST("Day"), { NULL } },
    { NULL, "detail", PHRASE_CONST("Detail"), { NULL } },
    { NULL, "dimension", PHRASE_CONST("Dimension"), { NULL } },
    { NULL, "duty", PHRASE_CONST("Duty"), { NULL } },
    { NULL, "element", PHRASE_CONST("Element"), { NULL } },
    { NULL, "entity", PHRASE_CONST("Who"), { NULL } },
    { NULL, "entity_type", PHRASE_CONST("What it is"), { NULL } },
    { NULL, "event", PHRASE_CONST("Event"), { NULL } },
    { NULL, "fact", PHRASE_CONST("Fact"), { NULL } },
    { NULL, "force", PHRASE_CONST("How strongly"), { NULL } },
    { NULL, "form", PHRASE_CONST("Form of exploitation"), { NULL } },
    { NULL, "from", PHRASE_CONST("From"), { NULL } },
    { NULL, "grade", PHRASE_CONST("Grade"), { NULL } },
    { NULL, "heading", PHRASE_CONST("Heading"), { NULL } },
    { NULL, "hours", PHRASE_CONST("Hours"), { NULL } },
    { NULL, "id", PHRASE_CONST("Number of the sign"), { NULL } },
    { NULL, "indicator", PHRASE_CONST("Sign"), { NULL } },
    { NULL, "instrument", PHRASE_CONST("Instrument"), { NULL } },
    { NULL, "iso3", PHRASE_CONST("State"), { NULL } },
    { NULL, "item", PHRASE_CONST("Which one"), { NULL } },
    { NULL, "kind", PHRASE_CONST("Kind"), { NULL } },
    { NULL, "languages", PHRASE_CONST("Languages"), { NULL } },
    { NULL, "level", PHRASE_CONST("Of what"), { NULL } },
    { NULL, "licence", PHRASE_CONST("Licence"), { NULL } },
    { NULL, "list", PHRASE_CONST("List"), { NULL } },
    { NULL, "meaning", PHRASE_CONST("Meaning"), { NULL } },
    { NULL, "metric", PHRASE_CONST("What is counted"), { NULL } },
    { NULL, "min_medium", PHRASE_CONST("Medium signs at least"), { NULL } },
    { NULL, "min_medium_or_weak", PHRASE_CONST("Medium or weak signs at least"), { NULL } },
    { NULL, "min_strong", PHRASE_CONST("Strong signs at least"), { NULL } },
    { NULL, "min_weak", PHRASE_CONST("Weak signs at least"), { NULL } },
    { NULL, "name", PHRASE_CONST("Name"), { NULL } },
    { NULL, "no", PHRASE_CONST("Number in its list"), { NULL } },
    { NULL, "note", PHRASE_CONST("Note"), { NULL } },
    { NULL, "number", PHRASE_CONST("Number"), { NULL } },
    { NULL, "number_from_abroad", PHRASE_CONST("Number from abroad"), { NULL } },
    { NULL, "observance", PHRASE_CONST("Observance"), { NULL } },
    { NULL, "office", PHRASE_CONST("Office"), { NULL } },
    { NULL, "operator", PHRASE_CONST("Operator"), { NULL } },
    { NULL, "other_channels", PHRASE_CONST("Other ways to reach it"), { NULL } },
    { NULL, "person", PHRASE_CONST("Of whom"), { NULL } },
    { NULL, "persons", PHRASE_CONST("Persons"), { NULL } },
    { NULL, "phase", PHRASE_CONST("Phase"), { NULL } },
    { NULL, "precision", PHRASE_CONST("How exact the day is"), { NULL } },
    { NULL, "predicate", PHRASE_CONST("What is told"), { NULL } },
    { NULL, "programme", PHRASE_CONST("Programme"), { NULL } },
    { NULL, "property", PHRASE_CONST("What is told"), { NULL } },
    { NULL, "publisher", PHRASE_CONST("Publisher"), { NULL } },
    { NULL, "rule", PHRASE_CONST("Rule"), { NULL } },
    { NULL, "scope", PHRASE_CONST("Where it holds"), { NULL } },
    { NULL, "score", PHRASE_CONST("Score"), { NULL } },
    { NULL, "section", PHRASE_CONST("Section"), { NULL } },
    { NULL, "service", PHRASE_CONST("Service"), { NULL } },
    { NULL, "sex", PHRASE_CONST("Sex"), { NULL } },
    { NULL, "sort", PHRASE_CONST("Sort"), { NULL } },
    { NULL, "source", PHRASE_CONST("Source"), { NULL } },
    { NULL, "strength", PHRASE_CONST("Strength"), { NULL } },
    { NULL, "summary", PHRASE_CONST("Summary"), { NULL } },
    { NULL, "suppressed", PHRASE_CONST("Kept back"), { NULL } },
    { NULL, "theme", PHRASE_CONST("Theme"), { NULL } },
    { NULL, "tier", PHRASE_CONST("Tier"), { NULL } },
    { NULL, "to", PHRASE_CONST("To"), { NULL } },
    { NULL, "unit", PHRASE_CONST("Unit"), { NULL } },
    { NULL, "url", PHRASE_CONST("Address"), { NULL } },
    { NULL, "value", PHRASE_CONST("Value"), { NULL } },
    { NULL, "year", PHRASE_CONST("Year"), { NULL } },
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
