#include "forms/address_limit.h"

namespace hustings::forms {

bool AddressLimit::take(const std::string& address, Instant now) {
  const auto windows = windows_.lock();
  if (windows->size() >= kAddressesMax) {
    std::erase_if(*windows, [&](const auto& entry) { return now - entry.second.since >= window_; });
    if (windows->size() >= kAddressesMax) windows->clear();
  }
  Window& window = (*windows)[address];
  if (window.count == 0 || now - window.since >= window_) window = {.since = now, .count = 0};
  return ++window.count <= most_;
}

bool AddressLimit::allows(const std::string& address, Instant now) {
  const auto windows = windows_.lock();
  const auto found = windows->find(address);
  return found == windows->end() || now - found->second.since >= window_ ||
         found->second.count < most_;
}

}  // namespace hustings::forms
