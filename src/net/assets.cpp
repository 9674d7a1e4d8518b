#include "net/assets.h"

#include <algorithm>

#include "base/text.h"

namespace hustings::net {
namespace {

const Asset* find(std::span<const Asset> assets, std::string_view path) {
  const auto found = std::ranges::find(assets, path, &Asset::path);
  return found == assets.end() ? nullptr : &*found;
}

bool looks_like_page(const Request& request) {
  return !request.path.contains('.') && request.header("accept").contains("text/html");
}

bool has_etag(std::string_view list, std::string_view etag) {
  if (trim(list) == "*") return true;
  return std::ranges::any_of(split(list, ','), [&](std::string_view one) {
    one = trim(one);
    if (one.starts_with("W/")) one.remove_prefix(2);
    return one == etag;
  });
}

}  // namespace

std::optional<Response> answer_asset(std::span<const Asset> assets, const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  const Asset* asset = find(assets, request.path == "/" ? "/index.html" : request.path);
  if (asset == nullptr && looks_like_page(request)) asset = find(assets, "/index.html");
  if (asset == nullptr) return std::nullopt;

  Response response;
  response.headers.emplace_back("ETag", asset->etag);
  response.headers.emplace_back(
      "Cache-Control", asset->is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.content_type = asset->content_type;
  if (has_etag(request.header("if-none-match"), asset->etag)) {
    response.status = 304;
  } else {
    response.body = asset->bytes;
  }
  return response;
}

}  // namespace hustings::net
