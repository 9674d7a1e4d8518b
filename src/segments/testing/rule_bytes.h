#pragma once

#include <string_view>

namespace hustings::segments::testing {

/// Reads any bytes as a rule's text and as its JSON, and ends the program where a promise is
/// broken: what is read is written and read again as the same, in both; a problem lies within the
/// text. For the fuzzer and for its corpus.
void try_rule_bytes(std::string_view bytes);

}  // namespace hustings::segments::testing
