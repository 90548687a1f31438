/* blueheart estimate: the options, the files. What is done with them is the room's. */
#include "command/command.h"

#include <stdio.h>

int command_estimate(int argc, char **argv)
{
    (void)argc, (void)argv;
    fprintf(stderr, "blueheart: estimate is being built\n");
    return 1;
}
