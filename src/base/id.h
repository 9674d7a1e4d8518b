#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hustings {

namespace detail {
std::string id_to_text(std::string_view prefix, std::int64_t value);
std::optional<std::int64_t> id_from_text(std::string_view prefix, std::string_view text);
}  // namespace detail

/// A number that names one thing of one kind; two kinds do not mix. `Tag::kPrefix` is what its
/// text in the API starts with: "vtr_" and 13 letters or digits, opaque so that nobody counts
/// voters by reading ids, and the same for ever. Id{0} names nothing.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::int64_t value) : value_(value) {}

  constexpr std::int64_t value() const { return value_; }
  constexpr explicit operator bool() const { return value_ != 0; }
  std::string text() const { return detail::id_to_text(Tag::kPrefix, value_); }
  static std::optional<Id> from_text(std::string_view text) {
    const auto value = detail::id_from_text(Tag::kPrefix, text);
    return value ? std::optional(Id(*value)) : std::nullopt;
  }

  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::int64_t value_ = 0;
};

}  // namespace hustings

template <class Tag>
struct std::hash<hustings::Id<Tag>> {
  std::size_t operator()(hustings::Id<Tag> id) const {
    return std::hash<std::int64_t>{}(id.value());
  }
};
