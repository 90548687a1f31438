/* What words of the public a poster may carry: no person, no accusation, no number, no way to reach anybody. A short
 * list and not a judge: it refuses too much rather than too little, and somebody who wants to get past it can. What is
 * refused is said in words; nothing is kept. */
#include "base/limits.h"
#include "wear/inside.h"

static uint32_t next(str s, size_t *at)
{
    unsigned char c = (unsigned char)s.p[(*at)++];
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    uint32_t out = more == 3 ? c & 7u : more == 2 ? c & 15u : more == 1 ? c & 31u : c;
    for (; more && *at < s.n; more--) out = out << 6 | ((unsigned char)s.p[(*at)++] & 63u);
    return out;
}

/* Digits of the scripts people write numbers with; each range begins with its nought. */
static bool is_digit(uint32_t c)
{
    static const uint32_t noughts[] = { '0',    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66,
                                        0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0,
                                        0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10 };
    for (size_t i = 0; i < COUNT_OF(noughts); i++)
        if (c >= noughts[i] && c < noughts[i] + 10) return true;
    return (c >= 0x2070 && c <= 0x2089) || (c >= 0x2460 && c <= 0x249b) ||
           (c >= 0x2776 && c <= 0x2793) || (c >= 0x1d7ce && c <= 0x1d7ff);
}

static bool is_han_number(uint32_t c)
{
    static const uint32_t all[] = { 0x3007, 0x96f6, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
                                    0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (c == all[i]) return true;
    return false;
}

/* A letter of a word, or a sign inside one. */
static bool is_letter(uint32_t c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') ||
           (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7 && !is_digit(c) && c != 0x060c &&
            c != 0x061b && c != 0x061f && c != 0x06d4 && c != 0x0964) ||
           (c >= 0x2e80 && c < 0xfe00 && (c < 0x3000 || c > 0x3004) &&
            (c < 0x3008 || c > 0x3020)) ||
           (c >= 0xff21 && c <= 0xff5a);
}

/* Four digits, perhaps apart, are a house, a plate or part of a telephone; a year alone is not. */
#define DIGITS_MOST 2

static bool has_number(str s)
{
    int digits = 0, run = 0, han = 0;
    bool letter_before = false, mixed = false;
    int first = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = next(s, &at);
        if (is_digit(c)) {
            if (run == 0) first = (int)(c & 15);
            if (letter_before) mixed = true;
            run++;
            digits++;
            continue;
        }
        bool is_year = run == 4 && (first == 1 || first == 2) && !is_letter(c);
        if (is_year) digits -= 4;
        else if (run > DIGITS_MOST) return true;
        if (run && is_letter(c)) mixed = mixed || run > 1;
        run = 0;
        letter_before = is_letter(c);
        han = is_han_number(c) ? han + 1 : 0;
        if (han > 3) return true;
    }
    if (run == 4 && (first == 1 || first == 2)) digits -= 4;
    else if (run > DIGITS_MOST) return true;
    return mixed || digits > DIGITS_MOST * 2;
}

static bool has_any(str s, const char *const *parts)
{
    for (; *parts; parts++)
        if (str_has(s, str_of(*parts))) return true;
    return false;
}

/* A point or a sign for one between two letters without a blank: a name on the network. */
static bool has_inner_point(str s)
{
    uint32_t before = 0, point = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = next(s, &at);
        bool is_latin = ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= 0x400 && c < 0x530);
        if (point && is_latin) return true;
        bool after_letter = is_letter(before) || is_digit(before);
        point = after_letter && (c == '.' || c == 0xff0e || c == 0x3002 || c == 0x2024) &&
                        (c != 0x3002)
                    ? c
                    : 0;
        before = c;
    }
    return false;
}

static bool has_hidden(str s)
{
    int marks = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = next(s, &at);
        bool is_mark = (c >= 0x300 && c <= 0x36f) || (c >= 0x483 && c <= 0x489) ||
                       (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) ||
                       (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe20 && c <= 0xfe2f) ||
                       (c >= 0x64b && c <= 0x65f) || (c >= 0x591 && c <= 0x5c7);
        marks = is_mark ? marks + 1 : 0;
        if (marks > WEAR_MARKS_MAX) return true;
        bool is_hidden = c == 0x200b || c == 0x200e || c == 0x200f || c == 0x61c ||
                         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
                         c == 0xfeff || c == 0xad || c == 0x34f || c == 0x115f || c == 0x1160 ||
                         c == 0x3164 || c == 0xffa0 || c == 0xfffc || c == 0xfffd ||
                         (c >= 0xe000 && c <= 0xf8ff) || c >= 0xe0000;
        if (is_hidden) return true;
    }
    return false;
}

/* Words as bare as search has them (lang_bare): small letters without accents. */
static const char *const titles[] = {
    "mr",       "mrs",     "miss",      "ms",    "mister", "sir",      "madam",    "dr",    "prof",
    "monsieur", "madame",  "mme",       "mlle",  "senor",  "senora",   "senorita", "sr",    "sra",
    "srta",     "don",     "dona",      "herr",  "frau",   "gospodin", "sheikh",   "г-н",   "г-жа",
    "господин", "госпожа", "гражданин", "السيد", "السيدة", "الشيخ",    "الدكتور",  "الحاج", NULL
};
static const char *const han_titles[] = { "先生", "女士", "小姐", "太太", NULL };

/* These stand for one person who did something, whoever is meant. */
static const char *const accusing[] = {
    "suspect",       "trafficker",    "pimp",        "pimps",
    "wanted",        "criminal",      "rapist",      "rapists",
    "offender",      "kidnapper",     "perpetrator", "pedophile",
    "paedophile",    "smuggler",      "predator",    "murderer",
    "guilty",        "culprit",       "arrest",      "suspecte",
    "suspectee",     "trafiquant",    "trafiquante", "proxenete",
    "proxenetes",    "recherche",     "recherchee",  "coupable",
    "violeur",       "criminel",      "criminelle",  "passeur",
    "pedophile",     "meurtrier",     "sospechoso",  "sospechosa",
    "tratante",      "traficante",    "proxeneta",   "proxenetas",
    "buscado",       "buscada",       "culpable",    "violador",
    "criminal",      "pederasta",     "asesino",     "подозреваемыи",
    "подозреваемая", "подозреваемый", "торговец",    "сутенер",
    "сутенёр",       "преступник",    "преступница", "розыск",
    "разыскивается", "разыскиваются", "насильник",   "виновен",
    "виновна",       "педофил",       "убиица",      "убийца",
    "مشتبه",         "المشتبه",       "متاجر",       "المتاجر",
    "قواد",          "القواد",        "مطلوب",       "المطلوب",
    "مجرم",          "المجرم",        "مغتصب",       "المغتصب",
    "متهم",          "المتهم",        "مهرب",        "المهرب",
    "قاتل",          "القاتل",        NULL
};
static const char *const han_accusing[] = { "人贩", "嫌疑", "通缉", "罪犯", "皮条客", "鸡头",
                                            "蛇头", "强奸", "凶手", "嫌犯", NULL };
/* Many of them, which names nobody; with a name beside it, it does. */
static const char *const accusing_many[] = {
    "traffickers", "suspects", "criminals", "offenders",   "smugglers",    "perpetrators",
    "trafiquants", "suspects", "criminels", "passeurs",    "tratantes",    "traficantes",
    "criminales",  "торговцы", "торговцев", "преступники", "преступников", NULL
};

static bool is_one_of(str word, const char *const *all)
{
    for (; *all; all++)
        if (str_eq(word, str_of(*all))) return true;
    return false;
}

static bool is_capital(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde) || (c >= 0x410 && c <= 0x42f) ||
           c == 0x401 || (c >= 0x391 && c <= 0x3a9);
}

static str next_word(str s, size_t *at)
{
    while (*at < s.n) {
        size_t from = *at;
        uint32_t c = next(s, at);
        if (!is_letter(c)) continue;
        for (size_t to = *at; to < s.n;) {
            size_t before = to;
            c = next(s, &to);
            bool goes_on = is_letter(c) || (c == '-' && to < s.n);
            if (!goes_on) return (str){ s.p + from, before - from };
            *at = to;
        }
        return (str){ s.p + from, s.n - from };
    }
    return (str){ NULL, 0 };
}

/* A title with a name behind it, somebody who is accused, or a word for many and a name. */
static enum wear_answer who_is_meant(struct arena *a, str s)
{
    bool has_many = false, has_name = false, after_title = false, is_first = true;
    for (size_t at = 0;;) {
        str word = next_word(s, &at);
        if (!word.p) break;
        size_t begin = 0;
        bool is_name = is_capital(next(word, &begin));
        str bare = lang_bare(a, word);
        if (after_title && (is_name || (unsigned char)*word.p >= 0xd8)) return WEAR_PERSON;
        if (is_one_of(bare, accusing) || is_one_of(word, accusing)) return WEAR_ACCUSED;
        has_many = has_many || is_one_of(bare, accusing_many);
        has_name = has_name || (is_name && !is_first);
        after_title = is_one_of(bare, titles) || is_one_of(word, titles);
        is_first = false;
    }
    if (has_any(s, han_accusing)) return WEAR_ACCUSED;
    if (has_any(s, han_titles)) return WEAR_PERSON;
    return has_many && has_name ? WEAR_ACCUSED : WEAR_YES;
}

static size_t letters_in(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

enum wear_answer wear_carries(struct arena *a, str words, size_t letters_most)
{
    static const char *const links[] = { "http", "www", "://", "://", "t.me", "wa.me", NULL };
    static const char *const mails[] = { "@", "＠", "﹫", "(at)", "[at]", NULL };
    static const char *const money[] = { "$", "€", "£", "¥", "￥", "₽", "₹",
                                         "₩", "₺", "₦", "₱", "฿",  "＄",  NULL };
    if (letters_in(words) > letters_most) return WEAR_TOO_LONG;
    if (has_hidden(words)) return WEAR_HIDDEN;
    str bare = lang_bare(a, words);
    if (has_any(words, mails)) return WEAR_MAIL;
    if (has_any(words, links) || has_any(bare, links) || has_inner_point(words)) return WEAR_LINK;
    if (has_any(words, money)) return WEAR_PRICE;
    if (has_number(words)) return WEAR_NUMBER;
    return who_is_meant(a, words);
}
