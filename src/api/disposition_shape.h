#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/context.h"
#include "api/phonebank_names.h"
#include "api/services.h"
#include "api/spec.h"
#include "model/disposition.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {

/// A result that callers may choose, with what follows from it.
struct DispositionShape {
  static constexpr std::string_view kName = "DispositionInfo";
  std::string key;
  std::optional<std::string> title;
  Disposition base = Disposition::no_answer;
  std::optional<std::int64_t> van_code;
  bool own = false;
  bool offered = true;
  bool ends = false;
  bool bars_number = false;
  bool bars_voter = false;
  bool spoken = false;
  static Fields fields() {
    using S = DispositionShape;
    return {field("key", &S::key, "What results and the API call it."),
            field("title", &S::title, "The campaign's words; null: pages name it."),
            field("base", &S::base, "The built-in one whose effects it has."),
            field("van_code", &S::van_code, "Its result code in VAN."),
            field("own", &S::own, "The campaign's own."),
            field("offered", &S::offered, "Callers may choose it."),
            field("ends", &S::ends, "The voter is not called again on this phone bank."),
            field("bars_number", &S::bars_number, "The number is barred, everywhere, at once."),
            field("bars_voter", &S::bars_voter, "The voter is barred, everywhere, at once."),
            field("spoken", &S::spoken, "It counts as a conversation.")};
  }
};

inline DispositionShape shown(const phonebank::NamedDisposition& named) {
  const DispositionEffect effect = effect_of(named.base);
  DispositionShape shape;
  shape.key = named.key;
  if (named.own) shape.title = named.title;
  shape.base = named.base;
  shape.van_code = named.van_code;
  shape.own = named.own;
  shape.offered = named.offered;
  shape.ends = effect.ends_target;
  shape.bars_number = effect.bars == Bars::number;
  shape.bars_voter = effect.bars == Bars::voter;
  shape.spoken = effect.spoken;
  return shape;
}

inline std::vector<DispositionShape> all_dispositions_of(const Context& context) {
  std::vector<DispositionShape> all;
  for (const auto& named : context.services().phonebank.dispositions().all(context.deadline()))
    all.push_back(shown(named));
  return all;
}

}  // namespace hustings::api
