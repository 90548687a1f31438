#include "desk/pages.h"

const struct retention desk_retention[] = {
    { "people_person", PHRASE_CONST("Accounts: name, address, password hash"),
      PHRASE_CONST(
          "24 months after the last time they were used, or at once when someone leaves") },
    { "people_totp", PHRASE_CONST("Authenticator apps"), PHRASE_CONST("as long as the account") },
    { "people_passkey", PHRASE_CONST("Passkeys"), PHRASE_CONST("as long as the account") },
    { "people_invite", PHRASE_CONST("Open invitations and links for a new password"),
      PHRASE_CONST("7 days, or until used") },
    { "people_session", PHRASE_CONST("Who is signed in"),
      PHRASE_CONST("12 hours; 2 hours without use") },
    { "people_slow", PHRASE_CONST("Tries to sign in, by a keyed hash"), PHRASE_CONST("one day") },
    { "media_size", PHRASE_CONST("Pictures, also of people, in their sizes"),
      PHRASE_CONST("as long as they may be shown; drafts one year; withdrawn ones 30 days, or not "
                   "at all where somebody took their agreement back") },
    { "media_consent", PHRASE_CONST("Who agreed to be shown: the number of a paper, no name"),
      PHRASE_CONST("3 years after it ends, as proof; one year after it was taken back") },
    { "send_mail", PHRASE_CONST("Mail that waits to leave: address and words"),
      PHRASE_CONST("until the receiver's side has taken it, 30 days at most") },
    { "join_application",
      PHRASE_CONST(
          "Applications to join and memberships: who answers, address, what they want to do"),
      PHRASE_CONST("7 days unless confirmed; 12 months undecided; 6 months refused; 12 months "
                   "after a membership; of advocates until they leave") },
    { "join_said", PHRASE_CONST("Questions, answers and words on a decision"),
      PHRASE_CONST("12 months, or with their application") },
    { "join_event", PHRASE_CONST("Events of members that wait for somebody to agree"),
      PHRASE_CONST("90 days") },
    { "facts_waiting", PHRASE_CONST("Changes to statements that wait for a second person"),
      PHRASE_CONST("until decided, 180 days at most; 90 days after being given back") },
    { "facts_import", PHRASE_CONST("Tables somebody is looking at before they are brought in"),
      PHRASE_CONST("one day; 180 days while they wait for a second person") },
    { "facts_reply", PHRASE_CONST("Replies of states that are not released yet"),
      PHRASE_CONST("until released, 180 days at most; 90 days after being given back") },
    { "web_once", PHRASE_CONST("Forms that were sent, so that none is done twice; no words"),
      PHRASE_CONST("36 hours") },
    { "edit_mine", PHRASE_CONST("What somebody typed in a text and did not save"),
      PHRASE_CONST("30 days, or until saved") },
    { NULL, { NULL }, { NULL } },
};
