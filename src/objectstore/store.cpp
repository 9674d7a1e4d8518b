#include "objectstore/store.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::objectstore {
namespace {

constexpr std::size_t kNameBytesMax = 512;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == '%';
}

}  // namespace

Status check_name(std::string_view name) {
  bool is_good = !name.empty() && name.size() <= kNameBytesMax;
  for (const std::string_view part : split(name, '/')) {
    is_good =
        is_good && !part.empty() && part.front() != '.' && std::ranges::all_of(part, is_name_byte);
  }
  if (is_good) return {};
  return invalid(
      "An object's name must be letters, digits and ._-% with / between its parts, and no part may "
      "start with a dot.");
}

Result<std::string> read_all(Store& store, std::string_view name, std::uint64_t bytes_max) {
  const auto reader = TRY(store.get(name));
  std::string out;
  std::array<char, 64 * 1024> room;
  while (const std::size_t got = reader->read(room)) {
    if (out.size() + got > bytes_max) {
      return refuse(ErrorCode::over_limit, fmt::format("{} in {} is longer than {} bytes.", name,
                                                       store.place(), bytes_max));
    }
    out.append(room.data(), got);
  }
  return out;
}

Status write_all(Store& store, std::string_view name, std::string_view bytes) {
  const auto writer = TRY(store.put(name));
  writer->write(bytes);
  return writer->commit();
}

}  // namespace hustings::objectstore
