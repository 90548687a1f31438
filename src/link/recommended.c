#include "link/recommended.h"

#include "base/limits.h"
#include "base/sink.h"

#include <sodium.h>

#define NAME(identifier)                                                                           \
    "    {\"identifier\": \"" identifier "\",\n"                                                   \
    "     \"format\": {\"type\": \"string\", \"encoding\": \"utf-8\", \"maxLength\": 80},\n"       \
    "     \"hashing\": {\"comparison\": {\"type\": \"ngram\", \"n\": 2, \"positional\": false},\n" \
    "                 \"strategy\": {\"bitsPerFeature\": 200}, \"hash\": {\"type\": "              \
    "\"blakeHash\"},\n"                                                                            \
    "                 \"missingValue\": {\"sentinel\": \"\"}}},\n"

static const char features[] = NAME("given_name") NAME(
    "family_name") "    {\"identifier\": \"birth_date\",\n"
                   "     \"format\": {\"type\": \"date\", \"format\": \"%Y-%m-%d\"},\n"
                   "     \"hashing\": {\"comparison\": {\"type\": \"ngram\", \"n\": 1, "
                   "\"positional\": true},\n"
                   "                 \"strategy\": {\"bitsPerFeature\": 200}, \"hash\": {\"type\": "
                   "\"blakeHash\"},\n"
                   "                 \"missingValue\": {\"sentinel\": \"\"}}},\n"
                   "    {\"identifier\": \"sex\",\n"
                   "     \"format\": {\"type\": \"enum\", \"values\": [\"F\", \"M\", \"X\"]},\n"
                   "     \"hashing\": {\"comparison\": {\"type\": \"exact\"},\n"
                   "                 \"strategy\": {\"bitsPerFeature\": 30}, \"hash\": {\"type\": "
                   "\"blakeHash\"},\n"
                   "                 \"missingValue\": {\"sentinel\": \"\"}}},\n"
                   "    {\"identifier\": \"nationality\",\n"
                   "     \"format\": {\"type\": \"string\", \"encoding\": \"ascii\", \"pattern\": "
                   "\"[A-Z]{3}\",\n"
                   "                \"description\": \"ISO 3166-1, three letters\"},\n"
                   "     \"hashing\": {\"comparison\": {\"type\": \"ngram\", \"n\": 3, "
                   "\"positional\": false},\n"
                   "                 \"strategy\": {\"bitsPerFeature\": 60}, \"hash\": {\"type\": "
                   "\"blakeHash\"},\n"
                   "                 \"missingValue\": {\"sentinel\": \"\"}}}\n";

str link_recommended(struct arena *a, const unsigned char *salt, size_t n)
{
    char text[128];
    struct sink out;
    sink_open(&out, a, KIB(16));
    sodium_bin2base64(text, sizeof text, salt, n, sodium_base64_VARIANT_ORIGINAL);
    put_lit(&out, "{\n  \"version\": 3,\n  \"clkConfig\": {\n    \"l\": 1024,\n    \"xorFolds\": "
                  "1, \"xor_folds\": 1,\n");
    put_lit(&out, "    \"kdf\": {\"type\": \"HKDF\", \"hash\": \"SHA256\", \"keySize\": 64,\n"
                  "            \"info\": \"Ymx1ZWhlYXJ0IGxpbms=\",\n            \"salt\": ");
    json_text(&out, str_of(text));
    put_lit(&out, "}\n  },\n  \"features\": [\n");
    put(&out, str_of(features));
    put_lit(&out, "  ]\n}\n");
    return sink_str(&out);
}
