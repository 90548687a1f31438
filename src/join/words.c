/* The words of joining: who can, in what state an application is, what is chosen from. */
#include "join/join.h"

const struct word join_kinds[] = {
    { S_CONST("state"), PHRASE_CONST("State") },
    { S_CONST("organisation"), PHRASE_CONST("Organisation") },
    { S_CONST("city"), PHRASE_CONST("City or region") },
    { S_CONST("company"), PHRASE_CONST("Company") },
    { S_CONST("students"), PHRASE_CONST("Student group") },
    { S_CONST("advocate"), PHRASE_CONST("Advocate: a person for herself or himself") },
    { .code = { "", 0 } },
};

const struct word join_states[] = {
    { S_CONST("unconfirmed"), PHRASE_CONST("Address not confirmed yet") },
    { S_CONST("new"), PHRASE_CONST("Waits for a decision") },
    { S_CONST("asked"), PHRASE_CONST("Waits for the applicant") },
    { S_CONST("proposed"), PHRASE_CONST("Waits for a second person") },
    { S_CONST("accepted"), PHRASE_CONST("Accepted") },
    { S_CONST("refused"), PHRASE_CONST("Refused") },
    { .code = { "", 0 } },
};

const struct word join_partners[] = {
    { S_CONST("implementation"), PHRASE_CONST("Implementation partner: carries out activities of "
                                              "its own in the spirit of the campaign") },
    { S_CONST("strategic"), PHRASE_CONST("Strategic partner: both sides promote each other, and "
                                         "say in public what each does and what it does not") },
    { .code = { "", 0 } },
};

const struct word join_sectors[] = {
    { S_CONST("victims"), PHRASE_CONST("Services for victims") },
    { S_CONST("rights"), PHRASE_CONST("Human rights and law") },
    { S_CONST("children"), PHRASE_CONST("Women, children, youth") },
    { S_CONST("migration"), PHRASE_CONST("Migration and refugees") },
    { S_CONST("work"), PHRASE_CONST("Work and trade unions") },
    { S_CONST("faith"), PHRASE_CONST("Faith") },
    { S_CONST("education"), PHRASE_CONST("Education and research") },
    { S_CONST("media"), PHRASE_CONST("Media and culture") },
    { S_CONST("travel"), PHRASE_CONST("Transport, travel, hotels") },
    { S_CONST("finance"), PHRASE_CONST("Banks and payments") },
    { S_CONST("technology"), PHRASE_CONST("Technology and platforms") },
    { S_CONST("goods"), PHRASE_CONST("Making and selling goods") },
    { S_CONST("farming"), PHRASE_CONST("Farming and fishing") },
    { S_CONST("recruiting"), PHRASE_CONST("Recruiting workers") },
    { S_CONST("public"), PHRASE_CONST("Public administration") },
    { S_CONST("other"), PHRASE_CONST("Something else") },
    { .code = { "", 0 } },
};

const struct word join_wants[] = {
    { S_CONST("inform"), PHRASE_CONST("Inform the public about the crime and its signs") },
    { S_CONST("teach"), PHRASE_CONST("Teach in schools and universities") },
    { S_CONST("train"), PHRASE_CONST("Train our own staff or members") },
    { S_CONST("observe"), PHRASE_CONST("Hold events on days of observance") },
    { S_CONST("wear"), PHRASE_CONST("Show and wear the blue heart") },
    { S_CONST("partners"), PHRASE_CONST("Bring other partners together") },
    { S_CONST("fund"), PHRASE_CONST("Support the trust fund for victims") },
    { S_CONST("facts"), PHRASE_CONST("Contribute facts with their sources") },
    { .code = { "", 0 } },
};

const struct word join_refusals[] = {
    { S_CONST("rules"), PHRASE_CONST("What the rules of the campaign ask for is not met") },
    { S_CONST("unverified"), PHRASE_CONST("We could not make sure who asks") },
    { S_CONST("purpose"),
      PHRASE_CONST("What is planned serves another purpose than that of the Protocol") },
    { S_CONST("commerce"),
      PHRASE_CONST("The heart would be used to sell something or to raise money") },
    { S_CONST("twice"), PHRASE_CONST("There is another application or a membership for the same") },
    { S_CONST("silence"), PHRASE_CONST("Our questions were not answered") },
    { S_CONST("other"), PHRASE_CONST("Another reason, told below") },
    { .code = { "", 0 } },
};

const struct word join_field_words[] = {
    { S_CONST("name"), PHRASE_CONST("Name") },
    { S_CONST("contact"), PHRASE_CONST("Contact person") },
    { S_CONST("function"), PHRASE_CONST("Function") },
    { S_CONST("site"), PHRASE_CONST("Public website") },
    { S_CONST("sector"), PHRASE_CONST("Field of work") },
    { S_CONST("want"), PHRASE_CONST("What they want to do") },
    { S_CONST("line"), PHRASE_CONST("In one line") },
    { S_CONST("ours"), PHRASE_CONST("What the applicant does") },
    { S_CONST("theirs"), PHRASE_CONST("What the campaign does") },
    { S_CONST("steps"), PHRASE_CONST("Where steps towards the Protocol can be read") },
    { .code = { "", 0 } },
};

bool join_kind_named(str code, enum join_kind *out)
{
    for (int i = 0; i < JOIN_KINDS; i++) {
        if (!str_eq(join_kinds[i].code, code)) continue;
        *out = (enum join_kind)i;
        return true;
    }
    return false;
}

bool join_needs_second(const struct join_application *a)
{
    return a->kind == JOIN_STATE || str_eq(a->partner, S("strategic"));
}
