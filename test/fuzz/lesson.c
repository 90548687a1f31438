/* A lesson: whatever is read lies within the text, and what is accepted can be asked and answered. */
#include "test/fuzz/fuzz.h"

#include "text/lesson.h"

static bool is_within(str part, str whole)
{
    return part.n > 0 && part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

static void work(struct arena *a, str in)
{
    struct lesson l;
    struct lesson_fault f;
    (void)a;
    bool is_good = lesson_read(in, &l, &f);
    MUST(is_good == (f.why.english == NULL));
    MUST(l.n <= LESSON_QUESTIONS_MAX);
    if (!is_good) MUST(f.line > 0 && f.column > 0);
    for (size_t i = 0; is_good && i < l.n; i++) {
        const struct lesson_question *q = &l.question[i];
        size_t right = 0;
        MUST(is_within(q->words, in) && q->n >= LESSON_ANSWERS_LEAST && q->n <= LESSON_ANSWERS_MAX);
        for (size_t k = 0; k < q->n; k++) {
            MUST(is_within(q->answer[k].words, in) && is_within(q->answer[k].why, in));
            right += q->answer[k].is_right;
        }
        MUST(right > 0 && (q->is_many || right == 1));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena exact;
    arena_open(&exact, MIB(1));
    work(&exact, fuzz_exactly(&exact, data, n));
    arena_close(&exact);
    return 0;
}
