#include "normalise/phone.h"

#include <algorithm>
#include <string>

#include "normalise/detail/phone_plans.h"
#include "normalise/detail/phone_text.h"

namespace hustings::normalise {
namespace {

using detail::accepted_by;
using detail::match_prefix;
using detail::PhonePlan;
using detail::PhonePrefix;

constexpr std::size_t kNationalMin = 2;
constexpr std::size_t kNationalMax = 17;
constexpr std::size_t kCallingCodeMax = 3;
/// An int64 holds this many digits whatever they are; no number that can be dialled from abroad has
/// more than 15.
constexpr std::size_t kE164Max = 18;
/// What can be dialled from abroad; some plans know longer numbers within a firm.
constexpr PhoneNumber kBeyondE164 = 1'000'000'000'000'000;

/// Digits in a buffer of their own.
class Digits {
 public:
  Digits() = default;
  explicit Digits(std::string_view digits) { append(digits); }
  void append(std::string_view digits) {
    for (const char c : digits) {
      if (size_ < text_.size()) text_[size_++] = c;
    }
  }
  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, detail::kPhoneTextMax> text_;
  std::size_t size_ = 0;
};

std::span<const PhonePlan> plans_of(int calling_code) {
  const auto plans = detail::phone_plans();
  const auto found = std::ranges::equal_range(plans, calling_code, {}, &PhonePlan::calling_code);
  return {found.begin(), found.end()};
}

const PhonePlan* plan_of(std::string_view country) {
  if (country.size() != 2) return nullptr;
  for (const PhonePlan& plan : detail::phone_plans()) {
    if (plan.country == country) return &plan;
  }
  return nullptr;
}

bool is_general(const PhonePlan& plan, std::string_view national) {
  return (accepted_by(plan, national) & 1) != 0;
}

PhoneType type_in(const PhonePlan& plan, std::string_view national) {
  const std::uint16_t accepted = accepted_by(plan, national);
  if ((accepted & 1) == 0) return PhoneType::unknown;
  const auto place = static_cast<std::size_t>(&plan - detail::phone_plans().data());
  const auto lengths = detail::phone_type_lengths(place);
  const auto is_type = [&](std::size_t type) {
    return (accepted >> (type + 1) & 1) != 0 && (lengths[type] >> national.size() & 1) != 0;
  };
  if (is_type(0)) {
    return plan.mobile_is_fixed || is_type(1) ? PhoneType::fixed_line_or_mobile
                                              : PhoneType::fixed_line;
  }
  // In the order in which libphonenumber asks.
  constexpr std::array<std::pair<std::size_t, PhoneType>, 9> kOthers = {
      {{1, PhoneType::mobile},
       {3, PhoneType::premium_rate},
       {2, PhoneType::toll_free},
       {9, PhoneType::shared_cost},
       {8, PhoneType::voip},
       {4, PhoneType::personal_number},
       {7, PhoneType::pager},
       {6, PhoneType::uan},
       {5, PhoneType::voicemail}}};
  for (const auto& [place_of_type, type] : kOthers) {
    if (is_type(place_of_type)) return type;
  }
  return PhoneType::unknown;
}

/// The plan of the country to which a number of a shared calling code belongs; null: not known.
const PhonePlan* exact_plan(std::span<const PhonePlan> plans, std::string_view national) {
  if (plans.empty() || plans.front().country == "001") return nullptr;
  if (plans.size() == 1) return &plans.front();
  for (const PhonePlan& plan : plans) {
    PhonePrefix ignored;
    if (plan.leading != 0 ? match_prefix(plan.leading, national, ignored)
                          : type_in(plan, national) != PhoneType::unknown) {
      return &plan;
    }
  }
  return nullptr;
}

bool may_have_length(const PhonePlan& plan, std::size_t size) {
  const std::uint32_t lengths = plan.lengths;
  if (size > 31) return true;  // too long is not said here
  if ((lengths >> size & 1) != 0) return true;
  return (lengths >> size) == 0;
}
bool is_too_long(const PhonePlan& plan, std::size_t size) {
  return size > 31 || (plan.lengths >> size) == 0;
}

/// What is left of `number` behind the national prefix, as the plan rewrites it.
Digits without_prefix(const PhonePlan& plan, std::string_view number) {
  PhonePrefix prefix;
  if (number.empty() || !match_prefix(plan.prefix, number, prefix)) return Digits(number);
  const bool has_group = plan.prefix_groups > 0 && !prefix.groups[plan.prefix_groups].empty();
  if (plan.transform.empty() || !has_group) return Digits(number.substr(prefix.size));
  Digits national;
  for (std::size_t i = 0; i < plan.transform.size(); ++i) {
    if (plan.transform[i] == '$') {
      national.append(prefix.groups[static_cast<std::size_t>(plan.transform[++i] - '0')]);
    } else {
      national.append(plan.transform.substr(i, 1));
    }
  }
  national.append(number.substr(prefix.size));
  return national;
}

/// The national number: its prefix is only taken off where that leaves a number.
Digits national_number(const PhonePlan& plan, std::string_view number) {
  const Digits national = without_prefix(plan, number);
  if (national.view() == number) return national;
  if (is_general(plan, number) && !is_general(plan, national.view())) return Digits(number);
  const PhonePlan* exact = exact_plan(plans_of(plan.calling_code), national.view());
  if (!may_have_length(exact != nullptr ? *exact : plan, national.view().size())) {
    return Digits(number);
  }
  return national;
}

/// A number with its calling code taken off.
struct Split {
  int calling_code = 0;  ///< 0: the text does not say it
  std::string_view rest;
  bool is_none = false;  ///< it says one that nobody has
};

Split split_international(std::string_view digits) {
  if (digits.empty() || digits.front() == '0') return {.is_none = true};
  int code = 0;
  for (std::size_t i = 0; i < kCallingCodeMax && i < digits.size(); ++i) {
    code = code * 10 + (digits[i] - '0');
    if (!plans_of(code).empty()) return {.calling_code = code, .rest = digits.substr(i + 1)};
  }
  return {.is_none = true};
}

std::string_view without_idd(const PhonePlan& plan, std::string_view digits) {
  PhonePrefix prefix;
  if (!match_prefix(plan.idd, digits, prefix) || prefix.size == 0) return digits;
  const std::string_view rest = digits.substr(prefix.size);
  return rest.empty() || rest.front() == '0' ? digits : rest;
}

/// "49 30 …" from Germany without the plus: only where it is no national number as it stands.
bool begins_with_own_code(const PhonePlan& plan, std::string_view digits, Split& out) {
  std::array<char, 4> code{};
  std::size_t size = 0;
  for (int divisor = 100; divisor > 0; divisor /= 10) {
    if (plan.calling_code >= divisor || size > 0) {
      code[size++] = static_cast<char>('0' + plan.calling_code / divisor % 10);
    }
  }
  if (!digits.starts_with(std::string_view(code.data(), size))) return false;
  const std::string_view shorter = digits.substr(size);
  const Digits national = national_number(plan, digits);
  const Digits shorter_national = national_number(plan, shorter);
  const bool reads_better =
      !is_general(plan, national.view()) && is_general(plan, shorter_national.view());
  if (!reads_better && !is_too_long(plan, national.view().size())) return false;
  out = {.calling_code = plan.calling_code, .rest = shorter};
  return true;
}

Split split_calling_code(std::string_view digits, bool plus, const PhonePlan* home) {
  if (plus) return split_international(digits);
  if (home == nullptr || digits.empty()) return {.is_none = true};
  const std::string_view abroad = without_idd(*home, digits);
  if (abroad.size() != digits.size()) return split_international(abroad);
  Split own;
  if (begins_with_own_code(*home, digits, own)) return own;
  return {.rest = digits};
}

/// 0000000000, 5555555555, and (919) 000-0000: nobody has them, whatever the metadata say.
bool is_filler(int calling_code, std::string_view national) {
  const auto all_same = [](std::string_view digits) {
    return digits.find_first_not_of(digits.front()) == std::string_view::npos;
  };
  if (all_same(national)) return true;
  return calling_code == 1 && national.size() == 10 && all_same(national.substr(3));
}

PhoneNumber joined(int calling_code, std::string_view national) {
  PhoneNumber number = calling_code;
  for (const char c : national)
    number = number * 10 + (c - '0');
  return number;
}

CountryCode country_code(std::string_view country) {
  CountryCode code{};
  std::ranges::copy(country.substr(0, code.size()), code.begin());
  return code;
}

Phone facts_of(int calling_code, std::string_view national, const PhonePlan* home) {
  const auto plans = plans_of(calling_code);
  const PhonePlan* plan = exact_plan(plans, national);
  if (plan == nullptr) plan = home;
  Phone phone;
  phone.number = joined(calling_code, national);
  if (plan != nullptr) phone.country = country_code(plan->country);
  if (plan == nullptr && !plans.empty()) {
    plan = &plans.front();
    if (plan->country == "001") phone.country = country_code(plan->country);
  }
  if (plan != nullptr) phone.type = type_in(*plan, national);
  phone.is_valid = phone.type != PhoneType::unknown;
  return phone;
}

}  // namespace

std::string_view to_string(PhoneType type) {
  constexpr std::array<std::string_view, 12> kNames = {
      "unknown",         "fixed_line",   "mobile",      "fixed_line_or_mobile",
      "toll_free",       "premium_rate", "shared_cost", "voip",
      "personal_number", "pager",        "uan",         "voicemail"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view country_text(const CountryCode& country) {
  const std::string_view text(country.data(), country.size());
  return text.substr(0, text.find('\0'));
}

std::optional<Phone> read_phone(std::string_view text, std::string_view default_country) {
  detail::PhoneText read;
  if (!read.read(text)) return std::nullopt;
  const PhonePlan* home = plan_of(default_country);
  const Split split = split_calling_code(read.digits(), read.has_plus(), home);
  if (split.is_none) return std::nullopt;
  const bool is_national = split.calling_code == 0;
  const PhonePlan& plan = is_national ? *home : plans_of(split.calling_code).front();
  const Digits national = national_number(plan, split.rest);
  const std::string_view digits = national.view();
  if (digits.size() < kNationalMin || digits.size() > kNationalMax) return std::nullopt;
  if (std::to_string(plan.calling_code).size() + digits.size() > kE164Max) return std::nullopt;
  if (is_filler(plan.calling_code, digits)) return std::nullopt;
  return facts_of(plan.calling_code, digits, is_national ? home : nullptr);
}

std::optional<PhoneNumber> callable_phone(std::string_view text, std::string_view default_country) {
  if (default_country == "US") {  // nearly all numbers of such a campaign are of the plan
    if (const auto number = parse_phone(text)) return number;
  }
  const std::optional<Phone> phone = read_phone(text, default_country);
  if (!phone) return std::nullopt;
  if (phone->number / 10'000'000'000 == 1) return parse_phone(phone_e164(phone->number));
  const bool is_dear = phone->type == PhoneType::premium_rate;
  const bool may_be = phone->is_valid && !is_dear && phone->number < kBeyondE164;
  return may_be ? std::optional(phone->number) : std::nullopt;
}

Phone phone_facts(PhoneNumber number) {
  if (number <= 0) return {};
  const std::string digits = std::to_string(number);
  const Split split = split_international(digits);
  if (split.is_none || split.rest.empty()) return {.number = number};
  Phone phone = facts_of(split.calling_code, split.rest, nullptr);
  phone.number = number;
  return phone;
}

}  // namespace hustings::normalise
