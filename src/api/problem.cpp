#include "api/problem.h"

#include <string_view>

namespace hustings::api {
namespace {

struct Row {
  int status;
  std::string_view title;
};

Row row_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return {422, "Invalid input"};
    case ErrorCode::not_found:
      return {404, "Not found"};
    case ErrorCode::conflict:
      return {409, "Conflict"};
    case ErrorCode::unauthenticated:
      return {401, "Not signed in"};
    case ErrorCode::forbidden:
      return {403, "Not allowed"};
    case ErrorCode::suppressed:
      return {409, "Must not be contacted"};
    case ErrorCode::outside_calling_hours:
      return {409, "Outside calling hours"};
    case ErrorCode::lease_lost:
      return {409, "Lease lost"};
    case ErrorCode::over_limit:
      return {413, "Over the limit"};
    case ErrorCode::overloaded:
      return {429, "Too much at once"};
    case ErrorCode::expired:
      return {410, "Expired"};
    case ErrorCode::unavailable:
      return {503, "Away just now"};
    case ErrorCode::cancelled:
      return {409, "Cancelled"};
  }
  return {500, "Broken"};
}

}  // namespace

int status_of(const Error& error) {
  if (error.code == ErrorCode::invalid && error.where.empty()) return 400;
  return row_of(error.code).status;
}

net::Response problem(const Error& error) {
  net::Response response = net::problem_response({.status = status_of(error),
                                                  .title = row_of(error.code).title,
                                                  .code = to_string(error.code),
                                                  .detail = error.sentence,
                                                  .where = error.where});
  // The server's own load is over in a moment; a lock on a field ends when its sentence says.
  const bool is_own_load = error.code == ErrorCode::overloaded && error.where.empty();
  if (is_own_load) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace hustings::api
