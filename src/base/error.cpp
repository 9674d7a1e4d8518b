#include "base/error.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace hustings {

std::string_view to_string(ErrorCode code) {
  static constexpr std::array<std::string_view, 13> kNames = {"invalid",
                                                              "not_found",
                                                              "conflict",
                                                              "unauthenticated",
                                                              "forbidden",
                                                              "suppressed",
                                                              "outside_calling_hours",
                                                              "lease_lost",
                                                              "over_limit",
                                                              "overloaded",
                                                              "expired",
                                                              "unavailable",
                                                              "cancelled"};
  return kNames.at(static_cast<std::size_t>(code));
}

std::string Error::text() const { return where.empty() ? sentence : where + ": " + sentence; }

void detail::check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "hustings: CHECK(%s) failed at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace hustings
