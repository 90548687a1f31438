/* The mail that asks whoever reads an address whether it was them, which anybody may have typed. */
#include "send/send.h"

void send_asking(struct db *db, const struct asking *what, ms now)
{
    const struct mail_phrase words[] = {
        { PHRASE("Somebody, you we hope, gave this address on our site. If it was you, open the "
                 "page and press its button."),
          NO_PLURAL, NULL, 0 },
        { PHRASE("The link ends after 7 days. If it was not you, do nothing: all of it is deleted "
                 "then."),
          NO_PLURAL, NULL, 0 },
    };
    const struct mail m = {
        .room = what->room,
        .kind = "confirm",
        .key = what->key,
        .to = what->to,
        .lang = what->lang,
        .paragraphs = words,
        .paragraphs_n = COUNT_OF(words),
        .button = PHRASE("Open the page"),
        .address = what->address,
        .reason = { PHRASE("You get this because this address was given in a form on our site."),
                    NO_PLURAL, NULL, 0 },
        .useful_until = now + ASKING_MS,
        .is_for_many = true,
    };
    switch (send_mail(db, &m, now)) { /* one that no longer takes mail shows at the desk */
    case SEND_QUEUED:
    case SEND_ALREADY:
    case SEND_BAD_ADDRESS:
    case SEND_BAD_WORDS:
    case SEND_TOO_LATE: break;
    }
}
