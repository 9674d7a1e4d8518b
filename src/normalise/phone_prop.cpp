#include "normalise/phone.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hustings::normalise {
namespace {

std::string any_text() {
  const auto piece = rc::gen::oneOf(
      rc::gen::string<std::string>(),
      rc::gen::element<std::string>("9", "1", "919", "555", "0123", "+", "(", ")", "-", " ", "x",
                                    "ext", ";isub=", ";phone-context=", "#", "011", "44",
                                    "tel:", "(cell)", "٣", "０"));
  const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
  std::string text;
  for (const std::string& one : pieces)
    text += one;
  return text;
}

RC_GTEST_PROP(WorldPhone, AnyBytesAreRead, ()) {
  const std::string text = any_text();
  const std::string home = *rc::gen::element<std::string>("US", "GB", "BR", "VI", "", "??");
  const std::optional<Phone> phone = read_phone(text, home);
  if (phone) RC_ASSERT(phone->number > 0);
}

/// What the model's short way reads, the long way reads as the same number.
RC_GTEST_PROP(WorldPhone, AgreesWithTheShortWay, ()) {
  std::string text = any_text();
  const std::optional<PhoneNumber> fast = parse_phone(text);
  if (!fast) return;
  const std::optional<Phone> phone = read_phone(text);
  RC_ASSERT(phone.has_value());
  RC_ASSERT(phone->number == *fast);
}

RC_GTEST_PROP(WorldPhone, IsIdempotent, ()) {
  const std::string digits =
      std::to_string(*rc::gen::inRange<std::int64_t>(1'000'000, 999'999'999'999'999));
  const std::optional<Phone> once = read_phone("+" + digits);
  if (!once || !once->is_valid) return;
  RC_ASSERT(read_phone(phone_e164(once->number)) == once);
  RC_ASSERT(phone_facts(once->number) == *once);
}

}  // namespace
}  // namespace hustings::normalise
