/* What a schema gives away or loses, in words: for whoever writes one, before the first name is encoded. */
#include "link/schema.h"

#include "base/sink.h"

#include <math.h>

#define NAMES_MOST  8   /* features named in one notice */
#define NAME_SHOWN  100 /* bytes of a name */
#define NAMES_BYTES KIB(4)

struct lint {
    struct arena *arena;
    void (*tell)(void *context, str notice);
    void *context;
    size_t told;
};

static void told(struct lint *l, str notice)
{
    l->tell(l->context, notice);
    l->told++;
}

#define NOTE(l, ...) told((l), arena_format((l)->arena, __VA_ARGS__))

/* Words that stand in the names of columns about which people should think twice. */
struct doubt {
    const char *word, *why;
};
static const struct doubt doubts[] = {
    { "rec_id", "a number of the list itself agrees between no two lists" },
    { "record", "a number of the list itself agrees between no two lists" },
    { "case", "a number of the list itself agrees between no two lists" },
    { "ssn", "one number that decides alone: whoever guesses it has the person" },
    { "soc_sec", "one number that decides alone: whoever guesses it has the person" },
    { "passport", "one number that decides alone: whoever guesses it has the person" },
    { "national_id", "one number that decides alone: whoever guesses it has the person" },
    { "phone", "one number that decides alone, and a list of all numbers exists" },
    { "email", "one address that decides alone: whoever guesses it has the person" },
    { "note", "running text never agrees, and reveals more than a name" },
    { "comment", "running text never agrees, and reveals more than a name" },
    { "story", "running text never agrees, and reveals more than a name" },
    { "description", "running text never agrees, and reveals more than a name" },
    { "exploit", "what was done to a person is no part of who they are: it must not be encoded" },
    { "health", "what was done to a person is no part of who they are: it must not be encoded" },
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether the word stands in the identifier and does not begin in the middle of another ("id" in "david"). */
static bool names(str identifier, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= identifier.n; i++) {
        bool is_same = i == 0 || !is_letter(identifier.p[i - 1]);
        for (size_t k = 0; k < n && is_same; k++)
            is_same = (identifier.p[i + k] | 32) == (word[k] | 32);
        if (is_same) return true;
    }
    return false;
}

/* Why one should think twice about a feature; NULL if its name says nothing. */
static const char *doubt_of(const struct link_feature *f)
{
    for (size_t i = 0; i < COUNT_OF(doubts) && !f->is_ignored; i++)
        if (names(f->identifier, doubts[i].word)) return doubts[i].why;
    return NULL;
}

/* How many tokens an ordinary value of the feature has; 7 letters for a name. */
static double tokens_of(const struct link_feature *f)
{
    double letters = f->format == LINK_DATE ? 8 : f->format == LINK_INTEGER ? 5 : 7;
    switch (f->compare) {
    case LINK_NGRAM: return letters + f->gram - 1;
    case LINK_EXACT: return 1;
    case LINK_NUMERIC: return 2 * f->resolution + 1;
    }
    return 1;
}

double link_schema_fill(const struct link_schema *s)
{
    double empty = 0; /* natural logarithm of the share of bits that stay 0 */
    for (size_t i = 0; i < s->features; i++) {
        const struct link_feature *f = &s->feature[i];
        if (f->is_ignored) continue;
        double set = f->is_per_feature ? f->bits : f->bits * tokens_of(f);
        empty += set * log1p(-1.0 / s->hashed);
    }
    double fill = 1 - exp(empty);
    for (unsigned i = 0; i < s->folds; i++) fill = 2 * fill * (1 - fill);
    return fill;
}

/* What can be said of several features at once: one notice for each kind, with their names. */
static bool is_double(const struct link_feature *f)
{
    return f->hash == LINK_DOUBLE;
}
static bool is_open(const struct link_feature *f)
{
    return f->format == LINK_STRING && !f->length_most && !f->pattern.p;
}
static bool is_whole_text(const struct link_feature *f)
{
    return f->compare == LINK_EXACT && f->format == LINK_STRING;
}
static bool is_anagram(const struct link_feature *f)
{
    return f->compare == LINK_NGRAM && f->gram == 1 && !f->is_positional;
}
static bool has_no_sentinel(const struct link_feature *f)
{
    return !f->sentinel.p;
}
static bool is_ignored(const struct link_feature *f)
{
    return f->is_ignored;
}

static const struct kind {
    bool (*is)(const struct link_feature *f);
    const char *one, *many; /* after the names */
} kinds[] = {
    { is_ignored,
      "is ignored: leave its column out of the file before it is encoded, and out of the schema "
      "before it is agreed",
      "are ignored: leave their columns out of the file before it is encoded, and out of the "
      "schema before it is agreed" },
    { is_double,
      "uses doubleHash, whose bits stand at equal distances: known attacks read names from them; "
      "use blakeHash",
      "use doubleHash, whose bits stand at equal distances: known attacks read names from them; "
      "use blakeHash" },
    { is_open,
      "takes a text of any length: give it a maxLength, so that no note gets in by mistake",
      "take texts of any length: give each a maxLength, so that no note gets in by mistake" },
    { is_whole_text,
      "is compared as a whole: one letter of difference and it says \"another person\"",
      "are compared as wholes: one letter of difference and they say \"another person\"" },
    { is_anagram, "is cut into single letters without their place: anagrams agree",
      "are cut into single letters without their place: anagrams agree" },
    { has_no_sentinel, "has no missingValue: say what stands in an unknown cell",
      "have no missingValue: say what stands in their unknown cells" },
};

/* Of features that are ignored nothing else is said. */
static bool is_of(const struct kind *k, const struct link_feature *f)
{
    return k->is(f) && (!f->is_ignored || k->is == is_ignored);
}

/* "given_name", "family_name" and 3 more; and how many they are. */
static size_t put_names(struct sink *out, const struct link_schema *s, const struct kind *k,
                        const char *why)
{
    size_t n = 0;
    for (size_t i = 0; i < s->features; i++) {
        const struct link_feature *f = &s->feature[i];
        const char *doubt = doubt_of(f);
        if (k ? !is_of(k, f) : !doubt || strcmp(doubt, why) != 0) continue;
        if (++n <= NAMES_MOST)
            put_format(out, "%s\"%.*s\"", n > 1 ? ", " : "",
                       f->identifier.n > NAME_SHOWN ? NAME_SHOWN : (int)f->identifier.n,
                       f->identifier.p);
    }
    if (n > NAMES_MOST) put_format(out, " and %zu more", n - NAMES_MOST);
    return n;
}

static void tell_kinds(struct lint *l, const struct link_schema *s)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct sink names;
        sink_open(&names, l->arena, NAMES_BYTES);
        size_t n = put_names(&names, s, &kinds[i], NULL);
        if (n)
            NOTE(l, "feature%s " STR_FMT " %s", n > 1 ? "s" : "", STR_ARG(sink_str(&names)),
                 n > 1 ? kinds[i].many : kinds[i].one);
    }
    for (size_t i = 0; i < COUNT_OF(doubts); i++) {
        if (i && strcmp(doubts[i].why, doubts[i - 1].why) == 0) continue; /* told with that one */
        struct sink names;
        sink_open(&names, l->arena, NAMES_BYTES);
        size_t n = put_names(&names, s, NULL, doubts[i].why);
        if (n)
            NOTE(l, "feature%s " STR_FMT ": %s", n > 1 ? "s" : "", STR_ARG(sink_str(&names)),
                 doubts[i].why);
    }
}

size_t link_schema_lint(const struct link_schema *s, struct arena *a,
                        void (*tell)(void *context, str notice), void *context)
{
    struct lint l = { a, tell, context, 0 };
    size_t used = 0;
    tell_kinds(&l, s);
    for (size_t i = 0; i < s->features; i++) used += !s->feature[i].is_ignored;
    double fill = link_schema_fill(s);
    if (fill > 0.60)
        NOTE(&l,
             "about %.0f %% of the bits will be set: above 60 %% everybody resembles everybody and "
             "matching is slow; use fewer bits a feature or a larger l",
             fill * 100);
    if (fill < 0.20)
        NOTE(&l,
             "about %.0f %% of the bits will be set: few enough that single names can be read off; "
             "35 to 50 %% is a good share",
             fill * 100);
    if (used < 3)
        NOTE(&l,
             "%s encoded together: the most frequent names can be recognised by "
             "their frequency alone",
             used == 1 ? "only one feature is" : "only two features are");
    if (s->has_idle_folds)
        NOTE(&l,
             "xorFolds is not read by clkhash's program, which looks for xor_folds; so that our "
             "encodings stay equal to its own nothing is folded: write \"xor_folds\" too");
    else if (s->folds == 0)
        NOTE(&l, "xor_folds is 0: one fold makes the known attacks much harder and costs little");
    if (!s->has_salt || s->salt.n < 16)
        NOTE(&l,
             "the kdf has no salt of 16 bytes or more: take a new random one for each linkage, so "
             "that encodings of two linkages cannot be laid side by side");
    return l.told;
}
