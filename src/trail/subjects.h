/* trail/subjects.h - what a deed can be done to: one line each. Included several times, with SUBJECT defined.
 *
 * Needs: nothing.    Never: take a line away once it was released. */
/* clang-format off */
SUBJECT(PERSON, "person", PHRASE_CONST("Person"))
SUBJECT(INVITATION, "invitation", PHRASE_CONST("Invitation"))
SUBJECT(SESSION, "session", PHRASE_CONST("Session"))
SUBJECT(PASSKEY, "passkey", PHRASE_CONST("Passkey"))
SUBJECT(ORGANISATION, "organisation", PHRASE_CONST("Organisation"))
SUBJECT(SETTING, "setting", PHRASE_CONST("Setting"))
SUBJECT(TEXT, "text", PHRASE_CONST("Text"))
SUBJECT(PICTURE, "picture", PHRASE_CONST("Picture"))
SUBJECT(CONSENT, "consent", PHRASE_CONST("Consent"))
SUBJECT(CLAIM, "claim", PHRASE_CONST("Statement"))
SUBJECT(SOURCE, "source", PHRASE_CONST("Source"))
SUBJECT(KIND, "kind", PHRASE_CONST("Kind of statement"))
SUBJECT(APPLICATION, "application", PHRASE_CONST("Application"))
SUBJECT(MEMBER, "member", PHRASE_CONST("Member"))
SUBJECT(EVENT, "event", PHRASE_CONST("Event"))
SUBJECT(MAIL, "mail", PHRASE_CONST("Mail"))
SUBJECT(REQUEST, "request", PHRASE_CONST("Request for a second person"))
SUBJECT(STUDY, "study", PHRASE_CONST("Study"))
SUBJECT(EDITION, "edition", PHRASE_CONST("Edition of an estimate"))
SUBJECT(SERVER, "server", PHRASE_CONST("Server of the fediverse"))
SUBJECT(QUESTION, "question", PHRASE_CONST("Reader's question"))
/* clang-format on */
#undef SUBJECT
