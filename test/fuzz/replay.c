/* Every seed given once to a target, without a fuzzer: built from the objects that the other tests have under gcc's sanitizers,
 * so that nothing is compiled a second time. */
#include "test/fuzz/fuzz.h"

#pragma weak LLVMFuzzerInitialize

#define SEED_MAX MIB(1)

int main(int argc, char **argv)
{
    static uint8_t bytes[SEED_MAX];
    if (LLVMFuzzerInitialize) LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) {
            perror(argv[i]);
            return 1;
        }
        size_t n = fread(bytes, 1, sizeof bytes, f);
        fclose(f);
        fprintf(stderr, "%s\n", argv[i]);
        LLVMFuzzerTestOneInput(bytes, n);
    }
    return 0;
}
