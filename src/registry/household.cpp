#include "registry/household.h"

#include <array>
#include <cstddef>

#include "normalise/address.h"
#include "registry/row_hash.h"

namespace hustings::registry {
namespace {

/// The address as one text in a buffer of fixed size; what does not fit is left out.
class Normalised {
 public:
  void add(std::string_view part) {
    bool blank = false;
    bool any = false;
    for (char c : part) {
      if (c == ' ' || c == '\t') {
        blank = true;
        continue;
      }
      if (blank && any) put(' ');
      blank = false;
      any = true;
      put(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    }
    put('\n');
  }
  std::string_view view() const { return {text_.data(), size_}; }

 private:
  void put(char c) {
    if (size_ < text_.size()) text_[size_++] = c;
  }
  std::array<char, 512> text_;
  std::size_t size_ = 0;
};

}  // namespace

std::int64_t household_id(const HouseholdAddress& address) {
  if (address.street.empty()) return 0;
  // The key of Publication 28's parts: "12 Oak Street" and "12 OAK ST" are one household.
  static thread_local normalise::Address parts;
  static thread_local std::string key;
  normalise::parse_address_to(address.street, "", parts);
  normalise::address_key_to(parts, key);
  Normalised text;
  text.add(address.state);
  text.add(address.zip5);
  text.add(key.empty() ? address.street : std::string_view(key));
  const auto id = static_cast<std::int64_t>(row_hash(text.view()) >> 1);
  return id == 0 ? 1 : id;
}

}  // namespace hustings::registry
