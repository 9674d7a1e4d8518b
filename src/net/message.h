#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace hustings::net {

/// What was streamed to disk for an upload route.
struct UploadedFile {
  std::filesystem::path
      path;  ///< in the upload folder; the handler's from now on: keep it or remove it
  std::int64_t bytes = 0;
  std::string sha256;  ///< 64 hexadecimal digits
};

using Header = std::pair<std::string, std::string>;
using Query = std::vector<std::pair<std::string, std::string>>;

/// One request, complete and within its limits. A plain value; a handler may keep copies.
struct Request {
  std::string method;                         ///< "GET"
  std::string path;                           ///< decoded, without the query: "/v1/lists/lst_…"
  std::string route;                          ///< the pattern that matched: "/v1/lists/{id}"
  std::map<std::string, std::string> params;  ///< what the pattern captured, decoded
  Query query;                                ///< in their order, decoded; at most 64
  std::vector<Header> headers;                ///< names in lower case
  std::string body;                           ///< empty for an upload route
  std::optional<UploadedFile> upload;         ///< upload routes only
  std::string remote_address;                 ///< without the port
  std::string id;                             ///< goes back as X-Request-Id and into the log
  Deadline deadline = Deadline::never();

  /// The first header of that name (in lower case); empty if there is none.
  std::string_view header(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
  std::optional<std::string> query_value(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<Header> headers;                ///< further ones: Set-Cookie, Location, ETag
  std::optional<std::filesystem::path> file;  ///< streamed in place of the body
  std::shared_ptr<const void> hold;           ///< let go once the answer was sent: of a made file

  /// The first header of that name, whatever its case; empty if there is none.
  std::string_view header(std::string_view name) const;
};

/// What an error looks like: application/problem+json with these fields (RFC 9457).
struct Problem {
  int status = 500;
  std::string_view title;   ///< a few words, the same for every problem of this code
  std::string_view code;    ///< for programs: "not_found"
  std::string_view detail;  ///< a sentence for a person
  std::string_view where;   ///< a field such as "voters[0].disposition"; left out when empty
};
Response problem_response(const Problem& problem);

}  // namespace hustings::net
