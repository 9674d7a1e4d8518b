#include "make_people/voter_traits.h"

#include <algorithm>
#include <cmath>

namespace hustings::people {
namespace {

constexpr std::array<StatusReason, 24> kReasons = {{
    {Status::active, "A", "ACTIVE", "AV", "VERIFIED", 930},
    {Status::active, "A", "ACTIVE", "A1", "UNVERIFIED", 8},
    {Status::active, "A", "ACTIVE", "A2", "CONFIRMATION PENDING", 12},
    {Status::active, "A", "ACTIVE", "AL", "LEGACY DATA", 22},
    {Status::active, "A", "ACTIVE", "AN", "UNVERIFIED NEW", 8},
    {Status::active, "A", "ACTIVE", "AP", "VERIFICATION PENDING", 20},
    {Status::inactive, "I", "INACTIVE", "IN", "CONFIRMATION NOT RETURNED", 780},
    {Status::inactive, "I", "INACTIVE", "IU", "CONFIRMATION RETURNED UNDELIVERABLE", 190},
    {Status::inactive, "I", "INACTIVE", "IA", "ADMINISTRATIVE", 10},
    {Status::inactive, "I", "INACTIVE", "IL", "LEGACY - CONVERSION", 20},
    {Status::denied, "D", "DENIED", "DU", "VERIFICATION RETURNED UNDELIVERABLE", 700},
    {Status::denied, "D", "DENIED", "DI", "UNAVAILABLE ESSENTIAL INFORMATION", 120},
    {Status::denied, "D", "DENIED", "DN", "CONFIRMATION NOT RETURNED", 180},
    {Status::removed, "R", "REMOVED", "RL", "MOVED FROM COUNTY", 320},
    {Status::removed, "R", "REMOVED", "RS", "MOVED FROM STATE", 190},
    {Status::removed, "R", "REMOVED", "RD", "DECEASED", 190},
    {Status::removed, "R", "REMOVED", "RM",
     "REMOVED AFTER 2 FED GENERAL ELECTIONS IN INACTIVE STATUS", 180},
    {Status::removed, "R", "REMOVED", "RF", "FELONY CONVICTION", 50},
    {Status::removed, "R", "REMOVED", "R2", "DUPLICATE", 30},
    {Status::removed, "R", "REMOVED", "RQ", "REQUEST FROM VOTER", 20},
    {Status::removed, "R", "REMOVED", "RA", "ADMINISTRATIVE", 18},
    {Status::removed, "R", "REMOVED", "RT", "TEMPORARY REGISTRANT", 2},
    {Status::temporary, "S", "TEMPORARY", "SM", "MILITARY", 600},
    {Status::temporary, "S", "TEMPORARY", "SO", "OVERSEAS CITIZEN", 400},
}};

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

std::uint8_t percent(double probability) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(100 * probability), 0L, 100L));
}

const StatusReason* status_of(Rng& rng) {
  // Shares of the state's file of December 2020.
  constexpr std::array<double, 5> kShares = {0.8025, 0.088, 0.017, 0.091, 0.0015};
  const auto status = static_cast<Status>(rng.pick(kShares));
  double total = 0;
  for (const StatusReason& reason : kReasons)
    total += reason.status == status ? reason.weight : 0;
  double at = rng.unit() * total;
  const StatusReason* last = nullptr;
  for (const StatusReason& reason : kReasons) {
    if (reason.status != status) continue;
    last = &reason;
    if (at < reason.weight) break;
    at -= reason.weight;
  }
  return last;
}

// Registrations cluster before presidential elections and thin out into the past.
Date registered_on(Rng& rng, int birth_year) {
  const int first = std::max(birth_year + 18, 1946);
  const int last = kFileYear - 1;
  int year = last;
  if (first < last) {
    for (int attempt = 0; attempt < 4; ++attempt) {
      const auto back = static_cast<int>(-19.0 * std::log(1 - rng.unit()));
      year = std::max(first, last - back);
      if (year % 4 == 0 || rng.chance(0.45)) break;
    }
  }
  const bool campaign = year % 4 == 0 && rng.chance(0.6);
  const int month = campaign ? rng.between(7, 10) : rng.between(1, 12);
  return {static_cast<std::uint16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(rng.between(1, 28))};
}

void set_race(Rng& rng, Person& person) {
  constexpr std::array<std::string_view, kAncestries> kRaces = {"W", "B", "O", "A", "I"};
  const bool hispanic = person.ancestry == Ancestry::hispanic;
  person.race = kRaces[static_cast<std::size_t>(person.ancestry)];
  if (hispanic && rng.chance(0.4)) person.race = "W";
  const double other = rng.unit();
  const double unknown = person.age() < 35 ? 0.15 : 0.07;
  if (other < unknown) {
    person.race = "U";
  } else if (other < unknown + 0.009) {
    person.race = "M";
  } else if (other < unknown + 0.022) {
    person.race = "O";
  } else if (other < unknown + 0.0225) {
    person.race = "P";
  }
  const double answered = rng.unit();
  person.ethnicity = answered < 0.34 ? "UN" : hispanic ? "HL" : "NL";
}

// How far the voter leans to our candidate, in logits, from everything but party and chance.
double lean_of(const County& county, const Household& home, const Person& person) {
  // The county's lean holds its Black voters; take them out before it speaks for the others.
  const double others = county.lean - 0.03 * county.facts->black_percent;
  double lean = others;
  switch (person.ancestry) {
    case Ancestry::white:
      break;
    case Ancestry::black:
      lean = 2.3 + 0.25 * others;
      break;
    case Ancestry::hispanic:
      lean = 0.55 + 0.5 * others;
      break;
    case Ancestry::asian:
      lean = 0.75 + 0.5 * others;
      break;
    case Ancestry::native:
      lean = -0.1 + 0.3 * others;
      break;
  }
  lean += home.precinct->lean + home.lean;
  lean += person.sex == Sex::woman ? 0.18 : -0.18;
  lean += 0.008 * (48 - person.age());
  return lean;
}

std::string_view party_of(Rng& rng, double lean, int age) {
  constexpr std::array<std::string_view, 7> kSmall = {"LIB", "GRE", "CST", "NLB",
                                                      "JFA", "WTP", "LIB"};
  constexpr std::array<double, 7> kSmallShares = {5, 0.5, 0.2, 0.8, 0.3, 0.2, 0.5};
  if (rng.chance(0.0075)) return kSmall[rng.pick(kSmallShares)];
  const double none = std::clamp(0.535 - 0.11 * std::abs(lean) + 0.004 * (46 - age), 0.1, 0.68);
  if (rng.chance(none)) return "UNA";
  return rng.chance(logistic(1.7 * lean)) ? "DEM" : "REP";
}

void set_opinion(Rng& rng, const County& county, const Household& home, Person& person) {
  const double lean = lean_of(county, home, person) + 0.5 * rng.normal();
  person.party = party_of(rng, lean, person.age());
  double support = 1.1 * lean + 0.5 * rng.normal();
  if (person.party == "DEM") support += 1.2;
  if (person.party == "REP") support -= 1.5;
  person.truth.support = percent(logistic(support));

  const int age = person.age();
  double turnout = 1.15 + 0.024 * (std::min(age, 76) - 45) + 1.0 * rng.normal();
  if (age > 80) turnout -= 0.06 * (age - 80);
  if (person.party == "DEM" || person.party == "REP") turnout += 0.35;
  if (person.status->status == Status::inactive) turnout -= 2.2;
  if (person.status->status == Status::removed) turnout -= 1.2;
  person.truth.turnout = percent(logistic(turnout));
}

std::string_view language_of(Rng& rng, Ancestry ancestry) {
  constexpr std::array<std::string_view, 5> kAsian = {"zh", "vi", "hi", "ko", "hmn"};
  if (ancestry == Ancestry::hispanic && rng.chance(0.26)) return "es";
  if (ancestry == Ancestry::asian && rng.chance(0.18)) return kAsian[rng.below(5)];
  return "en";
}

std::string_view birth_state_of(Rng& rng, Ancestry ancestry) {
  constexpr std::array<std::string_view, 24> kStates = {
      "NY", "VA", "SC", "FL", "PA", "NJ", "OH", "GA", "CA", "TX", "MD", "IL",
      "MI", "TN", "WV", "MA", "KY", "IN", "CT", "AL", "DC", "WI", "MO", "WA"};
  const double kind = rng.unit();
  if (kind < 0.195) return "";
  const bool abroad = ancestry == Ancestry::hispanic || ancestry == Ancestry::asian;
  if (abroad && rng.chance(0.5)) return "OC";  // out of the country
  if (kind < 0.62) return "NC";
  return kStates[std::min(rng.below(24), rng.below(24))];
}

}  // namespace

void set_traits(Rng& rng, const County& county, const Household& home, Person& person) {
  person.status = status_of(rng);
  person.registered = registered_on(rng, person.birth_year);
  set_race(rng, person);
  set_opinion(rng, county, home, person);
  person.gender = rng.chance(person.age() < 35 ? 0.14 : 0.06) ? "U"
                  : person.sex == Sex::woman                  ? "F"
                                                              : "M";
  person.birth_state = birth_state_of(rng, person.ancestry);
  person.license = rng.chance(0.82);
  person.ssn = rng.chance(0.62);
  person.neither = !person.license && !person.ssn && rng.chance(0.1);
  person.must_identify = !person.license && !person.ssn && rng.chance(0.2);
  person.truth.language = language_of(rng, person.ancestry);
  person.padded = rng.chance(0.35);
  if (person.status->status == Status::removed) {
    // The state blanks what would reach a removed voter.
    person.phone = 0;
    person.phone_kind = PhoneKind::none;
  }
}

std::string_view phone_state_name(PhoneState state) {
  switch (state) {
    case PhoneState::none:
      return "none";
    case PhoneState::works:
      return "works";
    case PhoneState::disconnected:
      return "disconnected";
    case PhoneState::wrong_number:
      return "wrong_number";
  }
  return "none";
}

void set_phone_truth(Rng& rng, const Household& home, Person& person) {
  if (person.phone_kind != PhoneKind::full || person.confidential) return;
  const bool landline = person.phone == home.landline;
  Truth& truth = person.truth;
  // The household's line is one line: it works for all of them or for none.
  const double fate = landline ? unit_of(mix(person.phone)) : rng.unit();
  const double stale = 0.05 + 0.005 * std::min(kFileYear - int{person.registered.year}, 30);
  if (fate < (landline ? 0.12 : stale)) {
    truth.phone_state = PhoneState::disconnected;
    return;
  }
  const bool wrong = fate < (landline ? 0.16 : stale + 0.08);
  truth.phone_state = wrong ? PhoneState::wrong_number : PhoneState::works;
  const int age = person.age();
  double answers = age < 30 ? 0.07 : age < 45 ? 0.1 : age < 60 ? 0.16 : age < 70 ? 0.23 : 0.31;
  answers += 0.05 * rng.normal() + (landline ? 0.05 : 0);
  truth.answers_phone = percent(std::clamp(answers, 0.02, 0.7));
}

}  // namespace hustings::people
