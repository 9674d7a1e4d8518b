#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "forms/address_limit.h"
#include "forms/form.h"
#include "pg/pool.h"
#include "surveys/survey_service.h"

namespace hustings::forms {

inline constexpr std::size_t kFormNameBytesMax = 200;
inline constexpr std::int64_t kFormVotersMax = 100'000;
inline constexpr int kFormsShown = 200;

/// Web forms: made by staff, filled in by voters who have no account. The only writer of form and
/// form_link. Calls may come from several threads.
class FormService {
 public:
  FormService(pg::Pool& pool, surveys::SurveyService& surveys, const Clock& clock, Log& log);

  struct Draft {
    std::string name;
    ListId list;
    ScriptId script;
    Instant expires_at;
    std::string actor;
  };
  /// Refuses: invalid (a script that names the voter or has no questions), not_found, over_limit.
  Result<Form> create(const Draft& draft);
  Result<Form> get(FormId id) const;
  std::vector<Form> forms() const;  ///< newest first, at most kFormsShown
  /// Nobody can fill it in any more. Refuses: not_found.
  Result<Form> close(FormId id, const std::string& actor);
  /// A link for each member of the list who is not done; links handed out before end. Refuses:
  /// not_found, expired.
  Result<std::vector<FormLink>> make_links(FormId id, const std::string& actor);

  /// Who asks, from where, and with what of an earlier visit of the same browser.
  struct Visit {
    std::string token;
    std::string address;
    std::string browser;  ///< made by the page, kept in that browser only; empty: none
  };
  /// Refuses: not_found, expired, overloaded (too many requests from the address).
  Result<Sheet> open(const Visit& visit);
  struct Filled {
    std::vector<surveys::Answer> answers;  ///< all so far: they replace what was saved before
    bool is_done = false;                  ///< no more can be said after this
  };
  /// Keeps answers, and once it is done records them. Refuses also: invalid, conflict (it was done
  /// before).
  Result<Sheet> save(const Visit& visit, const Filled& filled);

 private:
  struct Opened;
  Result<Opened> find(pg::Connection& connection, const Visit& visit, bool is_writing);
  void record(pg::Transaction& transaction, const Opened& opened,
              const std::vector<surveys::Answer>& answers);

  pg::Pool& pool_;
  surveys::SurveyService& surveys_;
  const Clock& clock_;
  Log& log_;
  AddressLimit requests_;
  AddressLimit misses_;  ///< links that there are not: somebody who guesses
};

}  // namespace hustings::forms
