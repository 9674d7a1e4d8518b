#include <cstddef>
#include <cstdint>

#include "segments/testing/rule_bytes.h"

/// Built by `ninja segments_rule_fuzz`; runs with libFuzzer's options and a folder of texts:
/// segments_rule_fuzz -max_total_time=60 FOLDER src/segments/testing/rule_corpus
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hustings::segments::testing::try_rule_bytes({reinterpret_cast<const char*>(data), size});
  return 0;
}
