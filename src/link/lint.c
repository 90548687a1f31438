/* What a schema gives away or loses, in words: for whoever writes one, before the first name is encoded. */
#include "link/schema.h"

#include "base/sink.h"

#include <math.h>

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

static void lint_feature(struct lint *l, const struct link_feature *f)
{
    const char *name = f->identifier.p;
    if (f->is_ignored) {
        NOTE(l,
             "feature \"%s\" is ignored: leave its column out of the file before it is encoded, "
             "and out of the schema before it is agreed",
             name);
        return;
    }
    if (f->hash == LINK_DOUBLE)
        NOTE(l,
             "feature \"%s\" uses doubleHash, whose bits stand at equal distances: known attacks "
             "read names from them; use blakeHash",
             name);
    bool is_open = f->format == LINK_STRING && !f->length_most && !f->pattern.p;
    if (is_open)
        NOTE(l,
             "feature \"%s\" takes a text of any length: give it a maxLength, so that no note "
             "gets in by mistake",
             name);
    if (f->compare == LINK_EXACT && f->format == LINK_STRING)
        NOTE(l,
             "feature \"%s\" is compared as a whole: one letter of difference and it says "
             "\"another person\"",
             name);
    if (f->compare == LINK_NGRAM && f->gram == 1 && !f->is_positional)
        NOTE(l, "feature \"%s\" is cut into single letters without their place: anagrams agree",
             name);
    if (!f->sentinel.p)
        NOTE(l, "feature \"%s\" has no missingValue: say what stands in an unknown cell", name);
    for (size_t i = 0; i < COUNT_OF(doubts); i++)
        if (names(f->identifier, doubts[i].word)) {
            NOTE(l, "feature \"%s\": %s", name, doubts[i].why);
            break;
        }
}

size_t link_schema_lint(const struct link_schema *s, struct arena *a,
                        void (*tell)(void *context, str notice), void *context)
{
    struct lint l = { a, tell, context, 0 };
    size_t used = 0;
    for (size_t i = 0; i < s->features; i++) {
        lint_feature(&l, &s->feature[i]);
        used += !s->feature[i].is_ignored;
    }
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
