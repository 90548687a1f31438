/* Signatures made once by node's cryptography, over the request of signature_test.c; keys made for this and thrown away. */
#define VECTOR_RSA_KEY \
    "-----BEGIN PUBLIC KEY-----\n" \
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2Qy1SnL8qL9q5wSWmVKs\n" \
    "+s3KKkfPwwU+Bq6R6uGNXAEYcmoIHuOBdecyn7SbWjnswWKNgEKL+joNdGC5ZI8Q\n" \
    "ynX3W0EjT6r4Kc8WYbcXNSGMO6YT87XifrWfzfyidmCRdStvWleRlPCELTtSNTfX\n" \
    "3+Ap1bRCDOzq0rxCyPmm0MiI3wRkmzRk2TW3++QEnrx6OYITZSmTTX/OiQOMilIN\n" \
    "x/enGNw14cE171VlmoAub2y3fl7BbfHZqCuoGtG6MtLomOxUP2JmGhQ1X4EPECB7\n" \
    "sOKDTssfunQCin7uO7ymElOjBNb5NSqH4z6PeSsIT7m8FsI+rmzTyy4tdHKDG7AD\n" \
    "lwIDAQAB\n" \
    "-----END PUBLIC KEY-----\n"
#define VECTOR_ED25519_KEY \
    "-----BEGIN PUBLIC KEY-----\n" \
    "MCowBQYDK2VwAyEAKYNtDf4hd7MvXpQx3mfNoMYrNqxlLpjnjH0lZczpWX8=\n" \
    "-----END PUBLIC KEY-----\n"
#define VECTOR_P256_KEY \
    "-----BEGIN PUBLIC KEY-----\n" \
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEn+gjbRM/UyjfGQJRogLvrtd8SJMO\n" \
    "L15LDgtNIF6BaoxrdXh6mEjIQSrTpNt6uOWseRtkKKsx4iOqQT3Jjh8CvQ==\n" \
    "-----END PUBLIC KEY-----\n"
#define VECTOR_SECRET "a secret of thirty-two bytes ...."
#define VECTOR_SHA256 "GYwYnH3BiO6aICFt0ThC5bUIJ4byvqdpWtR8m5fNkww="
#define VECTOR_SHA512 "vQGMZNZBOZZ8BVm4X6SU+xRumIYdhE82AoDhrcRsvqb1ZhzSG5pTuNFTwj9G5nxvxgqPsEgmmbi/XTyI9WOhCA=="
#define VECTOR_DRAFT \
    "JwhSAmYmbKKgi9OMqg5bflVyrS9uUUuv1Fa/ll2QrTc1BvuNTPPC2hckU6khd3jbeXnLCzwvIAEBTx6wjVkkaN88Et92SJ3b5PVTbHw0b6ct1RvOw1d9D7+J2pv6yjfWJDTjPrS9eIYuILEouc1j9ESkl1Rvtr7sH8qOze3QLY6TYkJr5c/oEYp8UwZp/X6STsfLUTHCJbmhknaZYxDr4OTubUAE00vk5I0qaLPv3vhreK6fLsbNxlRgwocrABOnbvaxezH7GiEVHh1JVcXcw71QoB/qvBLYjajtx+jJTDy140Q4uJod3SH6nzOKrz9b5W6tC75ejPBu8CNWMnBsgA=="
static const struct {
    const char *algorithm, *bytes;
} vectors[] = {
    { "rsa-v1_5-sha256", "A9JFd88KFTkQB8UDEznUQ5Dx6g/ojtQ6X6zEZn4QciGGZVnmXsVEpOTCDbuFH8XeDRDjF98ohkA6FWKLmMXRb93SRkjYJtpKX9Tl2cxFq2KU9YPx3892RitCNALp2s9N40e1lNLVtJCdOdUCuutyfsPbcp6h+Z6emOztWcrybf7VTrjHhSDurZ2zW/xrrTcJF7a6RVerWM+PzJ9I034p6YkMZYazNmHjZ8bqohZemPYkpkrilyMWpT7CIUJEGsXQl88OszT9rmEywBs3HPNmBsHkSZiS96r65MCcj9VV27/Kv2Kr2jogaJMa+k3vAn/jnXOoWKYWEL66P/+e/nX0vg==" },
    { "rsa-pss-sha512", "VLjDQgkGAv6QkjwGaoay9x32Ex/rJGAc1bddO2XwWr4+AVifxW6ik/01xskVLahnPMUA2KIXluRL9p3+8n2o/akwbnnUGwxYoog0cgNaQwuhWQ3yaOCr/Onv95JIVeRq1DSQdSNoMmXP+RJQnn+Ddebn0PtsKSgsFGLpfSbFakVdgnkClROdnG/ipVNYq7X1T39I1TPyab4ASGq2lpUgdEYge9Gdgc5Lt5Yi2J00aEpR3bg2pXmdtj3z2D35A2wITJKcMiO+T2DtJiuYayPFYKbdnhfbG0u3EG1nh+S8s56EsDR1+V3vbo+86xXTKxNLBz0koaY9CVeYFEEBcfOvkg==" },
    { "ed25519", "P/McoZ3iuFVM0QJ8Xid+OHLj1CZNykaFfRYN/MtOH4Oi7uMnX6cDFjizQFIZBPWfQzAXwqrwk8qyEaoJDVw5BA==" },
    { "ecdsa-p256-sha256", "k2Nu73h+UFOPWLIUmcgQZrm+R9mxSEK0dU1EyjC/WuGSh8tlhWmnCxUC607WFM0uWOqRoYUymFMH4X3OUN80Pg==" },
    { "hmac-sha256", "MtLzEteaV9n8E6oxl307gx1Jr/3FHDo7UBRixCT8ta4=" },
};
