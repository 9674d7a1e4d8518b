#include "cli/demo/random_uuid.h"

#include <fmt/format.h>

#include "base/secret.h"

namespace hustings::cli {

std::string random_uuid() {
  std::uint64_t high = random_u64();
  std::uint64_t low = random_u64();
  high = (high & 0xffffffffffff0fffULL) | 0x4000;               // version 4
  low = (low & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;  // RFC 9562's variant
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xffff,
                     high & 0xffff, low >> 48, low & 0xffffffffffffULL);
}

}  // namespace hustings::cli
