/* text/lesson.h - a lesson of a course: Markdown, and behind it questions that explain themselves.
 *
 * The first line that begins with "## ?" ends the text. From there on stand two to four questions and nothing else:
 *
 *   ## ? Who may keep a worker's passport?
 *
 *   - ( ) The employer
 *     > No. Papers in somebody else's hand are a published sign.
 *   - (x) The worker
 *     > Right. Nobody else.
 *
 * Round brackets: exactly one answer is right. Square brackets, [ ] and [x]: every answer is right or wrong for itself,
 * and at least one is right. Behind each answer, on a line of its own, stands why. It reads as Markdown too.
 * Needs: base, lang.    Never: a question that can be answered wrongly without learning why. */
#ifndef TEXT_LESSON_H
#define TEXT_LESSON_H

#include "lang/lang.h"

enum {
    LESSON_QUESTIONS_LEAST = 2,
    LESSON_QUESTIONS_MAX = 4,
    LESSON_ANSWERS_LEAST = 2,
    LESSON_ANSWERS_MAX = 6,
    LESSON_WORDS_MAX = 800, /* bytes of a question, an answer, an explanation */
};

struct lesson_answer {
    str words, why;
    bool is_right;
};

struct lesson_question {
    str words;
    bool is_many; /* several may be right */
    struct lesson_answer answer[LESSON_ANSWERS_MAX];
    size_t n;
};

struct lesson {
    str text; /* the Markdown before the first question */
    struct lesson_question question[LESSON_QUESTIONS_MAX];
    size_t n; /* 0: a text without questions */
};

struct lesson_fault {
    int line, column; /* of the text, from 1 */
    struct phrase why;
};

/* Everything in `out` is a piece of `body`. False: `fault` says what is wrong first. Without a question it is right. */
MUST_USE bool lesson_read(str body, struct lesson *out, struct lesson_fault *fault);

/* What is wrong with a text of a kind and a name; true if nothing is. Lessons of courses must have their questions. */
MUST_USE bool lesson_text_ok(str kind, str slug, str body, struct lesson_fault *fault);

/* The part before the questions. */
str lesson_text_of(str body);

/* How a text of kind "course" is named: "course-pupils" is about the course, "course-pupils-1" its first lesson. Empty if
 * it is no such name, or (lesson) not a lesson's. */
str lesson_course_of(str slug);
str lesson_name_of(str slug);

#endif
