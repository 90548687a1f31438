/* How a person is referred, as a picture: the person in the middle, what others do around them. */
#include "who/inside.h"

#include "base/limits.h"

const struct who_step who_steps[WHO_STEPS] = {
    { { S_CONST("notices"), PHRASE_CONST("Someone notices") },
      PHRASE_CONST("A helpline, a doctor, an inspector, the police, an organisation, or the person "
                   "alone. No proof is needed to ask for help.") },
    { { S_CONST("decides"), PHRASE_CONST("The person decides") },
      PHRASE_CONST(
          "They hear, in a language they know, what help there is and what follows from taking "
          "it. Nothing is passed on without their consent. Where life is in danger or a child is "
          "concerned, the law may ask for more; then they are told so.") },
    { { S_CONST("help"), PHRASE_CONST("Organisations help") },
      PHRASE_CONST("A safe place, health care, advice, an interpreter, company on the way. Help "
                   "should not hang on whether somebody speaks to the police.") },
    { { S_CONST("protect"), PHRASE_CONST("Police and prosecutors protect") },
      PHRASE_CONST("They see to safety and inquire into the crime. Whether and when to be a "
                   "witness is for the person to say.") },
    { { S_CONST("recognises"), PHRASE_CONST("The government recognises") },
      PHRASE_CONST("It says who counts as a victim, gives time to recover and a right to stay, "
                   "and pays for what is needed.") },
    { { S_CONST("looks"), PHRASE_CONST("A rapporteur looks at all of it") },
      PHRASE_CONST("Cases are counted without names, and what does not work is said in public.") },
};

#define WIDTH     420
#define HEIGHT    440
#define BOX_WIDTH 168
#define BOX_TALL  74
#define LINE_TALL 17

static const struct box {
    int x, y; /* of its middle */
} boxes[WHO_STEPS] = {
    { 90, 56 }, { 210, 172 }, { 90, 288 }, { 330, 288 }, { 330, 56 }, { 210, 398 },
};

/* The first bytes of s that fit a line of so many letters; Han and Kana are twice as wide and break anywhere. */
static size_t fit(str s, int letters)
{
    size_t at = 0, space = 0;
    int used = 0;
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        size_t wide = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        bool is_broad = c >= 0xE3 && c < 0xF0;
        if (c == ' ') space = at;
        used += is_broad ? 2 : 1;
        if (used > letters) return space ? space : at ? at : wide;
        at += wide;
    }
    return s.n;
}

static void put_lines(struct sink *out, str text, int x, int y, const char *class)
{
    str line[4];
    int n = 0;
    for (str rest = text; rest.n && n < 4;) {
        size_t cut = fit(rest, 18);
        line[n++] = str_trim(str_cut(rest, cut));
        rest = str_trim(str_from(rest, cut));
    }
    for (int i = 0; i < n; i++) {
        put_format(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", class, x,
                   y + 5 + LINE_TALL * i - LINE_TALL * (n - 1) / 2);
        html_text(out, line[i]);
        put_lit(out, "</text>");
    }
}

static void put_box(struct sink *out, const struct lang *l, int i)
{
    bool is_middle = i == 1;
    int x = boxes[i].x, y = boxes[i].y, width = BOX_WIDTH, tall = BOX_TALL;
    put_format(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>",
               is_middle ? "person" : "box", x - width / 2, y - tall / 2, width, tall,
               is_middle ? 37 : 8);
    put_lines(out, lang_text(l, who_steps[i].who.phrase), x, y + 7,
              is_middle ? "in-person" : "in-box");
    put_format(out,
               "<circle class=\"count\" cx=\"%d\" cy=\"%d\" r=\"13\"/><text class=\"number\" "
               "x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
               x, y - tall / 2, x, y - tall / 2 + 5);
    lang_number(out, l, i + 1);
    put_lit(out, "</text>");
}

html who_referral(struct arena *a, const struct lang *l)
{
    struct sink out;
    sink_open(&out, a, KIB(32));
    put_format(&out,
               "<svg class=\"chart together\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
               WIDTH, HEIGHT);
    html_text(&out, lang_text(l, PHRASE("The person in the middle; around them those who notice, "
                                        "help, protect, recognise and look on")));
    put_lit(&out, "\">");
    for (int i = 0; i < WHO_STEPS; i++)
        if (i != 1)
            put_format(&out, "<path class=\"%s\" d=\"M%d %dL%d %d\"/>",
                       i == WHO_STEPS - 1 ? "tie loose" : "tie", boxes[1].x, boxes[1].y, boxes[i].x,
                       boxes[i].y);
    for (int i = 0; i < WHO_STEPS; i++) put_box(&out, l, i);
    put_lit(&out, "</svg>");
    return (html){ sink_str(&out) };
}
