#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "base/error.h"
#include "base/rng.h"
#include "cli/demo/campaign.h"
#include "cli/demo/phone_network.h"
#include "simulate/api_client.h"

namespace hustings::cli {

/// What the demo asks beside its phone bank, each step over the public API: a sample with a web
/// form and letters, and an experiment whose effect is known. Nobody here is real.
class Opinion {
 public:
  struct Options {
    std::uint16_t port = 0;
    int callers = 1;
    std::uint64_t seed = 1;
  };
  Opinion(ApiClient& api, const PhoneNetwork& network, Options options)
      : api_(api), network_(network), options_(options), rng_(mix64(options.seed) + 1) {}

  struct Survey {
    std::int64_t asked = 0;
    std::int64_t by_form = 0;
    std::int64_t by_letter = 0;
    std::int64_t begun = 0;  ///< forms that were not sent
  };
  /// A sample of a segment, asked by web form; the answers of letters are handed in by the API, as
  /// another program does.
  Result<Survey> ask_sample(const Campaign::Segment& segment);

  struct Effect {
    std::int64_t households = 0;  ///< that were called
    std::int64_t talks = 0;
    std::int64_t answers = 0;  ///< of both halves, afterwards
    double truth = 0;  ///< what calling moved of all who were to be called, as it was simulated
    double value = 0;  ///< as the experiment finds it
    double se = 0;
    double low = 0;
    double high = 0;
  };
  /// A test of calls: half of a list is called, then both halves are asked.
  Result<Effect> test_calls(const Campaign::Segment& segment);

 private:
  struct Person {
    std::string voter;
    int opinion = 3;  ///< as the phone network has it: 1 ours, 2 the other one, 3 undecided
  };
  /// Whom a rule holds for, by a segment of that name.
  Result<std::vector<Person>> people(const std::string& name, const boost::json::value& rule);
  Status fill_in(const std::string& token, const boost::json::value& script, const Person& person,
                 bool is_done);
  Status hand_in(const boost::json::array& answers);
  Result<std::string> open_bank(const std::string& list, std::string& join_code);
  Status call_half(const std::string& join_code, Effect& effect);
  Status ask_both(const std::string& list, const std::string& bank, Effect& effect);
  Status read_effect(const std::string& experiment, Effect& effect);

  ApiClient& api_;
  const PhoneNetwork& network_;
  const Options options_;
  Rng rng_;
};

}  // namespace hustings::cli
