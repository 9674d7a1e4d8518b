#pragma once

#include <cstdint>
#include <exception>
#include <expected>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// How Hustings says that something did not work.
///
/// A caller must handle a `Result<T>`: the input was wrong, a lease was lost, a limit was reached.
/// A `Failure` is thrown when the world is broken (database gone, disk full); it is caught in three
/// places only: the request, the background job, main().
namespace hustings {

enum class ErrorCode : std::uint8_t {
  invalid,                ///< The input is wrong; the sentence says what, where and how to mend it.
  not_found,              ///< No such thing, or none that this person may see.
  conflict,               ///< It exists already, or was changed meanwhile.
  unauthenticated,        ///< Nobody is signed in.
  forbidden,              ///< Signed in, but the role does not allow it.
  suppressed,             ///< Do-not-call, or another bar on contact.
  outside_calling_hours,  ///< The voter may not be called at this moment.
  lease_lost,             ///< The lease has ended or was given to someone else.
  over_limit,             ///< Larger, longer or more than the named limit.
  overloaded,             ///< Too much at once; try again after a moment.
  expired,                ///< A link, session or deadline has passed.
  unavailable,            ///< Something outside this program is away.
  cancelled,              ///< A person or a signal stopped it.
};

/// The code's name as the API shows it, e.g. "lease_lost".
std::string_view to_string(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::invalid;
  std::string sentence;  ///< For a person: what is wrong and how to mend it. No personal data.
  std::string where;     ///< A field, "file:line", or a configuration key; may be empty.

  /// "where: sentence", or the sentence alone.
  std::string text() const;
};

template <class T>
struct [[nodiscard]] Result : std::expected<T, Error> {
  using std::expected<T, Error>::expected;
};
using Status = Result<void>;

/// `return refuse(ErrorCode::not_found, "There is no such list.");`
inline std::unexpected<Error> refuse(ErrorCode code, std::string sentence, std::string where = "") {
  return std::unexpected(Error{code, std::move(sentence), std::move(where)});
}
inline std::unexpected<Error> invalid(std::string sentence, std::string where = "") {
  return refuse(ErrorCode::invalid, std::move(sentence), std::move(where));
}

/// The world is broken: the database is gone, the disk is full. Holds no personal data.
class Failure : public std::exception {
 public:
  explicit Failure(std::string sentence) : sentence_(std::move(sentence)) {}
  const char* what() const noexcept override { return sentence_.c_str(); }

 private:
  std::string sentence_;
};

namespace detail {
template <class T>
T take(Result<T>& result) {
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}  // namespace detail

}  // namespace hustings

/// The value of a Result, or return its error from this function:
/// `const Lease lease = TRY(queue.claim(caller));`
#define TRY(expression)                                                       \
  ({                                                                          \
    auto try_result_ = (expression);                                          \
    if (!try_result_) return std::unexpected(std::move(try_result_).error()); \
    ::hustings::detail::take(try_result_);                                    \
  })

/// For our own mistakes only, never reachable by input; stays in release builds.
#define CHECK(condition)        \
  (static_cast<bool>(condition) \
       ? void()                 \
       : ::hustings::detail::check_failed(#condition, __FILE__, __LINE__))
