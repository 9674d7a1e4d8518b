#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "net/message.h"

namespace hustings::net {

/// One file of the web pages, embedded in the program by tools/embed_assets.mjs.
struct Asset {
  std::string_view path;          ///< "/app-4f2a.js"; "/index.html" is the page itself
  std::string_view content_type;  ///< "text/javascript; charset=utf-8"
  std::string_view bytes;
  std::string_view etag;      ///< with its quotes
  bool is_immutable = false;  ///< the name carries a digest, so it may be kept for a year
};

/// Answers GET and HEAD for a file of that path, with ETag and If-None-Match. A path without a dot
/// that a browser asks for as a page gets /index.html, which shows the right view itself. Nothing
/// for any other request.
std::optional<Response> answer_asset(std::span<const Asset> assets, const Request& request);

}  // namespace hustings::net
