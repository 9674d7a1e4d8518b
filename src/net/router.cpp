#include "net/router.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "net/url.h"

namespace hustings::net {
namespace {

bool captures(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(path.substr(1), '/'))
    parts.emplace_back(part);
  return parts;
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (captures(pattern[i]) ? path[i].empty() : pattern[i] != path[i]) return false;
  }
  return true;
}

/// Spelled-out parts sort before those that capture, place by place.
bool goes_before(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (captures(a[i]) != captures(b[i])) return captures(b[i]);
  }
  return false;
}

}  // namespace

void Router::add(const std::string& method, const std::string& pattern, std::size_t index) {
  CHECK(pattern.starts_with('/'));
  auto parts = parts_of(pattern);
  auto& entries = by_length_[parts.size()];
  for (const Entry& entry : entries) {
    const bool same_shape =
        !goes_before(entry.parts, parts) && !goes_before(parts, entry.parts) &&
        std::ranges::equal(entry.parts, parts, [](const auto& a, const auto& b) {
          return captures(a) ? captures(b) : a == b;
        });
    CHECK(!(same_shape && entry.method == method));
  }
  const auto place = std::ranges::find_if(
      entries, [&](const Entry& entry) { return goes_before(parts, entry.parts); });
  entries.insert(place, {method, std::move(parts), index});
}

Router::Match Router::match(std::string_view method, std::string_view raw_path) const {
  Match found;
  std::vector<std::string> parts;
  for (const std::string_view part : split(raw_path.substr(1), '/')) {
    auto decoded = percent_decode(part, false);
    if (!decoded) {
      found.is_malformed = true;
      return found;
    }
    parts.push_back(*std::move(decoded));
  }
  const auto entries = by_length_.find(parts.size());
  if (entries == by_length_.end()) return found;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Entry& entry : entries->second) {
    if (!fits(entry.parts, parts)) continue;
    if (entry.method == wanted) {
      found.index = entry.index;
      found.allowed.clear();
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string& name = entry.parts[i];
        if (captures(name)) found.params[name.substr(1, name.size() - 2)] = std::move(parts[i]);
      }
      return found;
    }
    found.allowed.push_back(entry.method);
    if (entry.method == "GET") found.allowed.emplace_back("HEAD");
  }
  std::ranges::sort(found.allowed);
  const auto doubled = std::ranges::unique(found.allowed);
  found.allowed.erase(doubled.begin(), doubled.end());
  return found;
}

}  // namespace hustings::net
