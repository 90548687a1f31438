/* learn/learn.h - published signs of trafficking, with how strongly each one points.
 *
 * Signs come from published lists; none was made up here. A sign is a reason to ask and to refer, never a finding.
 * Needs: claim.    Never: a score of a person. */
#ifndef LEARN_LEARN_H
#define LEARN_LEARN_H

#include "claim/claim.h"

extern const struct claim_kind learn_indicators, learn_rules;
extern const struct word learn_strengths[], learn_persons[], learn_forms[];

#endif
