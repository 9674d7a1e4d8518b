#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/error.h"
#include "net/client.h"

namespace hustings::simulate {

/// One session on the public API over HTTP, as a browser has it: keeps the cookie and the token for
/// writes. For one thread at a time.
class ApiClient {
 public:
  explicit ApiClient(std::uint16_t port);

  /// An answer of 400 and above is an error with the problem's own sentence.
  Result<boost::json::value> get(const std::string& path);
  Result<boost::json::value> post(const std::string& path, const boost::json::value& body);
  /// An answer that is no JSON: a CSV file.
  Result<std::string> text(std::string_view method, const std::string& path);
  Result<boost::json::value> put(const std::string& path, const boost::json::value& body);
  /// A CSV text, as the body of a PUT.
  Result<boost::json::value> put_csv(const std::string& path, std::string text);
  Result<boost::json::value> upload(const std::filesystem::path& file);

  /// Of the session, for whoever goes on with it elsewhere.
  const std::string& cookie() const { return cookie_; }
  const std::string& csrf() const { return csrf_; }
  /// Closes the kept connection; the session stays.
  void disconnect() { client_.disconnect(); }

 private:
  Result<boost::json::value> take(const net::Response& response);
  std::vector<net::Header> headers(std::string_view type = "application/json") const;

  net::Client client_;
  std::string cookie_;
  std::string csrf_;
};

/// A number (rounded) or a text of an answer, by a path such as "counts.ready". Throws Failure when
/// it is not there: the server and this program are of one build.
std::int64_t number_at(const boost::json::value& answer, std::string_view path);
std::string text_at(const boost::json::value& answer, std::string_view path);

}  // namespace hustings::simulate
