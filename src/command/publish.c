/* blueheart publish: the options, the files. What is done with them is the room's. */
#include "command/command.h"

#include <stdio.h>

int command_publish(int argc, char **argv)
{
    (void)argc, (void)argv;
    fprintf(stderr, "blueheart: publish is being built\n");
    return 1;
}
