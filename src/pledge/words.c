/* What can be promised, and by whom. Each is a deed that one can do and see done; none asks anybody to look into a crime. */
#include "pledge/pledge.h"

const struct word pledge_audiences[] = {
    { S_CONST("neighbour"), PHRASE_CONST("A neighbour, a friend, anybody") },
    { S_CONST("pupil"), PHRASE_CONST("A pupil or student") },
    { S_CONST("teacher"), PHRASE_CONST("A teacher") },
    { S_CONST("company"), PHRASE_CONST("A company") },
    { S_CONST("journalist"), PHRASE_CONST("A journalist") },
    { S_CONST("official"), PHRASE_CONST("Somebody in public office") },
    { { "", 0 }, { "" } },
};

const struct phrase pledge_audience_titles[] = {
    PHRASE_CONST("I pledge, as a neighbour"),  PHRASE_CONST("I pledge, as a pupil or student"),
    PHRASE_CONST("I pledge, as a teacher"),    PHRASE_CONST("We pledge, as a company"),
    PHRASE_CONST("I pledge, as a journalist"), PHRASE_CONST("I pledge, in public office"),
};

const struct pledge_promise pledge_promises[] = {
    { S_CONST("neighbour"),
      { S_CONST("n-signs"), PHRASE_CONST("I learn the signs of trafficking, and what to do.") } },
    { S_CONST("neighbour"),
      { S_CONST("n-call"), PHRASE_CONST("When I am worried I tell a helpline or the police. I "
                                        "confront nobody and post nothing.") } },
    { S_CONST("neighbour"),
      { S_CONST("n-number"),
        PHRASE_CONST("I keep the number of the helpline of my country at hand.") } },
    { S_CONST("neighbour"),
      { S_CONST("n-home"),
        PHRASE_CONST(
            "Whoever works in my home has a contract, their papers, free time and their pay.") } },
    { S_CONST("neighbour"),
      { S_CONST("n-cheap"),
        PHRASE_CONST("When something is far too cheap I ask who pays for it.") } },
    { S_CONST("neighbour"),
      { S_CONST("n-heart"), PHRASE_CONST("I wear the Blue Heart on 30 July and can say why.") } },

    { S_CONST("pupil"),
      { S_CONST("p-signs"), PHRASE_CONST("I learn what trafficking is, and what to do.") } },
    { S_CONST("pupil"),
      { S_CONST("p-adult"), PHRASE_CONST("When something is wrong I tell an adult I trust or a "
                                         "helpline. I do not look into it alone.") } },
    { S_CONST("pupil"),
      { S_CONST("p-offer"),
        PHRASE_CONST("Before I say yes to a job, a trip or money from somebody I met online, I "
                     "speak about it with somebody I trust.") } },
    { S_CONST("pupil"),
      { S_CONST("p-pictures"),
        PHRASE_CONST("I pass on no pictures, names or rumours about a person.") } },
    { S_CONST("pupil"),
      { S_CONST("p-friend"),
        PHRASE_CONST("I stay with a friend who withdraws, and say where help can be found.") } },
    { S_CONST("pupil"),
      { S_CONST("p-heart"),
        PHRASE_CONST("I wear the Blue Heart on 30 July and can say why I do.") } },

    { S_CONST("teacher"),
      { S_CONST("t-lesson"), PHRASE_CONST("I give one lesson a year on trafficking, with its "
                                          "definition and without stories that shock.") } },
    { S_CONST("teacher"),
      { S_CONST("t-course"), PHRASE_CONST("I take the course for people in teaching.") } },
    { S_CONST("teacher"),
      { S_CONST("t-know"),
        PHRASE_CONST("I know who at our school is to be told, and which helpline to call.") } },
    { S_CONST("teacher"),
      { S_CONST("t-away"),
        PHRASE_CONST("I ask when a pupil stays away, is always tired, or suddenly has an older "
                     "friend who pays for everything.") } },
    { S_CONST("teacher"),
      { S_CONST("t-page"),
        PHRASE_CONST("I put up the address of the help page where nobody is seen reading it.") } },
    { S_CONST("teacher"),
      { S_CONST("t-blame"), PHRASE_CONST("I let nobody be blamed for what was done to them.") } },

    { S_CONST("company"),
      { S_CONST("c-chain"),
        PHRASE_CONST("We look at where our goods and services come from, begin where the risk is "
                     "highest, and publish what we find.") } },
    { S_CONST("company"),
      { S_CONST("c-fees"), PHRASE_CONST("No worker pays for getting a job with us or our "
                                        "suppliers, and nobody keeps their papers.") } },
    { S_CONST("company"),
      { S_CONST("c-complain"),
        PHRASE_CONST(
            "Workers can complain in their own language, without fear, and get an answer.") } },
    { S_CONST("company"),
      { S_CONST("c-train"), PHRASE_CONST("Those of us who may meet victims take the course: at "
                                         "reception, on the road, in purchasing.") } },
    { S_CONST("company"),
      { S_CONST("c-mend"),
        PHRASE_CONST("When we find a case, the person's safety and what is owed to them come "
                     "first; we do not simply leave the supplier.") } },
    { S_CONST("company"),
      { S_CONST("c-heart"), PHRASE_CONST("We use the Blue Heart to inform, never to sell.") } },

    { S_CONST("journalist"),
      { S_CONST("j-leave"),
        PHRASE_CONST("I publish no name, face, voice or place of a person affected without their "
                     "informed leave, and take it back when they do.") } },
    { S_CONST("journalist"),
      { S_CONST("j-words"),
        PHRASE_CONST(
            "I say what was done to people, not what they are, and use no pictures of chains.") } },
    { S_CONST("journalist"),
      { S_CONST("j-number"),
        PHRASE_CONST("I give every figure with its source, its year and its doubt.") } },
    { S_CONST("journalist"),
      { S_CONST("j-help"), PHRASE_CONST("I put the helpline under what I publish.") } },
    { S_CONST("journalist"),
      { S_CONST("j-harm"), PHRASE_CONST("I neither pay nor press anybody affected, and never pose "
                                        "as somebody else to meet them.") } },
    { S_CONST("journalist"),
      { S_CONST("j-later"),
        PHRASE_CONST("I report what became of a law or a promise, not only of an arrest.") } },

    { S_CONST("official"),
      { S_CONST("o-punish"),
        PHRASE_CONST("I work for nobody to be punished for what they were made to do.") } },
    { S_CONST("official"),
      { S_CONST("o-see"), PHRASE_CONST("I help that every office that may meet victims knows the "
                                       "signs and who is to be told.") } },
    { S_CONST("official"),
      { S_CONST("o-data"),
        PHRASE_CONST("I help that our figures are published, with how they were counted.") } },
    { S_CONST("official"),
      { S_CONST("o-help"), PHRASE_CONST("I help that help does not depend on giving evidence.") } },
    { S_CONST("official"),
      { S_CONST("o-fund"),
        PHRASE_CONST("I help that shelters and helplines are paid for longer than a year.") } },
    { S_CONST("official"),
      { S_CONST("o-ask"),
        PHRASE_CONST(
            "I ask people who lived through it before I decide, and pay them for their time.") } },
    { { "", 0 }, { { "", 0 }, { "" } } },
};
