#pragma once

#include <string>

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"

namespace hustings::access {
class AccessService;
}
namespace hustings::registry {
class Registry;
}
namespace hustings::rights {
class RightsService;
}
namespace hustings::surveys {
class SurveyService;
}
namespace hustings::forms {
class AnswerImporter;
class FormService;
}  // namespace hustings::forms
namespace hustings::segments {
class Analysis;
class CountHistory;
class SegmentExport;
class SegmentService;
}  // namespace hustings::segments
namespace hustings::ingest {
class Importer;
}
namespace hustings::lists {
class ListService;
}
namespace hustings::phonebank {
class PhonebankService;
}
namespace hustings::dialling {
class Dialling;
}
namespace hustings::following {
class Follower;
class Priorities;
}  // namespace hustings::following
namespace hustings::experiments {
class ExperimentService;
}
namespace hustings::identity {
class Decisions;
class Finder;
class Resolver;
class Review;
}  // namespace hustings::identity
namespace hustings::spending {
class Inputs;
class Ledger;
class Plans;
}  // namespace hustings::spending
namespace hustings::pg {
class Pool;
}

namespace hustings::api {

/// What handlers work with; built by app/ and alive for as long as the server. Include the header
/// of the service you use in your resource's .cpp.
struct Services {
  access::AccessService& access;
  registry::Registry& registry;
  rights::RightsService& rights;
  surveys::SurveyService& surveys;
  forms::FormService& forms;
  forms::AnswerImporter& answer_importer;
  segments::SegmentService& segments;
  const segments::Analysis& analysis;
  const segments::CountHistory& counts;
  const segments::SegmentExport& exports;
  ingest::Importer& importer;
  lists::ListService& lists;
  phonebank::PhonebankService& phonebank;
  const following::Follower& follower;
  following::Priorities& priorities;
  dialling::Dialling& dialling;
  experiments::ExperimentService& experiments;
  identity::Decisions& decisions;
  identity::Resolver& resolver;
  identity::Review& review;
  identity::Finder& finder;
  spending::Inputs& spending_inputs;
  spending::Ledger& ledger;
  spending::Plans& plans;
  pg::Pool& pool;
  const Clock& clock;
  Log& log;
  const Config& config;
  std::string public_url;  ///< what links start with: "https://campaign.example", no slash after it
  std::string version;     ///< of this program: "0.1.0"
};

}  // namespace hustings::api
