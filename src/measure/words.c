/* What each series counts and what it does not say, and the words of its choices. */
#include "measure/series.h"

const struct measure_about measure_abouts[] = {
    { "detected_victims", "detected-victims", PHRASE_CONST("Victims detected"),
      PHRASE_CONST("Persons whom authorities came across as victims of trafficking in a year."),
      PHRASE_CONST("This is not how many victims there are: most are never detected. A rise can "
                   "mean more trafficking, or better detection."),
      true, true, true },
    { "offences_recorded", "offences-recorded", PHRASE_CONST("Offences recorded"),
      PHRASE_CONST("Offences of trafficking in persons that authorities recorded in a year."),
      PHRASE_CONST("One offence can have many victims and many offenders. What nobody reported is "
                   "not in it."),
      true, false, false },
    { "persons_in_formal_contact", "persons-in-formal-contact",
      PHRASE_CONST("Persons in formal contact with the police"),
      PHRASE_CONST("Persons suspected of, arrested for or cautioned about trafficking in a year."),
      PHRASE_CONST("No court has judged them yet: contact is not guilt."), true, false, true },
    { "persons_prosecuted", "persons-prosecuted", PHRASE_CONST("Persons prosecuted"),
      PHRASE_CONST("Persons prosecuted for trafficking in a year."),
      PHRASE_CONST("A prosecution is not a conviction, and many trials end in a later year."), true,
      false, true },
    { "persons_convicted", "persons-convicted", PHRASE_CONST("Persons convicted"),
      PHRASE_CONST("Persons whom a court found guilty of trafficking in a year."),
      PHRASE_CONST("Most were prosecuted in earlier years, so dividing it by the prosecutions of "
                   "the same year says nothing about courts."),
      true, true, true },
    { "persons_suspected", "persons-suspected", PHRASE_CONST("Persons suspected"),
      PHRASE_CONST("Suspected traffickers registered in the European Union in a year."),
      PHRASE_CONST("A suspect is not an offender."), false, false, false },
    { "registered_victims_per_million", "registered-victims-per-million",
      PHRASE_CONST("Victims registered per million inhabitants"),
      PHRASE_CONST("Victims registered in a state of the European Union for each million who live "
                   "there."),
      PHRASE_CONST("A high rate can mean good detection. States count differently: some include "
                   "presumed victims."),
      false, false, false },
    { "share_of_victims", "share-of-victims", PHRASE_CONST("Share of detected victims"),
      PHRASE_CONST("How many of each hundred detected victims belong to a group or were exploited "
                   "in a form."),
      PHRASE_CONST("Shares are of those detected. A group that is overlooked looks small."), false,
      false, false },
    { "share_of_girl_victims", "share-of-girl-victims",
      PHRASE_CONST("Share of detected girls, by form"),
      PHRASE_CONST("How many of each hundred girls detected as victims were exploited in a form."),
      PHRASE_CONST("Shares are of those detected. A group that is overlooked looks small."), false,
      false, false },
    { "share_of_boy_victims", "share-of-boy-victims",
      PHRASE_CONST("Share of detected boys, by form"),
      PHRASE_CONST("How many of each hundred boys detected as victims were exploited in a form."),
      PHRASE_CONST("Shares are of those detected. A group that is overlooked looks small."), false,
      false, false },
    { "change_in_detected_victims_since_2019", "change-in-detected-victims-since-2019",
      PHRASE_CONST("Change in detected victims since 2019"),
      PHRASE_CONST("By how many per cent more victims were detected worldwide than in 2019."),
      PHRASE_CONST("It follows detection, which fell during the pandemic and rose again, as much "
                   "as the crime."),
      false, false, false },
    { "change_in_detected_victims_since_2020", "change-in-detected-victims-since-2020",
      PHRASE_CONST("Change in detected victims since 2020"),
      PHRASE_CONST("By how many per cent more victims were detected worldwide than in 2020."),
      PHRASE_CONST("It follows detection, which fell during the pandemic and rose again, as much "
                   "as the crime."),
      false, false, false },
    { "people_in_forced_labour_estimate", "people-in-forced-labour-estimate",
      PHRASE_CONST("People in forced labour, an estimate"),
      PHRASE_CONST("How many people were in forced labour on any day of a year, as estimated by "
                   "the International Labour Organization."),
      PHRASE_CONST("Forced labour and trafficking overlap but are not the same, and an estimate "
                   "from surveys is not a count."),
      false, false, false },
    { "ctdc_victims_represented", "ctdc-victims-represented",
      PHRASE_CONST("Victims in the data of CTDC"),
      PHRASE_CONST("Persons assisted or reported by organisations that share their records with "
                   "the Counter Trafficking Data Collaborative."),
      PHRASE_CONST("They are those whom some organisations met, not a sample of all victims."),
      false, false, false },
    { "ctdc_countries_represented", "ctdc-countries-represented",
      PHRASE_CONST("Countries in the data of CTDC"),
      PHRASE_CONST("Countries and territories that appear in those records."),
      PHRASE_CONST("Trafficking may take place in a country that does not appear."), false, false,
      false },
    { "ctdc_observations", "ctdc-observations", PHRASE_CONST("Records in the data of CTDC"),
      PHRASE_CONST("Records in a published data set, before or after those that could point to a "
                   "person were taken out."),
      PHRASE_CONST("A record is not always one person's whole story."), false, false, false },
    { "ctdc_variables", "ctdc-variables", PHRASE_CONST("Variables in the data of CTDC"),
      PHRASE_CONST("How many things are noted about each record."),
      PHRASE_CONST("It says nothing about how many of them are filled in."), false, false, false },
    { "countries_covered_by_global_report", "countries-covered-by-global-report",
      PHRASE_CONST("Countries in the Global Report"),
      PHRASE_CONST("Countries whose figures an edition of the Global Report on Trafficking in "
                   "Persons rests on."),
      PHRASE_CONST("Being covered does not mean that every figure was reported."), false, false,
      false },
    { "campaign_supporting_countries", "campaign-supporting-countries",
      PHRASE_CONST("Countries that support the campaign"),
      PHRASE_CONST("Countries that had joined or backed the Blue Heart Campaign, as said on a "
                   "day."),
      PHRASE_CONST("Sources do not say by what rule they counted."), false, false, false },
    { 0 },
};

const struct measure_about *measure_about_of(str slug)
{
    for (const struct measure_about *a = measure_abouts; a->code; a++)
        if (str_eq(slug, str_of(a->slug))) return a;
    return NULL;
}

const struct word measure_sexes[] = {
    { S_CONST("female"), PHRASE_CONST("Female") },
    { S_CONST("male"), PHRASE_CONST("Male") },
    { S_CONST("other"), PHRASE_CONST("Another sex") },
    { S_CONST("unknown"), PHRASE_CONST("Sex not known") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word measure_ages[] = {
    { S_CONST("child"), PHRASE_CONST("Children, 0 to 17 years") },
    { S_CONST("adult"), PHRASE_CONST("Adults, 18 years or over") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word measure_forms[] = {
    { S_CONST("labour"), PHRASE_CONST("Forced labour") },
    { S_CONST("sexual"), PHRASE_CONST("Sexual exploitation") },
    { S_CONST("other"), PHRASE_CONST("Other forms of exploitation") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word measure_units[] = {
    { S_CONST("persons"), PHRASE_CONST("persons") },
    { S_CONST("offences"), PHRASE_CONST("offences") },
    { S_CONST("percent"), PHRASE_CONST("per cent") },
    { S_CONST("countries"), PHRASE_CONST("countries") },
    { S_CONST("countries and territories"), PHRASE_CONST("countries and territories") },
    { S_CONST("records"), PHRASE_CONST("records") },
    { S_CONST("variables"), PHRASE_CONST("variables") },
    { S_CONST("per million inhabitants"), PHRASE_CONST("per million inhabitants") },
    { S_CONST(""), PHRASE_CONST("") },
};

struct pair {
    const char *choice, *cell;
};

static const char *cell_of(const struct pair *all, size_t n, str choice)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(choice, str_of(all[i].choice))) return all[i].cell;
    return NULL;
}

const char *measure_sex_cell(str choice)
{
    static const struct pair all[] = { { "", "Total" },
                                       { "female", "Female" },
                                       { "male", "Male" },
                                       { "other", "Other" },
                                       { "unknown", "Unknown" } };
    return cell_of(all, COUNT_OF(all), choice);
}

/* Where the source does not know the sex it does not know the age either. */
const char *measure_age_cell(str choice, str sex)
{
    static const struct pair all[] = { { "", "Total" },
                                       { "child", "0 to 17 years" },
                                       { "adult", "18 years or over" } };
    if (choice.n == 0 && str_eq(sex, S("unknown"))) return "Unknown";
    return cell_of(all, COUNT_OF(all), choice);
}

const char *measure_form_cell(str choice)
{
    static const struct pair all[] = { { "", "" },
                                       { "labour", "form: Forced labour" },
                                       { "sexual", "form: Sexual exploitation" },
                                       { "other", "form: Other forms of exploitation" } };
    return cell_of(all, COUNT_OF(all), choice);
}
