#pragma once

#include "base/error.h"
#include "net/message.h"

namespace hustings::api {

/// The one table of ErrorCode to HTTP. invalid is 422 where it names a field, else 400.
int status_of(const Error& error);
/// application/problem+json with the error's sentence; overloaded carries Retry-After unless
/// it is about one field.
net::Response problem(const Error& error);

}  // namespace hustings::api
