#include "command/link.h"
int link_overlap_deed(int argc, char **argv)
{
    (void)argc, (void)argv;
    return 1;
}
int link_evaluate_deed(int argc, char **argv)
{
    (void)argc, (void)argv;
    return 1;
}
