#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "model/disposition.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"

namespace hustings::phonebank {

/// A result that callers may choose: a built-in one, or one of the campaign's own, which has the
/// effects of the built-in one that it is based on.
struct NamedDisposition {
  std::string key;    ///< "no_answer"; of the campaign's own: small letters, digits and _
  std::string title;  ///< the campaign's own words; empty for built-in ones, which pages name
  Disposition base = Disposition::no_answer;
  std::optional<int> van_code;  ///< result code in VAN
  bool own = false;
  bool offered = true;  ///< whether callers may choose it
};

/// The result code that VAN has for a built-in disposition: nothing where VAN leaves it to the
/// committee. Source: NGP VAN's API reference (canvass responses) and the codes of its default
/// context.
std::optional<int> van_code_of(Disposition disposition);

/// What the campaign has added to the built-in dispositions. Calls may come from several threads.
class Dispositions {
 public:
  Dispositions(pg::Pool& pool, QueueTime time) : pool_(pool), time_(time) {}

  static constexpr std::size_t kOwnMax = 50;

  /// The built-in ones in their order, then the campaign's own by key.
  std::vector<NamedDisposition> all(Deadline deadline);
  /// Adds one of the campaign's own or saves its title, code and whether it is offered; of a
  /// built-in one the code only. Refuses: invalid, conflict (another base), over_limit.
  Result<NamedDisposition> save(const NamedDisposition& draft, const std::string& actor,
                                Deadline deadline);
  /// The built-in disposition behind one of the campaign's own. Refuses: invalid.
  Result<Disposition> base_of(std::string_view own, const std::string& where, Deadline deadline);

 private:
  std::vector<NamedDisposition> read(Deadline deadline);

  pg::Pool& pool_;
  QueueTime time_;
  Guarded<std::vector<NamedDisposition>> kept_;  ///< as last read; own ones are never removed
};

}  // namespace hustings::phonebank
