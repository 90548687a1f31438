/* Reading the questions of a lesson: line by line, strictly, pointing at what is wrong. */
#include "text/lesson.h"

struct reading {
    struct lesson *out;
    struct lesson_fault *fault;
    int line;
    bool wants_why; /* an answer stands above and its explanation is still to come */
};

static bool wrong(struct reading *r, int column, struct phrase why)
{
    *r->fault = (struct lesson_fault){ r->line, column, why };
    return false;
}

static bool is_question(str line)
{
    return str_starts(line, S("## ?"));
}

/* The words from byte `at` on. Column counts bytes, as compilers do. */
static bool words_from(struct reading *r, str line, size_t at, str *out)
{
    *out = str_trim(str_from(line, at));
    if (out->n == 0) return wrong(r, (int)at + 1, PHRASE("Here words are missing."));
    if (out->n > LESSON_WORDS_MAX)
        return wrong(r, (int)at + 1, PHRASE("This is too long: 800 bytes at most."));
    return true;
}

/* What only the end of a question shows. */
static bool end_question(struct reading *r)
{
    if (r->out->n == 0) return true;
    if (r->wants_why)
        return wrong(r, 1, PHRASE("The answer above has no explanation: a line with > and why."));
    const struct lesson_question *q = &r->out->question[r->out->n - 1];
    size_t right = 0;
    for (size_t i = 0; i < q->n; i++) right += q->answer[i].is_right;
    if (q->n < LESSON_ANSWERS_LEAST)
        return wrong(r, 1, PHRASE("The question above needs at least two answers."));
    if (right == 0) return wrong(r, 1, PHRASE("No answer of the question above is right."));
    if (right > 1 && !q->is_many)
        return wrong(r, 1, PHRASE("With ( ) only one answer can be right; for several write [ ]."));
    return true;
}

static bool read_question(struct reading *r, str line)
{
    if (!end_question(r)) return false;
    if (r->out->n == LESSON_QUESTIONS_MAX)
        return wrong(r, 1, PHRASE("A lesson has four questions at most."));
    struct lesson_question *q = &r->out->question[r->out->n];
    *q = (struct lesson_question){ .n = 0 };
    if (!words_from(r, line, 4, &q->words)) return false;
    r->out->n++;
    return true;
}

static bool read_answer(struct reading *r, str line)
{
    struct lesson_question *q = &r->out->question[r->out->n - 1];
    bool is_round = line.n > 5 && line.p[2] == '(' && line.p[4] == ')';
    bool is_square = line.n > 5 && line.p[2] == '[' && line.p[4] == ']';
    bool is_marked = (is_round || is_square) && line.p[5] == ' ' &&
                     (line.p[3] == ' ' || line.p[3] == 'x');
    if (!is_marked)
        return wrong(r, 3, PHRASE("An answer begins with - ( ) or - (x), or with - [ ] or - [x]."));
    if (r->wants_why)
        return wrong(r, 1, PHRASE("The answer above has no explanation: a line with > and why."));
    if (q->n == LESSON_ANSWERS_MAX)
        return wrong(r, 1, PHRASE("A question has six answers at most."));
    if (q->n && q->is_many != is_square)
        return wrong(r, 3, PHRASE("All answers of a question have the same brackets."));
    q->is_many = is_square;
    struct lesson_answer *a = &q->answer[q->n];
    *a = (struct lesson_answer){ .is_right = line.p[3] == 'x' };
    if (!words_from(r, line, 6, &a->words)) return false;
    q->n++;
    r->wants_why = true;
    return true;
}

static bool read_why(struct reading *r, str line, size_t mark)
{
    struct lesson_question *q = &r->out->question[r->out->n - 1];
    if (!r->wants_why)
        return wrong(r, (int)mark + 1,
                     PHRASE("An explanation stands behind one answer, on one line."));
    r->wants_why = false;
    return words_from(r, line, mark + 1, &q->answer[q->n - 1].why);
}

static bool read_line(struct reading *r, str line)
{
    size_t blank = 0;
    while (blank < line.n && line.p[blank] == ' ') blank++;
    if (str_trim(line).n == 0) return true;
    if (is_question(line)) return read_question(r, line);
    if (line.p[blank] == '>' && blank > 0) return read_why(r, line, blank);
    if (str_starts(line, S("- "))) return read_answer(r, line);
    return wrong(r, (int)blank + 1,
                 PHRASE("Behind the first question stand only questions, answers and why."));
}

bool lesson_read(str body, struct lesson *out, struct lesson_fault *fault)
{
    struct reading r = { out, fault, 0, false };
    str rest = body;
    *out = (struct lesson){ .text = body };
    *fault = (struct lesson_fault){ 0 };
    while (rest.p) {
        str line = str_split(&rest, '\n');
        r.line++;
        if (out->n == 0) {
            if (!is_question(line)) continue;
            out->text = str_trim(str_cut(body, (size_t)(line.p - body.p)));
        }
        if (!read_line(&r, line)) return false;
    }
    return end_question(&r);
}

str lesson_text_of(str body)
{
    struct lesson l;
    struct lesson_fault ignored;
    bool is_right = lesson_read(body, &l, &ignored);
    (void)is_right; /* the text before the questions stands either way */
    return l.text;
}

#define BEFORE S("course-")

str lesson_course_of(str slug)
{
    if (!str_starts(slug, BEFORE)) return S("");
    str rest = str_from(slug, BEFORE.n);
    return str_split(&rest, '-');
}

str lesson_name_of(str slug)
{
    str rest = str_starts(slug, BEFORE) ? str_from(slug, BEFORE.n) : S("");
    str_split(&rest, '-');
    return rest.p ? rest : S("");
}

bool lesson_text_ok(str kind, str slug, str body, struct lesson_fault *fault)
{
    struct lesson l;
    *fault = (struct lesson_fault){ 0 };
    if (!str_eq(kind, S("course"))) return true;
    if (!lesson_read(body, &l, fault)) return false;
    if (lesson_name_of(slug).n == 0 || l.n >= LESSON_QUESTIONS_LEAST) return true;
    *fault = (struct lesson_fault){ 1, 1, PHRASE("A lesson needs two questions at least.") };
    return false;
}
