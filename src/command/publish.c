/* blueheart publish: the list of its deeds. What is done with the files is the room's. */
#include "command/publish.h"

#include "command/command.h"

int command_publish(int argc, char **argv)
{
    static const struct deed deeds[] = {
        { "aggregate", "how many records have each combination of values, small counts left out",
          publish_aggregate },
        { "dp", "the same counts with noise: differential privacy for each person", publish_dp },
        { "synthesize", "records of nobody, with combinations as common as published",
          publish_synthesize },
        { "evaluate", "how far what is published is from the data, and how near to people",
          publish_evaluate },
        { "map", "case data in HTCDS 2.0 fields, with the columns of CTDC", publish_map },
        { "ledger", "what releases of a data set may tell together, and what was told",
          publish_ledger },
    };
    return choices_deed("publish", deeds, COUNT_OF(deeds), argc, argv);
}
