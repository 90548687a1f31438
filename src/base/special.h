/* base/special.h - the functions of statistics that C's library lacks or does not give to threads.
 *
 * Needs: nothing.    Never: a table of numbers where a formula will do. */
#ifndef BASE_SPECIAL_H
#define BASE_SPECIAL_H

double log_gamma(
    double x); /* ln of the gamma function; lgamma writes a variable that threads share */
double normal_share(double z);     /* how much of a standard normal law lies below z */
double normal_point(double share); /* its inverse; -INFINITY at 0, INFINITY at 1 */

#endif
