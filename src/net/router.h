#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hustings::net {

/// Finds the route for a method and path. A pattern is "/v1/lists/{id}/rows": a part in braces
/// captures one part of the path; a part that is spelled out goes before one that captures.
class Router {
 public:
  /// Adds route number `index`. Two routes of one method must not have the same shape.
  void add(const std::string& method, const std::string& pattern, std::size_t index);

  struct Match {
    std::optional<std::size_t> index;           ///< none: see allowed
    std::map<std::string, std::string> params;  ///< decoded
    std::vector<std::string> allowed;           ///< methods of the path, when the asked one is none
    bool is_malformed = false;                  ///< a broken %-escape
  };
  /// HEAD is answered by GET's route.
  Match match(std::string_view method, std::string_view raw_path) const;

 private:
  struct Entry {
    std::string method;
    std::vector<std::string> parts;  // "{name}" captures
    std::size_t index;
  };
  std::map<std::size_t, std::vector<Entry>> by_length_;  // number of parts -> routes
};

}  // namespace hustings::net
