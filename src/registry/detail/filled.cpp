#include "registry/detail/filled.h"

#include "base/error.h"

namespace hustings::registry::detail {

std::string filled(const pg::Statement& statement,
                   std::initializer_list<std::pair<std::string_view, std::int64_t>> numbers) {
  std::string text(statement.text);
  for (const auto& [name, number] : numbers) {
    const std::string mark = '{' + std::string(name) + '}';
    const std::string digits = std::to_string(number);
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), digits);
      at += digits.size();
    }
  }
  CHECK(text.find('{') == std::string::npos);
  return text;
}

}  // namespace hustings::registry::detail
